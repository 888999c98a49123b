import type { PushedBy } from "../model/pushed-role.ts";

/** Names before they are counted only. */
const MOST_NAMES = 5;

/** Who stands to a place in one way, and on what it hangs: "`ada`, `bo` and 3 others, needs 1 approval from `platform`". */
export function pushedByInWords({ who, state, needs, missing, why }: PushedBy): string {
  const names = who.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const more = who.length - names.length;
  const people = more > 0 ? `${names.join(", ")} and ${more} ${more === 1 ? "other" : "others"}` : names.join(", ");
  if (state === "conditional") return `${people}, needs ${needs.join(", ")}`;
  if (state === "unknown") return `${people}: ${missing.join("; ")}`;
  return why === "" ? people : `${people}: ${why}`;
}
