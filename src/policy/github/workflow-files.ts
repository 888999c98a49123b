import type { NameDemand } from "../names/name-pattern.ts";

/** Paths of workflow files: only those directly in the folder run. */
export const WORKFLOW_FILES: NameDemand = {
  all: [
    [
      { syntax: "fnmatch", pattern: ".github/workflows/*.yml" },
      { syntax: "fnmatch", pattern: ".github/workflows/*.yaml" },
    ],
  ],
  none: [
    { syntax: "fnmatch", pattern: ".github/workflows/.yml" },
    { syntax: "fnmatch", pattern: ".github/workflows/.yaml" },
  ],
};
