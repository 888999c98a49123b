import { AuditError } from "../../src/model/audit-error.ts";

/** One page of a list: its rows and the token of the next, if there is one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * All rows of a list. A provider (or a stand-in) that names a page token twice would keep us for ever: that is refused as a
 * `provider-answer` error, not answered with half a list.
 */
export async function allPages<T>(page: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    rows.push(...items);
    if (next !== undefined && seen.has(next)) {
      throw new AuditError("provider-answer", "page-repeated", "the provider named the same next page twice", {
        hint: "run again; when it stays, the list is longer than what was read",
      });
    }
    if (next !== undefined) seen.add(next);
    token = next;
  } while (token !== undefined);
  return rows;
}

/** Runs `work` over the items with at most `limit` at once; results in the order of the items. After an error no further one is begun. */
export async function bounded<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      try {
        results[at] = await work(items[at] as T);
      } catch (error) {
        // Nobody waits for the rest any more.
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
