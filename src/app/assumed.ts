import type { EscalationEngine } from "../graph/escalation/engine.ts";
import type { Layer } from "../policy/aws/decision.ts";

/** A layer that was not given and was left out of an answer. */
export type AssumedLayer = Layer;

const ORDER: readonly Layer[] = [
  "scp",
  "rcp",
  "resource",
  "public-access-block",
  "endpoint",
  "boundary",
  "session",
  "trust",
  "identity",
];

/** Each once, always in the same order. */
export function layersInOrder(layers: Iterable<Layer>): readonly Layer[] {
  const there = new Set(layers);
  return ORDER.filter((layer) => there.has(layer));
}

/** What of the organization was left out, in any tenant somebody acts in. */
export function tenantAssumptions({ actors, reader }: EscalationEngine): readonly Layer[] {
  const tenants = new Set(actors.map(({ tenantId }) => tenantId));
  return layersInOrder([...tenants].flatMap((tenantId) => reader.tenantLimits(tenantId).assumes));
}
