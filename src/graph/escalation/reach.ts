import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { YES } from "../../policy/aws/request-context.ts";
import type { Search } from "./search.ts";

/** How far a principal reaches, and who reaches it, by steps that are sure. */
export interface Reach {
  /** Ids of the principals it can become, itself left out, in order. */
  becomes(principalId: string): readonly string[];
  /** How many of the principals that were asked about can become it, itself left out. */
  becomeIt(principalId: string): number;
}

/** Walks the searched graph forwards and backwards from single principals; answers are remembered. */
export function reachOf(search: Search, sources: readonly { readonly id: string }[]): Reach {
  const { nodes, edges } = search;
  const forward = new Map<string, readonly string[]>();
  const backward = new Map<string, number>();
  const arriving = new Map<number, number[]>();
  const prepare = (): void => {
    if (arriving.size > 0) return;
    edges.forEach(({ from, to, truth }) => {
      if (truth !== YES) return;
      const list = arriving.get(to);
      if (list === undefined) arriving.set(to, [from]);
      else list.push(from);
    });
  };
  const sourceNodes = new Map<number, string>();
  for (const { id } of sources) {
    const node = search.nodeOf(id);
    if (node !== undefined) sourceNodes.set(node, id);
  }
  const walk = (start: number, next: (node: number) => readonly number[]): ReadonlySet<number> => {
    const seen = new Set([start]);
    // A set grows while it is walked: what is added is visited as well.
    for (const node of seen) for (const one of next(node)) seen.add(one);
    return seen;
  };
  const sure = (truth: OpenTruth): boolean => truth === YES;

  return {
    becomes(principalId) {
      let found = forward.get(principalId);
      if (found === undefined) {
        const start = search.nodeOf(principalId);
        const seen =
          start === undefined
            ? new Set<number>()
            : walk(start, (node) => search.leaving(node).flatMap(({ to, truth }) => (sure(truth) ? [to] : [])));
        const ids = new Set<string>();
        for (const node of seen) {
          const one = nodes[node];
          if (one?.kind === "slot") ids.add(one.slot.actor.principal.id);
        }
        ids.delete(principalId);
        found = [...ids].sort();
        forward.set(principalId, found);
      }
      return found;
    },
    becomeIt(principalId) {
      let count = backward.get(principalId);
      if (count === undefined) {
        prepare();
        const start = search.nodeOf(principalId);
        const seen = start === undefined ? new Set<number>() : walk(start, (node) => arriving.get(node) ?? []);
        count = 0;
        for (const node of seen) if (node !== start && sourceNodes.has(node)) count += 1;
        backward.set(principalId, count);
      }
      return count;
    },
  };
}
