/**
 * From what the search found to paths that people read: first steps chosen, walked, and told hop by hop with what each takes. Long
 * because a path is shortened while it is told, and both know the same hops.
 */
import type { Layer, OpenCondition } from "../../policy/aws/decision.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import type { Hop } from "../../model/finding.ts";
import type { Principal } from "../../model/principal.ts";
import { requestPrincipal } from "../../policy/aws/request-principal.ts";
import type { ActorClass } from "./actor-class.ts";
import { UNCHANGED, type EscalationEngine, type Member, type Slot } from "./engine.ts";
import type { Edge, Node, Search, Towards } from "./search.ts";
import { asked, NOTHING, permissionUse, serviceConditions } from "./step-uses.ts";
import { openTrust } from "./trust-index.ts";

/** How sure an answer is. */
export type PathState = "yes" | "conditional" | "unknown";

/** One step of a path, with what it takes. */
export interface PathHop extends Hop {
  /** The actions it needs; none for memberships and assignments. */
  readonly permissions: readonly string[];
  readonly conditions: readonly OpenCondition[];
  readonly state: PathState;
  /** What stands in the way in practice. */
  readonly note?: string;
}

/** One way from a principal to a target. */
export interface EscalationPath {
  readonly principal: Principal;
  readonly target: string;
  /** The tenant that is administered, or in which the target lies. */
  readonly tenantId: string;
  readonly state: PathState;
  readonly hops: readonly PathHop[];
  readonly assumes: readonly Layer[];
}

/** The grants of a path, in the order in which they are used. */
export function grantsOfPath(path: Pick<EscalationPath, "hops">): readonly string[] {
  return [...new Set(path.hops.flatMap(({ grants }) => grants))];
}

const STATES: Readonly<Record<OpenTruth, PathState>> = { 0: "unknown", 1: "yes", 2: "conditional", 3: "unknown" };

/** What is the same for all paths of one question. */
export interface PathQuestion {
  readonly engine: EscalationEngine;
  readonly search: Search;
  readonly towards: Towards;
  readonly removed: ReadonlySet<string>;
  /** `admin` or the ARN. */
  readonly target: string;
  readonly tenantId: string;
  /** Id of the record where paths end: the tenant, or the principal or resource. */
  readonly targetId: string;
}

/**
 * The ways of one principal: the surest and shortest for every distinct first grant that could be revoked. `omitted` counts the
 * other first steps, which go through the same grants.
 */
export function pathsOf(
  question: PathQuestion,
  principal: Principal,
): { readonly paths: readonly EscalationPath[]; readonly omitted: number } {
  const { search, towards } = question;
  const start = search.nodeOf(principal.id);
  if (start === undefined || towards.level(start) === NO) return { paths: [], omitted: 0 };
  const found: EscalationPath[] = [];
  const grants = new Set<string>();
  const { walked, left } = firstSteps(question, start);
  let omitted = left;
  for (const first of walked) {
    const path = walk(question, principal, start, first);
    const key = path === undefined ? undefined : (grantsOfPath(path)[0] ?? path.hops[0]?.technique.id);
    if (path === undefined) continue;
    if (key === undefined || grants.has(key)) omitted += 1;
    else {
      grants.add(key);
      found.push(path);
    }
  }
  return { paths: found, omitted };
}

/** A first step with the level on which it is walked on. */
interface FirstStep {
  readonly edges: readonly Edge[];
  readonly level: OpenTruth;
  readonly distance: number;
}

/** More first steps of one kind than this are counted, not walked: the grants behind them repeat. */
const MOST_WALKED = 24;

/** First steps that lead to the sink, surest and shortest first. */
function firstSteps(
  { search, towards }: PathQuestion,
  start: number,
): { readonly walked: readonly FirstStep[]; readonly left: number } {
  const steps: FirstStep[] = [];
  const consider = (before: readonly Edge[], node: number): void => {
    for (const edge of search.leaving(node)) {
      const edges = [...before, edge];
      if (edge.cost === 0 && search.nodes[edge.to]?.kind === "class") {
        consider(edges, edge.to);
        continue;
      }
      for (const level of [1, 2, 3] as const) {
        const distance = towards.distance(edge.to, level);
        if (distance < 0 || edges.some(({ truth }) => truth > level)) continue;
        steps.push({ edges, level, distance: distance + edge.cost });
        break;
      }
    }
  };
  consider([], start);
  // Of two that are as far, a step on oneself is told as one, with what it then administers by.
  const self = slotAt(search.nodes[start])?.actor;
  const onOther = ({ edges }: FirstStep): number =>
    self !== undefined && slotAt(search.nodes[edges.at(-1)?.to ?? start])?.actor === self ? 0 : 1;
  steps.sort((a, b) => a.level - b.level || a.distance - b.distance || onOther(a) - onOther(b));
  // What it may do itself, such as by trusts that name it, does not stand back behind what its class may do in many ways.
  const count = { own: 0, shared: 0 };
  const walked = steps.filter(({ edges }) => (count[edges.length > 1 ? "shared" : "own"] += 1) <= MOST_WALKED);
  return { walked, left: steps.length - walked.length };
}

function walk(
  question: PathQuestion,
  principal: Principal,
  start: number,
  first: FirstStep,
): EscalationPath | undefined {
  const { engine, search, towards, removed, tenantId, target } = question;
  const edges = [...first.edges];
  const visited = new Set<number>([start, ...edges.map(({ to }) => to)]);
  let at = edges.at(-1)?.to ?? start;
  let acting = (slotAt(search.nodes[at]) ?? slotAt(search.nodes[start]))?.actor;
  while (search.nodes[at]?.kind !== "sink") {
    let next = towards.next(at, first.level);
    const isBack = (edge: Edge): boolean =>
      visited.has(edge.to) || (edge.step?.kind === "within" && edge.step.member.slot.actor === acting);
    if (next !== undefined && isBack(next)) {
      // A set may hold whoever acts, and where the way has been: another of its members will do. What a principal does to
      // itself it can do without a set; that is a first step of its own.
      const other = search.nodes[at]?.kind === "set" ? nearest(question, at, first.level, isBack) : undefined;
      next = other ?? (edges.length > first.edges.length && !visited.has(next.to) ? next : undefined);
    }
    if (next === undefined) return undefined;
    edges.push(next);
    at = next.to;
    acting = slotAt(search.nodes[at])?.actor ?? acting;
    visited.add(at);
  }
  const hops: PathHop[] = [];
  let level: OpenTruth = YES;
  let slot = slotAt(search.nodes[start]);
  let cls = classAt(search.nodes[start]);
  // What is written for somebody before the actor becomes it.
  const ahead = new Set<PathHop>();
  const tell = (edge: Edge, position: number, all: readonly Edge[]): void => {
    if (edge.truth > level) level = edge.truth;
    const { step } = edge;
    if (step === null || step.kind === "within") {
      const node = search.nodes[edge.to];
      slot = slotAt(node) ?? slot;
      cls = classAt(node) ?? cls;
      return;
    }
    if (step.kind === "written") {
      const to = { actor: step.role, changes: UNCHANGED };
      const writing: Edge = {
        ...edge,
        step: { kind: "method", method: step.method, permissions: step.method.permissions },
      };
      const written = explain(question, { edge: writing, principal, slot, cls, to, member: undefined, removed });
      hops.push(...written);
      for (const hop of written) ahead.add(hop);
      step.via.forEach(tell);
      return;
    }
    // Behind a step stands the target set or the slot it leads to; a set's own next edge names the member.
    const behind = all[position + 1];
    const member = behind?.step?.kind === "within" ? behind.step.member : undefined;
    const to = member?.slot ?? slotAt(search.nodes[edge.to]);
    hops.push(...explain(question, { edge, principal, slot, cls, to, member, removed }));
    slot = slotAt(search.nodes[edge.to]) ?? slot;
    cls = classAt(search.nodes[edge.to]) ?? cls;
  };
  edges.forEach(tell);
  const collapsed = collapse(hops, ahead, question, principal);
  return {
    principal,
    target,
    tenantId,
    state: STATES[level],
    hops: collapsed,
    assumes: engine.reader.tenantLimits(principal.tenantId).assumes,
  };
}

/** The edge that leads on fastest, of those that do not lead back. */
function nearest(
  { search, towards }: PathQuestion,
  from: number,
  level: OpenTruth,
  isBack: (edge: Edge) => boolean,
): Edge | undefined {
  let best: Edge | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const edge of search.leaving(from)) {
    const distance = edge.truth > level ? -1 : towards.distance(edge.to, level);
    if (distance < 0 || distance >= least || isBack(edge)) continue;
    [best, least] = [edge, distance];
  }
  return best;
}

const slotAt = (node: Node | undefined): Slot | undefined => (node?.kind === "slot" ? node.slot : undefined);
const classAt = (node: Node | undefined): ActorClass | undefined =>
  node?.kind === "slot" || node?.kind === "class" ? node.cls : undefined;

/** Who changes its own policies and then administers by them has done so in one step. */
function collapse(
  hops: readonly PathHop[],
  ahead: ReadonlySet<PathHop>,
  question: PathQuestion,
  principal: Principal,
): readonly PathHop[] {
  const kept: PathHop[] = [];
  // Who acts by then: a step that leads to nobody else is one on itself.
  let actor = principal.id;
  let onItself = false;
  for (const hop of hops) {
    const before = kept.at(-1);
    if (hop.technique.id === "granted" && hop.grants.length === 0 && before !== undefined && onItself) {
      kept[kept.length - 1] = {
        ...before,
        to: hop.to,
        toId: hop.toId,
        conditions: [...before.conditions, ...hop.conditions],
      };
      continue;
    }
    kept.push(hop);
    if (hop.technique.id === "member-of" || ahead.has(hop)) continue;
    onItself = hop.toId === actor;
    actor = hop.toId;
  }
  const last = kept.at(-1);
  if (
    last !== undefined &&
    onItself &&
    last.technique.id !== "granted" &&
    last.toId === actor &&
    last.toId !== question.targetId
  )
    kept[kept.length - 1] = { ...last, to: question.target, toId: question.targetId };
  return kept;
}

interface Explained {
  readonly edge: Edge;
  readonly principal: Principal;
  readonly slot: Slot | undefined;
  readonly cls: ActorClass | undefined;
  readonly to: Slot | undefined;
  readonly member: Member | undefined;
  readonly removed: ReadonlySet<string>;
}

/** What one step takes, as hops: memberships it goes through stand before it. */
function explain(
  question: PathQuestion,
  { edge, principal, slot, cls, to, member, removed }: Explained,
): readonly PathHop[] {
  const { engine } = question;
  const { step, truth } = edge;
  const from = slot?.actor.principal ?? principal;
  const state = STATES[member !== undefined && member.truth > truth ? member.truth : truth];
  const arrival =
    to === undefined
      ? { to: question.target, toId: question.targetId }
      : { to: to.actor.arn, toId: to.actor.principal.id };
  if (step === null || step.kind === "within" || step.kind === "written") return [];
  if (step.kind === "assigned") {
    const [last, ...memberships] = [...step.grants].reverse();
    return [
      ...memberHops(engine, from, memberships.reverse()),
      {
        ...ends(lastGroup(engine, from, memberships), arrival),
        technique: { id: "assigned", name: "is assigned" },
        permissions: [],
        grants: last === undefined ? [] : [last],
        conditions: [],
        state,
      },
    ];
  }
  if (step.kind === "trusted" || step.kind === "assume") {
    const role = to?.actor;
    if (role === undefined) return [];
    const trustGrant = step.kind === "trusted" ? step.grantId : (member?.trustGrant ?? null);
    const used =
      slot === undefined || cls === undefined
        ? NOTHING
        : asked(
            engine,
            slot,
            removed,
            cls.ask(slot.actor, "sts:AssumeRole", role.arn, {
              target: role.principal,
              resourceTenant: role.tenant,
              resourcePolicy: engine.trusts.policy(role),
            }),
          );
    const outsider = requestPrincipal(from.locator);
    return withMembership(engine, from, used.ways, (start) => ({
      ...ends(start, arrival),
      technique: { id: "sts-001", name: "assumes the role" },
      permissions: ["sts:AssumeRole"],
      grants: [...flat(used.ways, start, from), ...(trustGrant === null ? [] : [trustGrant])],
      conditions:
        slot !== undefined || outsider === undefined
          ? used.conditions
          : openTrust(engine.trusts.policy(role), outsider, role.tenant),
      state,
    }));
  }
  if (step.kind === "granted") {
    if (slot === undefined || cls === undefined) return [];
    const end = question.search.nodes[edge.to];
    const explained = end?.kind === "sink" ? end.sink.explained?.(slot, cls) : undefined;
    const { permissions, policies, conditions } = explained ?? { permissions: ["*"], ...cls.administration() };
    const held = engine.heldIn(slot, removed);
    const ways = policies.flatMap((name) => (typeof name === "number" ? (held[name]?.ways.slice(0, 1) ?? []) : []));
    return withMembership(engine, from, ways, (start) => ({
      ...ends(start, { to: question.target, toId: question.targetId }),
      technique: { id: "granted", name: ways.length === 0 ? "administers by what was written for it" : "is granted" },
      permissions,
      grants: flat(ways, start, from),
      conditions,
      state,
    }));
  }
  if (slot === undefined || cls === undefined) return [];
  const { method, permissions } = step;
  const trustGrant = step.trustGrant ?? member?.trustGrant ?? null;
  const target = member?.slot.actor.principal ?? targetOf(engine, to, slot);
  const used = permissions.map((permission) => permissionUse(engine, slot, cls, method, permission, target, removed));
  const ways = used.flatMap((one) => one.ways);
  const conditions = [
    ...new Map(
      [...used.flatMap((one) => one.conditions), ...serviceConditions(engine, method, target)].map((one) => [
        `${one.key} ${one.operator} ${one.values.join(" ")}`,
        one,
      ]),
    ).values(),
  ];
  return withMembership(engine, from, ways, (start) => ({
    ...ends(start, arrival),
    technique: { id: method.id, name: method.name },
    permissions: [...new Set(permissions.map(({ action }) => action))],
    grants: [...flat(ways, start, from), ...(trustGrant === null ? [] : [trustGrant])],
    conditions,
    state,
    ...(method.note === undefined ? {} : { note: method.note }),
  }));
}

/** The group that was joined, else whom the step leads to. */
function targetOf(engine: EscalationEngine, to: Slot | undefined, from: Slot): Principal | undefined {
  const joined = to?.changes.group ?? null;
  if (joined !== null && joined !== from.changes.group) return engine.graph.principal(joined);
  return to?.actor.principal;
}

function ends(
  from: Principal,
  to: { readonly to: string; readonly toId: string },
): Pick<Hop, "from" | "fromId" | "to" | "toId"> {
  return { from: from.locator, fromId: from.id, ...to };
}

/** Where everything a step uses is held through one group, the membership is a step of its own. */
function withMembership(
  engine: EscalationEngine,
  from: Principal,
  ways: readonly (readonly string[])[],
  make: (start: Principal) => PathHop,
): readonly PathHop[] {
  const memberships = ways.map((way) => way.slice(0, -1).join(" "));
  const [shared = ""] = memberships;
  if (shared === "" || memberships.some((one) => one !== shared)) return [make(from)];
  const grants = shared.split(" ");
  return [...memberHops(engine, from, grants), make(lastGroup(engine, from, grants))];
}

/** The grants a step itself uses: memberships that stand before it as steps are not told again. */
function flat(ways: readonly (readonly string[])[], start: Principal, from: Principal): readonly string[] {
  return [...new Set(ways.flatMap((way) => (start === from ? way : way.slice(-1))))];
}

function memberHops(engine: EscalationEngine, from: Principal, grants: readonly string[]): readonly PathHop[] {
  const hops: PathHop[] = [];
  let start = from;
  for (const grantId of grants) {
    const group = groupOf(engine, grantId);
    if (group === undefined) continue;
    hops.push({
      ...ends(start, { to: group.locator, toId: group.id }),
      technique: { id: "member-of", name: "is a member of" },
      permissions: [],
      grants: [grantId],
      conditions: [],
      state: "yes",
    });
    start = group;
  }
  return hops;
}

function lastGroup(engine: EscalationEngine, from: Principal, grants: readonly string[]): Principal {
  return grants.map((grantId) => groupOf(engine, grantId)).findLast((group) => group !== undefined) ?? from;
}

function groupOf(engine: EscalationEngine, grantId: string): Principal | undefined {
  const grant = engine.graph.grant(grantId);
  const group = engine.graph.principal(engine.graph.entitlement(grant?.entitlementId ?? "")?.targetId ?? "");
  return group?.kind === "group" ? group : undefined;
}
