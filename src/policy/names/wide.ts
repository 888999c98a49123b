import { findName } from "./find-name.ts";
import type { NameDemand, NamePattern } from "./name-pattern.ts";

/** Whether names that nobody listed satisfy the demand: a wildcard lets them in, not a text. */
export function isWide(demand: NameDemand): boolean {
  return (
    findName({ all: demand.all.map((patterns) => patterns.filter(hasWildcard)), none: demand.none }).state !== "none"
  );
}

/** Whether the pattern has a character that stands for others. */
export function hasWildcard({ syntax, pattern }: NamePattern): boolean {
  if (syntax === "exact") return false;
  return syntax === "aws" ? /[*?]/.test(pattern.replaceAll(/\$\{[*?$]\}/g, "")) : /[*?[]/.test(pattern);
}
