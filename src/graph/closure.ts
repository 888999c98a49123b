import type { Csr } from "./csr.ts";

/** A node reached, with the way to it: nodes after the start (the reached one last) and the labels of the edges. */
export interface Reached {
  readonly node: number;
  readonly via: readonly number[];
  readonly labels: readonly number[];
}

/**
 * Everything reachable from `start`, nearest first, each once by a shortest way. Breadth first over a visited set, so cycles
 * end and deep nesting needs no stack.
 */
export function reach(graph: Csr, start: number): readonly Reached[] {
  const from = graph.offsets[start] ?? 0;
  const to = graph.offsets[start + 1] ?? 0;
  if (from === to) return [];
  const seen = new Set([start]);
  const found: Reached[] = [];
  let frontier: Reached[] = [{ node: start, via: [], labels: [] }];
  while (frontier.length > 0) {
    const next: Reached[] = [];
    for (const { node, via, labels } of frontier) {
      const end = graph.offsets[node + 1] ?? 0;
      for (let at = graph.offsets[node] ?? 0; at < end; at += 1) {
        const target = graph.targets[at] ?? 0;
        if (seen.has(target)) continue;
        seen.add(target);
        const reached = { node: target, via: [...via, target], labels: [...labels, graph.labels[at] ?? 0] };
        next.push(reached);
        found.push(reached);
      }
    }
    frontier = next;
  }
  return found;
}
