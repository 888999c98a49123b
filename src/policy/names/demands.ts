import type { NameDemand, NamePattern } from "./name-pattern.ts";

/** Every name. */
export const ANY_NAME: NameDemand = { all: [], none: [] };

/** No name at all. */
export const NO_NAME: NameDemand = { all: [[]], none: [] };

/** Names that both ask for. */
export function bothDemands(a: NameDemand, b: NameDemand): NameDemand {
  if (isAnyName(a)) return b;
  if (isAnyName(b)) return a;
  return { all: unique([...a.all, ...b.all]), none: unique([...a.none, ...b.none]) };
}

/** Names that match one of the patterns. */
export function oneOfPatterns(patterns: readonly NamePattern[]): NameDemand {
  return patterns.some(isEverything) ? ANY_NAME : { all: [unique(patterns)], none: [] };
}

/** Names that match none of the patterns. */
export function noneOfPatterns(patterns: readonly NamePattern[]): NameDemand {
  return { all: [], none: unique(patterns) };
}

/** The very name. */
export function exactName(name: string): NameDemand {
  return { all: [[{ syntax: "exact", pattern: name }]], none: [] };
}

/** Whether nothing is asked; a demand that asks for nothing in a roundabout way is answered false. */
export function isAnyName(demand: NameDemand): boolean {
  return demand.all.length === 0 && demand.none.length === 0;
}

/** Whether it is the pattern of every text. */
export function isEverything({ syntax, pattern }: NamePattern): boolean {
  return syntax === "aws" && /^\*+$/.test(pattern);
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return seen.has(key) ? false : seen.add(key);
  });
}
