import { findName } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { afterPrefix, halves, type PiecePattern } from "../names/residuals.ts";
import { WORKFLOW_FILES } from "./workflow-files.ts";
import { bothDemands } from "../names/demands.ts";

/** Workflows of one repository, by the path of their file and the branch or tag they are called at. */
export interface CalledWorkflow {
  readonly path: NameDemand;
  readonly ref: NameDemand;
  readonly refKind: "branch" | "tag";
}

/**
 * Which workflows of the repository a demand on `job_workflow_ref` (`owner/repo/path@ref`) lets in: alternatives, none where none will
 * do. What a demand forbids besides (`none`) is not looked at, which errs to the side of letting in.
 */
export function calledIn(demand: NameDemand, repository: string): readonly CalledWorkflow[] {
  return KINDS.flatMap(([refKind, prefix]) => {
    let alternatives: readonly CalledWorkflow[] = [{ path: WORKFLOW_FILES, ref: { all: [], none: [] }, refKind }];
    for (const patterns of demand.all) {
      const pairs = afterPrefix(patterns.filter(isPieces), `${repository}/`)
        .flatMap(halves)
        .flatMap(([path, rest]) => afterPrefix([rest], `@${prefix}`).map((ref) => [path, ref] as const));
      alternatives = alternatives
        .flatMap(({ path, ref }) =>
          pairs.map(([onPath, onRef]) => ({
            path: bothDemands(path, { all: [[onPath]], none: [] }),
            ref: bothDemands(ref, { all: [[onRef]], none: [] }),
            refKind,
          })),
        )
        .filter(({ path, ref }) => findName(path).state !== "none" && findName(ref).state !== "none")
        .slice(0, MOST_ALTERNATIVES);
    }
    return alternatives;
  });
}

/** Repositories besides this one whose workflows would do: named in full, or null for one that a wildcard leaves open. */
export function otherRepositories(demand: NameDemand, repository: string): readonly (string | null)[] {
  const names = new Set<string | null>();
  for (const { pattern } of demand.all[0] ?? [{ pattern: "*" }]) {
    const [owner = "", name = "", ...rest] = pattern.split("/");
    const full = rest.length > 0 && !/[*?]/.test(owner + name) ? `${owner}/${name}` : null;
    if (full?.toLowerCase() !== repository.toLowerCase()) names.add(full);
  }
  return [...names];
}

const KINDS: readonly (readonly ["branch" | "tag", string])[] = [
  ["branch", "refs/heads/"],
  ["tag", "refs/tags/"],
];
const MOST_ALTERNATIVES = 16;

function isPieces(pattern: { readonly syntax: string }): pattern is PiecePattern {
  return pattern.syntax !== "fnmatch";
}
