import { findName } from "./find-name.ts";
import type { NameDemand, NamePattern } from "./name-pattern.ts";

/** By the names that cannot be: whether a pattern (as JSON) matches any other. Trusts repeat few patterns for many repositories. */
const remembered = new WeakMap<NameDemand["none"], Map<string, boolean>>();

/**
 * The same demand on names of that domain, without patterns that match none of them: cut at a star, `repo:acme/*:ref:refs/heads/main`
 * leaves `*:ref:refs/heads/main` for a branch as well, and no branch has a colon. Only lists are shortened that keep a pattern.
 */
export function withPossiblePatterns(demand: NameDemand, domain: NameDemand): NameDemand {
  if (domain.all.length === 0 && domain.none.length === 0) return demand;
  return { all: demand.all.map((patterns) => possible(patterns, domain)), none: demand.none };
}

function possible(patterns: readonly NamePattern[], domain: NameDemand): readonly NamePattern[] {
  if (patterns.length < 2) return patterns;
  const kept = patterns.filter((pattern) => matchesSome(pattern, domain));
  return kept.length === 0 || kept.length === patterns.length ? patterns : kept;
}

function matchesSome(pattern: NamePattern, { all, none }: NameDemand): boolean {
  let known = remembered.get(none);
  if (known === undefined) remembered.set(none, (known = new Map()));
  const key = JSON.stringify([pattern, all]);
  let some = known.get(key);
  // What is too hard to tell may match.
  if (some === undefined) known.set(key, (some = findName({ all: [...all, [pattern]], none }).state !== "none"));
  return some;
}
