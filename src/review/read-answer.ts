import { toInstant, type Instant } from "../model/instant.ts";
import type { DecisionOutcome } from "../model/review-item.ts";

/** What people write when they mean one of the five answers; compared folded to lower case and single spaces. */
const SYNONYMS: Readonly<Record<DecisionOutcome, readonly string[]>> = {
  keep: ["keep", "k", "yes", "y", "ok", "approve", "approved", "retain", "certify", "still needed", "needed"],
  revoke: ["revoke", "r", "no", "n", "remove", "removed", "deny", "denied", "delete", "reject", "not needed"],
  reduce: ["reduce", "downgrade", "modify", "narrow", "less"],
  not_mine: ["not_mine", "not mine", "notmine", "reassign", "not my team"],
  unsure: ["unsure", "don't know", "dont know", "do not know", "not sure", "?"],
};

/** Every word that is accepted, for whoever wrote another one: `keep` (or k, yes …), `revoke` (or r, no …) and so on. */
export const ANSWER_WORDS = Object.entries(SYNONYMS)
  .map(([outcome, words]) => `\`${outcome}\` (or ${words.filter((word) => word !== outcome).join(", ")})`)
  .join("; ");

/** The answer a cell means; undefined for anything else, empty cells included. */
export function readOutcome(cell: string): DecisionOutcome | undefined {
  const word = tidy(cell)
    .toLowerCase()
    .replace(/[.!]+$/, "");
  const found = Object.entries(SYNONYMS).find(([, words]) => words.includes(word));
  return found?.[0] as DecisionOutcome | undefined;
}

/** A cell without what spreadsheets and mail programs leave in it: non-breaking spaces, smart quotes, doubled spaces. */
export function tidy(cell: string): string {
  return cell
    .normalize("NFC")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\u200b\u200e\u200f\ufeff]/g, "")
    .replace(/[\u2018\u2019\u201b]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}

/** A date that has one meaning, nothing, or what is wrong with it. */
export type ReadDate = { readonly date: Instant | null } | { readonly problem: string };

/** Reads `keep_until`. A date that spreadsheets rewrote so that it has two readings is refused with both. */
export function readDate(cell: string): ReadDate {
  const text = tidy(cell);
  if (text === "") return { date: null };
  const instant = toInstant(text);
  if (instant !== undefined) return { date: instant };
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined)
    return { problem: `\`${text}\` is not a date: write it as 2026-11-30` };
  const [a, b, year] = [Number(match[1]), Number(match[2]), match[3]];
  const two = (n: number): string => String(n).padStart(2, "0");
  const readings = [`${year}-${two(b)}-${two(a)}`, `${year}-${two(a)}-${two(b)}`].filter(
    (day) => toInstant(day) !== undefined,
  );
  return {
    problem: `\`${text}\` can be read as ${[...new Set(readings)].join(" or ")}: write it as ${readings[0] ?? "2026-11-30"}`,
  };
}
