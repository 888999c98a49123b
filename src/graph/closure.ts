import type { Csr } from "./csr.ts";

/** A way to a node: the nodes after the start (the reached one last) and the labels of the edges. */
export interface Way {
  readonly node: number;
  readonly via: readonly number[];
  readonly labels: readonly number[];
}

/** A node reached, with the step before it; a way is put together only when somebody asks for it. */
interface Step {
  readonly node: number;
  readonly label: number;
  readonly before: Step | undefined;
}

/** Everything reachable from `start`, nearest first, each once; the start itself is left out. */
export function reach(graph: Csr, start: number): readonly number[] {
  return walk(graph, start, new Set([start]), undefined).map(({ node }) => node);
}

/** A shortest way to everything reachable from `start`, nearest first. */
export function waysFrom(graph: Csr, start: number): readonly Way[] {
  return walk(graph, start, new Set([start]), undefined).map(toWay);
}

/**
 * Like {@link waysFrom}, but a shortest way for every first step: whoever is in two groups that both lie in a third keeps the
 * third after leaving one of them, so both ways are answered.
 */
export function waysByFirstStep(graph: Csr, start: number): readonly Way[] {
  const ways: Way[] = [];
  const firsts = new Set<number>();
  for (let at = graph.offsets[start] ?? 0; at < (graph.offsets[start + 1] ?? 0); at += 1) {
    const node = graph.targets[at] ?? 0;
    if (node === start || firsts.has(node)) continue;
    firsts.add(node);
    const first: Step = { node, label: graph.labels[at] ?? 0, before: undefined };
    ways.push(toWay(first), ...walk(graph, node, new Set([start, node]), first).map(toWay));
  }
  return ways.sort((a, b) => a.via.length - b.via.length);
}

/** Breadth first over a visited set, so circles end and deep nesting needs no stack. */
function walk(graph: Csr, start: number, seen: Set<number>, before: Step | undefined): readonly Step[] {
  const found: Step[] = [];
  let from: Step | undefined = before;
  let node = start;
  for (let next = 0; ; next += 1) {
    const end = graph.offsets[node + 1] ?? 0;
    for (let at = graph.offsets[node] ?? 0; at < end; at += 1) {
      const target = graph.targets[at] ?? 0;
      if (seen.has(target)) continue;
      seen.add(target);
      found.push({ node: target, label: graph.labels[at] ?? 0, before: from });
    }
    const step = found[next];
    if (step === undefined) return found;
    from = step;
    node = step.node;
  }
}

function toWay(last: Step): Way {
  const steps: Step[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) steps.push(step);
  steps.reverse();
  return { node: last.node, via: steps.map(({ node }) => node), labels: steps.map(({ label }) => label) };
}
