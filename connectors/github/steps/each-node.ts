import type { SweepContext, SweptRepository } from "../client.ts";
import type { ReadAnswer } from "../live/refused.ts";

/** Asks GraphQL for the repositories worth asking, by their node ids; no request where there are none. */
export async function eachNode(
  sweep: SweepContext,
  asks: (repository: SweptRepository) => boolean,
  ask: (ids: readonly string[]) => Promise<ReadAnswer>,
): Promise<ReadAnswer> {
  const ids = sweep.repositories.filter(asks).map(({ nodeId }) => nodeId);
  const { requests, gaps } = ids.length === 0 ? { requests: [], gaps: [] } : await ask(ids);
  return { requests, gaps: sweep.unlisted === null ? gaps : [sweep.unlisted, ...gaps] };
}
