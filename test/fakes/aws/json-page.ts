import type { FakeWorld } from "./world.ts";

/** One page of a list of AWS's JSON services. `field` is the list's name in the answer. */
export function jsonPage(
  field: string,
  items: readonly unknown[],
  input: { readonly NextToken?: string; readonly MaxResults?: number },
  world: FakeWorld,
): Record<string, unknown> {
  const start = input.NextToken === undefined ? 0 : Number(input.NextToken.replace("after-", ""));
  const end = start + Math.min(input.MaxResults ?? 100, world.pageSize);
  return { [field]: items.slice(start, end), ...(end < items.length ? { NextToken: `after-${end}` } : {}) };
}
