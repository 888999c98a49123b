import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { YES } from "../../policy/aws/request-context.ts";
import type { ActorClass } from "./actor-class.ts";
import type { EscalationEngine, Slot, Step } from "./engine.ts";
import type { EscalationMethod } from "./method.ts";
import { byNode, type Edge, type Node } from "./search-graph.ts";

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
  const writtenBy = new Map<number, Written>();
  let leaving: ReturnType<typeof byNode> | undefined;
  nodes.forEach((node, from) => {
    if ((node.kind !== "class" && node.kind !== "slot") || node.cls.administration().truth === YES) return;
    const { pens } = engine.waysOf(node.cls);
    if (pens.length === 0) return;
    let written = writtenBy.get(node.cls.number);
    if (written === undefined) writtenBy.set(node.cls.number, (written = surestPens(pens)));
    leaving ??= byNode(nodes.length, edges, (edge) => edge.from);
    const done = new Set<number>();
    const own = node.kind === "slot" ? node.slot.actor : undefined;
    for (const level of [1, 2, 3] as const) {
      const { reached, ends } = walkFrom(nodes, edges, leaving, from, level);
      // Who becomes it with policies of its choice anyway, and as fast, needs no writing before.
      const anyway = new Map<number, number>();
      for (const [at, slot] of ends)
        if (slot.changes.full) {
          const steps = reached.get(at)?.steps ?? 0;
          anyway.set(slot.actor.number, Math.min(steps, anyway.get(slot.actor.number) ?? steps));
        }
      for (const [at, slot, cls] of ends) {
        const { actor, changes } = slot;
        const pen = written.get(actor.number);
        const steps = (reached.get(at)?.steps ?? 0) + 1;
        if (pen === undefined || pen.truth > level || changes.full || actor === own || done.has(at)) continue;
        if ((anyway.get(actor.number) ?? steps + 1) <= steps || cls.administration().truth === YES) continue;
        done.add(at);
        const via: Edge[] = [];
        for (let edge = reached.get(at)?.by ?? null; edge !== null; edge = reached.get(edge.from)?.by ?? null)
          via.unshift(edge);
        found.push({
          from,
          steps,
          written: { truth: level, step: { kind: "written", method: pen.method, role: actor, via } },
          slot: { actor, changes: { ...changes, full: true } },
        });
      }
    }
  });
  return found;
}

/** By the number of the actor whose policies are written: how surely, and by what. */
type Written = ReadonlyMap<number, { readonly truth: OpenTruth; readonly method: EscalationMethod }>;

function surestPens(pens: ReturnType<EscalationEngine["waysOf"]>["pens"]): Written {
  const written = new Map<number, { readonly truth: OpenTruth; readonly method: EscalationMethod }>();
  for (const { set, method } of pens)
    for (const { slot, truth } of set.members()) {
      const before = written.get(slot.actor.number);
      if (before === undefined || truth < before.truth) written.set(slot.actor.number, { truth, method });
    }
  return written;
}

/** Everything within reach of a node over edges that are at least as sure as the level, and who stands there. */
function walkFrom(
  nodes: readonly Node[],
  edges: readonly Edge[],
  { offsets, order }: ReturnType<typeof byNode>,
  from: number,
  level: OpenTruth,
): {
  readonly reached: ReadonlyMap<number, { readonly by: Edge | null; readonly steps: number }>;
  readonly ends: readonly (readonly [node: number, slot: Slot, cls: ActorClass])[];
} {
  const ends: [number, Slot, ActorClass][] = [];
  const reached = new Map<number, { readonly by: Edge | null; readonly steps: number }>([
    [from, { by: null, steps: 0 }],
  ]);
  // Nodes at one distance, then those one step further: edges cost nothing or one.
  for (let here = [from], steps = 0; here.length > 0 && reached.size < MOST_VISITED; steps += 1) {
    const further: number[] = [];
    for (let at = 0; at < here.length; at += 1) {
      const number = here[at] ?? 0;
      if (reached.get(number)?.steps !== steps) continue;
      for (let position = offsets[number] ?? 0; position < (offsets[number + 1] ?? 0); position += 1) {
        const edge = edges[order[position] ?? 0];
        if (edge === undefined || edge.truth > level) continue;
        const to = nodes[edge.to];
        // From a slot only its own steps: what its class can do is told once for all of the class.
        if (number === from && nodes[from]?.kind === "slot" && to?.kind === "class") continue;
        const before = reached.get(edge.to);
        if (before !== undefined && before.steps <= steps + edge.cost) continue;
        if (before === undefined && to?.kind === "slot") ends.push([edge.to, to.slot, to.cls]);
        reached.set(edge.to, { by: edge, steps: steps + edge.cost });
        (edge.cost === 0 ? here : further).push(edge.to);
      }
    }
    here = further;
  }
  return { reached, ends };
}
