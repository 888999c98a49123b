import type { ReadAnswer } from "../live/refused.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * Answers with their rows as they may be kept: what a recording must not hold is taken out before anybody sees it. `member` names the
 * list in an envelope; a list by itself otherwise.
 */
export function keptRows({ requests, gaps }: ReadAnswer, member: string | null, keep: (row: Row) => Row): ReadAnswer {
  const kept = (answer: unknown): unknown => {
    if (member === null) return (answer as readonly Row[]).map(keep);
    const envelope = answer as Row;
    return { ...envelope, [member]: (envelope[member] as readonly Row[]).map(keep) };
  };
  return { requests: requests.map((request) => ({ ...request, answer: kept(request.answer) })), gaps };
}

/** The row with these members only. */
export function only(...names: readonly string[]): (row: Row) => Row {
  return (row) => Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
}
