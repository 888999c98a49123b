import { findName } from "./find-name.ts";
import type { NameDemand } from "./name-pattern.ts";

/** Whether every name that `narrow` asks for satisfies `wide`; undefined where that took too much work to find out. */
export function demandCovers(wide: NameDemand, narrow: NameDemand): boolean | undefined {
  let certain = true;
  const beyond: readonly NameDemand[] = [
    ...wide.all.map((patterns) => ({ all: narrow.all, none: [...narrow.none, ...patterns] })),
    ...wide.none.map((pattern) => ({ all: [...narrow.all, [pattern]], none: narrow.none })),
  ];
  for (const demand of beyond) {
    const { state } = findName(demand);
    if (state === "found") return false;
    if (state === "too-hard") certain = false;
  }
  return certain ? true : undefined;
}
