import type { RecordedRequest } from "../raw.ts";

/** The things that answers of `nodes(ids:)` show, over all requests of a step; what GitHub hides is left out. */
export function nodeRows<T>(requests: readonly RecordedRequest[]): readonly T[] {
  return requests
    .flatMap(({ answer }) => (answer as { readonly nodes: readonly (T | null)[] }).nodes)
    .filter((node): node is T => node !== null);
}
