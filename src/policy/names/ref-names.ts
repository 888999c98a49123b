import { findName, type FoundName } from "./find-name.ts";
import type { NameDemand, NamePattern } from "./name-pattern.ts";

const FORBIDDEN: readonly string[] = [
  "/*",
  "*/",
  "*//*",
  ".*",
  "*/.*",
  "*..*",
  "*.",
  "*.lock",
  "*.lock/*",
  "*@{*",
  "@",
  "-*",
  ...[" ", "~", "^", ":", "${?}", "${*}", "[", "\\"].map((character) => `*${character}*`),
];

/**
 * What no branch or tag can be called, for `none` of a demand. Source: `git-check-ref-format` (control characters are left out: no
 * name is made with one unless a pattern asks for it).
 */
export const NO_REF_NAME: readonly NamePattern[] = FORBIDDEN.map((pattern) => ({ syntax: "aws", pattern }));

/** A branch or tag as {@link findName} finds it, with a name that git takes: `release/x` for `release/*`, never `release/`. */
export function findRefName(demand: NameDemand, preferred: readonly string[] = []): FoundName {
  return findName({ all: demand.all, none: [...demand.none, ...NO_REF_NAME] }, preferred);
}
