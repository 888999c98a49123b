import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { YES } from "../../policy/aws/request-context.ts";
import type { EscalationEngine, Slot, Step } from "./engine.ts";
import type { EscalationMethod } from "./method.ts";
import { byNode, type Edge, type Node } from "./search.ts";

/** A way that begins with writing the policies of whom it ends at. */
export interface WrittenBefore {
  readonly from: number;
  /** How many steps it takes, the writing included. */
  readonly steps: number;
  readonly written: { readonly truth: OpenTruth; readonly step: Step };
  readonly slot: Slot;
}

/** Ways beyond this many nodes are not looked at: who may write policies and reaches that much has shorter ones. */
const MOST_VISITED = 5_000;

/**
 * Who may write the policies of a principal and reaches it by other means, on however many steps, acts there with policies that
 * say whatever it likes. Looked for from every class that may write and from its members' own first steps.
 */
export function writtenBefore(
  engine: EscalationEngine,
  nodes: readonly Node[],
  edges: readonly Edge[],
): readonly WrittenBefore[] {
  const found: WrittenBefore[] = [];
  let leaving: ReturnType<typeof byNode> | undefined;
  nodes.forEach((node, from) => {
    if ((node.kind !== "class" && node.kind !== "slot") || node.cls.administration().truth === YES) return;
    const { pens } = engine.waysOf(node.cls);
    if (pens.length === 0) return;
    const written = new Map<number, { readonly truth: OpenTruth; readonly method: EscalationMethod }>();
    for (const { set, method } of pens)
      for (const { slot, truth } of set.members()) {
        const before = written.get(slot.actor.number);
        if (before === undefined || truth < before.truth) written.set(slot.actor.number, { truth, method });
      }
    leaving ??= byNode(nodes.length, edges, (edge) => edge.from);
    const { offsets, order } = leaving;
    const done = new Set<number>();
    for (const level of [1, 2, 3] as const) {
      const reached = new Map<number, { readonly by: Edge | null; readonly steps: number }>([[from, { by: null, steps: 0 }]]);
      // Nodes at one distance, then those one step further: edges cost nothing or one.
      let here = [from];
      while (here.length > 0 && reached.size < MOST_VISITED) {
        const further: number[] = [];
        for (let at = 0; at < here.length; at += 1) {
          const number = here[at] ?? 0;
          const { steps } = reached.get(number) ?? { steps: 0 };
          for (let position = offsets[number] ?? 0; position < (offsets[number + 1] ?? 0); position += 1) {
            const edge = edges[order[position] ?? 0];
            if (edge === undefined || edge.truth > level || reached.has(edge.to)) continue;
            const to = nodes[edge.to];
            // From a slot only its own steps: what its class can do is told once for all of the class.
            if (number === from && node.kind === "slot" && to?.kind === "class") continue;
            reached.set(edge.to, { by: edge, steps: steps + edge.cost });
            (edge.cost === 0 ? here : further).push(edge.to);
            if (to?.kind !== "slot" || to.slot.changes.full) continue;
            const { actor } = to.slot;
            const pen = written.get(actor.number);
            const own = node.kind === "slot" ? node.slot.actor : undefined;
            if (pen === undefined || pen.truth > level || actor === own || done.has(edge.to)) continue;
            if (to.cls.administration().truth === YES) continue;
            done.add(edge.to);
            const via: Edge[] = [];
            for (let step = reached.get(edge.to)?.by ?? null; step !== null; step = reached.get(step.from)?.by ?? null)
              via.unshift(step);
            found.push({
              from,
              steps: steps + edge.cost + 1,
              written: { truth: level, step: { kind: "written", method: pen.method, role: actor, via } },
              slot: { actor, changes: { ...to.slot.changes, full: true } },
            });
          }
        }
        here = further;
      }
    }
  });
  return found;
}
