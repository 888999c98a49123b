import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import { requestPrincipal } from "../../policy/aws/request-principal.ts";
import type { Principal } from "../../model/principal.ts";
import type { ActorClass } from "./actor-class.ts";
import { UNCHANGED, type EscalationEngine, type Slot, type Step } from "./engine.ts";
import { ownSteps, type OwnStep } from "./own-steps.ts";
import { trustTruth } from "./trust-index.ts";
import { byNode, type Edge, type Node, type Sink } from "./search-graph.ts";
import { writtenBefore } from "./written-before.ts";

export type { Edge, Node, Sink } from "./search-graph.ts";

/** Truths from the surest on: a path is as sure as its least sure step. */
const LEVELS: readonly OpenTruth[] = [1, 2, 3];

/** The way from every node to one sink: the surest, and of those the shortest. */
export interface Towards {
  /** The surest level on which the node reaches the sink; 0: it does not. */
  level(node: number): OpenTruth;
  /** Steps to the sink on a level; -1: not on that level. */
  distance(node: number, level: OpenTruth): number;
  /** The next edge of the shortest way on a level. */
  next(node: number, level: OpenTruth): Edge | undefined;
}

/** The part of the graph that the sources reach. */
export interface Search {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** Edges that leave a node. */
  leaving(node: number): readonly Edge[];
  /** The node of a principal, where it acts or is a source. */
  nodeOf(principalId: string): number | undefined;
  /** The ways to the sink at that position of the list. */
  towards(sink: number): Towards;
}

const rememberedSteps = new WeakMap<EscalationEngine, Map<string, readonly OwnStep[]>>();

/** Builds the part of the graph that the sources reach, without what was removed, and searches it backwards. */
export function search(engine: EscalationEngine, sinks: readonly Sink[], removed: ReadonlySet<string>): Search {
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const numbers = new Map<string, number>();
  const queue: number[] = [];
  const node = (key: string, make: () => Node): number => {
    let number = numbers.get(key);
    if (number === undefined) {
      number = nodes.length;
      numbers.set(key, number);
      nodes.push(make());
      queue.push(number);
    }
    return number;
  };
  const add = (from: number, to: number, truth: OpenTruth, cost: 0 | 1, step: Step | null): void => {
    if (truth !== NO) edges.push({ from, to, truth, cost, step });
  };
  const sinkNodes = sinks.map((sink, at) => node(`sink ${at}`, () => ({ kind: "sink", sink })));
  // What may be done to a resource can hang on more of a name or tag than the methods do.
  const whole = sinks.some(({ administration, principalId }) => !administration && principalId === undefined);
  const slotNode = (slot: Slot): number =>
    node(slotKey(slot), () => ({ kind: "slot", slot, cls: engine.classOf(slot, removed, whole) }));
  const isGone = (grants: readonly string[]): boolean => removed.size > 0 && grants.some((grant) => removed.has(grant));

  const expandSource = (from: number, principal: Principal): void => {
    if (principal.nativeType === "identity-center-user") {
      for (const { groupId, grants } of engine.graph.groupsOf(principal.id)) {
        const set = engine.byId.get(groupId);
        if (set !== undefined && !isGone(grants))
          add(from, slotNode({ actor: set, changes: UNCHANGED }), YES, 1, { kind: "assigned", grants });
      }
      return;
    }
    const asked = requestPrincipal(principal.locator);
    for (const { role, grantId } of engine.trusts.named(principal.id)) {
      if (isGone([grantId])) continue;
      const truth = asked === undefined ? 3 : trustTruth(engine.trusts.policy(role), asked, role.tenant);
      add(from, slotNode({ actor: role, changes: UNCHANGED }), truth, 1, { kind: "trusted", role, grantId });
    }
  };
  const expandSlot = (from: number, slot: Slot, cls: ActorClass): void => {
    for (const [at, sink] of sinks.entries()) {
      const there = sinkNodes[at] ?? 0;
      if (sink.principalId !== undefined && sink.principalId === slot.actor.principal.id)
        add(from, there, YES, 0, null);
      add(from, there, sink.arrivedAt?.(slot, cls) ?? NO, 1, { kind: "granted", tenantId: sink.tenantId });
    }
    add(
      from,
      node(`class ${cls.number}`, () => ({ kind: "class", cls })),
      YES,
      0,
      null,
    );
    // Who administers for certain gains nothing by a method.
    if (cls.administration().truth === YES) return;
    let remembered = rememberedSteps.get(engine);
    if (remembered === undefined) rememberedSteps.set(engine, (remembered = new Map()));
    const key = `${slotKey(slot)} ${cls.number}`;
    let steps = remembered.get(key);
    if (steps === undefined) remembered.set(key, (steps = ownSteps(engine, slot, cls)));
    for (const { step, truth, to } of steps) {
      if (step.kind === "trusted" && isGone([step.grantId])) continue;
      if (step.kind === "method" && step.trustGrant !== undefined && isGone([step.trustGrant])) continue;
      if ("slot" in to) add(from, slotNode(to.slot), truth, 1, step);
      else
        sinks.forEach((sink, at) => {
          if (sink.administration && to.tenantIds.includes(sink.tenantId))
            add(from, sinkNodes[at] ?? 0, truth, 1, step);
        });
    }
  };
  const expandClass = (from: number, cls: ActorClass): void => {
    sinks.forEach((sink, at) =>
      add(from, sinkNodes[at] ?? 0, sink.arrived(cls), 1, { kind: "granted", tenantId: cls.tenantId }),
    );
    if (cls.administration().truth === YES) return;
    for (const { set, step, truth } of engine.waysOf(cls).sets)
      add(
        from,
        node(`set ${set.number}`, () => ({ kind: "set", set })),
        truth,
        1,
        step,
      );
  };

  for (const principal of sourcesOf(engine)) {
    const actor = engine.byId.get(principal.id);
    if (actor === undefined) node(`source ${principal.id}`, () => ({ kind: "source", principal }));
    else slotNode({ actor, changes: UNCHANGED });
  }
  let expanded = 0;
  const expandAll = (): void => {
    for (; expanded < queue.length; expanded += 1) {
      const from = queue[expanded] ?? 0;
      const one = nodes[from];
      if (one === undefined) continue;
      if (one.kind === "source") expandSource(from, one.principal);
      else if (one.kind === "slot") expandSlot(from, one.slot, one.cls);
      else if (one.kind === "class") expandClass(from, one.cls);
      else if (one.kind === "set")
        for (const member of one.set.members())
          if (member.trustGrant === null || !isGone([member.trustGrant]))
            add(from, slotNode(member.slot), member.truth, 0, { kind: "within", member });
    }
  };
  expandAll();
  for (const { from, steps, written, slot } of writtenBefore(engine, nodes, edges)) {
    let at = from;
    for (let step = 1; step < steps; step += 1) {
      const to = node(`between ${nodes.length}`, () => ({ kind: "between" }));
      add(at, to, written.truth, 1, at === from ? written.step : null);
      at = to;
    }
    add(at, slotNode(slot), written.truth, 1, at === from ? written.step : null);
  }
  expandAll();
  const leaving = byNode(nodes.length, edges, (edge) => edge.from);
  const arriving = byNode(nodes.length, edges, (edge) => edge.to);
  return {
    nodes,
    edges,
    leaving: (from) =>
      Array.from(
        leaving.order.subarray(leaving.offsets[from] ?? 0, leaving.offsets[from + 1] ?? 0),
        (at) => edges[at],
      ).filter((edge) => edge !== undefined),
    nodeOf: (principalId) => {
      const actor = engine.byId.get(principalId);
      return numbers.get(actor === undefined ? `source ${principalId}` : slotKey({ actor, changes: UNCHANGED }));
    },
    towards(sink) {
      const backwards = LEVELS.map((level) =>
        backwardsFrom(nodes.length, edges, arriving, sinkNodes[sink] ?? 0, level),
      );
      return {
        level: (at) => LEVELS.find((level) => (backwards[level - 1]?.distance[at] ?? -1) >= 0) ?? NO,
        distance: (at, level) => backwards[level - 1]?.distance[at] ?? -1,
        next: (at, level) => edges[backwards[level - 1]?.next[at] ?? -1],
      };
    },
  };
}

/** Who is asked about: everyone who acts, but what only AWS itself assumes; people of Identity Center; trusted parties outside. */
export function sourcesOf(engine: EscalationEngine): readonly Principal[] {
  return [
    ...engine.graph.snapshot.principals.filter(
      (principal) =>
        principal.system === "aws" &&
        (engine.byId.has(principal.id) || principal.nativeType === "identity-center-user") &&
        principal.attributes["serviceLinked"] !== true,
    ),
    ...engine.trusts.outside,
  ];
}

function slotKey({ actor, changes }: Slot): string {
  const { full, noBoundary, noDenies, group } = changes;
  return `slot ${actor.number} ${full ? "f" : ""}${noBoundary ? "b" : ""}${noDenies.join("")}${group ?? ""}`;
}

/** Steps to a sink over edges that are at least as sure as the level. */
function backwardsFrom(
  count: number,
  edges: readonly Edge[],
  { offsets, order }: { readonly offsets: Int32Array; readonly order: Int32Array },
  sink: number,
  level: OpenTruth,
): { readonly distance: Int32Array; readonly next: Int32Array } {
  const distance = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  distance[sink] = 0;
  // Edges cost nothing or one, so two lists do: what lies at this distance, and what lies one further.
  let here: number[] = [sink];
  for (let away = 0; here.length > 0; away += 1) {
    const further: number[] = [];
    for (let at = 0; at < here.length; at += 1) {
      const to = here[at] ?? 0;
      if (distance[to] !== away) continue;
      for (let position = offsets[to] ?? 0; position < (offsets[to + 1] ?? 0); position += 1) {
        const number = order[position] ?? 0;
        const edge = edges[number];
        if (edge === undefined || edge.truth > level) continue;
        const before = distance[edge.from] ?? -1;
        const now = away + edge.cost;
        if (before >= 0 && before <= now) continue;
        distance[edge.from] = now;
        next[edge.from] = number;
        (edge.cost === 0 ? here : further).push(edge.from);
      }
    }
    here = further;
  }
  return { distance, next };
}
