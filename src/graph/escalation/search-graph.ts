import type { Principal } from "../../model/principal.ts";
import type { OpenCondition } from "../../policy/aws/decision.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import type { ActorClass } from "./actor-class.ts";
import type { Slot, Step, TargetSet } from "./engine.ts";

/** What a last step uses: its actions, the policies among those held (by position, as their class names them), and conditions. */
export interface Arrival {
  readonly permissions: readonly string[];
  readonly policies: readonly (string | number)[];
  readonly conditions: readonly OpenCondition[];
}

/** Where paths end: in the administration of tenants, in a principal, or in what a class may do to a resource. */
export interface Sink {
  /** The tenant whose administration, or resource, it is. */
  readonly tenantId: string;
  /** Whether acting with these policies is being there. */
  arrived(cls: ActorClass): OpenTruth;
  /** Whether this actor is there by itself, as something of the target names it: nothing its class could tell of all. */
  arrivedAt?(slot: Slot, cls: ActorClass): OpenTruth;
  /** What it takes to be there, told for one actor; where left out, administration. */
  explained?(slot: Slot, cls: ActorClass): Arrival;
  /** Being this principal is being there. */
  readonly principalId?: string;
  /** Identity Center's changes end here. */
  readonly administration: boolean;
}

/** A step of the searched graph. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly truth: OpenTruth;
  /** 0 for steps that are only bookkeeping. */
  readonly cost: 0 | 1;
  readonly step: Step | null;
}

/** What a node of the searched graph stands for. */
export type Node =
  | { readonly kind: "source"; readonly principal: Principal }
  | { readonly kind: "slot"; readonly slot: Slot; readonly cls: ActorClass }
  | { readonly kind: "class"; readonly cls: ActorClass }
  | { readonly kind: "set"; readonly set: TargetSet }
  /** Stands on the way of a step that takes several. */
  | { readonly kind: "between" }
  | { readonly kind: "sink"; readonly sink: Sink };

/** Edges sorted by one of their ends, in order of their number. */
export function byNode(
  count: number,
  edges: readonly Edge[],
  end: (edge: Edge) => number,
): { offsets: Int32Array; order: Int32Array } {
  const offsets = new Int32Array(count + 1);
  for (const edge of edges) offsets[end(edge) + 1] = (offsets[end(edge) + 1] ?? 0) + 1;
  for (let at = 0; at < count; at += 1) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
  const order = new Int32Array(edges.length);
  const filled = offsets.slice();
  edges.forEach((edge, number) => {
    const at = end(edge);
    order[filled[at] ?? 0] = number;
    filled[at] = (filled[at] ?? 0) + 1;
  });
  return { offsets, order };
}
