import type { AccessGraph } from "../../../src/graph/access-graph.ts";
import type { EscalationMethod, NeededPermission } from "../../../src/graph/escalation/method.ts";
import { PrincipalContext } from "../../../src/graph/principal-context.ts";
import { policyReader } from "../../../src/graph/principal-policies.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { ActionTable } from "../../../src/policy/aws/action-table.ts";
import { administration } from "../../../src/policy/aws/administration.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type NamedPolicy } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

/** Sureness as a number: 0 not at all, 1 certain, 2 under conditions, 3 unknown. */
type Truth = 0 | 1 | 2 | 3;
const both = (a: Truth, b: Truth): Truth => (a === 0 || b === 0 ? 0 : a > b ? a : b);
const either = (a: Truth, b: Truth): Truth => (a === 1 || b === 1 ? 1 : a === 0 ? b : b === 0 ? a : a > b ? a : b);

/** A principal with what became of its policies. */
interface State {
  readonly principal: Principal;
  readonly full: boolean;
  readonly free: boolean;
  readonly group: string | null;
  /** Whose policies it has written by now. */
  readonly written: readonly string[];
}

/** Writing the policies of others, by the methods' ids. */
const PENS = [
  { id: "iam-001", action: "iam:CreatePolicyVersion", on: "target-policy", kind: "role" },
  { id: "iam-001", action: "iam:CreatePolicyVersion", on: "target-policy", kind: "user" },
  { id: "iam-005", action: "iam:PutRolePolicy", on: "target", kind: "role" },
  { id: "iam-007", action: "iam:PutUserPolicy", on: "target", kind: "user" },
] as const;

/**
 * Who reaches administration how surely, and by which steps (`<from> <method> <to>`), worked out the slow way: every method asked for every pair, no classes, no sets, no
 * regions, one decision per permission and resource. Knows what a world of a test can hold, not everything.
 */
export function bruteForce(
  graph: AccessGraph,
  table: ActionTable,
  methods: readonly EscalationMethod[],
): { readonly reached: ReadonlyMap<string, Truth>; readonly steps: ReadonlyMap<string, Truth> } {
  const reader = policyReader(graph);
  const actors = graph.snapshot.principals.filter(
    ({ kind, system }) => system === "aws" && (kind === "user" || kind === "role"),
  );
  const everything = parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}');
  if (!everything.known) throw new Error("no policy");
  const whatever: NamedPolicy = { name: "own", policy: compilePolicy(everything.value) };

  const setOf = ({ principal, full, free, group }: State, resource?: LayerPolicies): PolicySet => {
    const { held, boundaries } = reader.of(principal);
    const ids = [
      ...held.map(({ policyId }) => policyId),
      ...(group === null
        ? []
        : graph.grantsOf(group).flatMap(({ entitlementId }) => graph.entitlement(entitlementId)?.targetId ?? [])),
    ];
    const layer = reader.layer([...new Set(ids)]);
    const { scps } = reader.tenantLimits(principal.tenantId);
    return new PolicySet({
      identity: full ? { ...layer, policies: [...layer.policies, whatever] } : layer,
      ...(boundaries.length > 0 && !free ? { boundary: reader.layer(boundaries) } : {}),
      ...(scps === undefined ? {} : { scps }),
      ...(resource === undefined ? {} : { resource }),
    });
  };
  const ask = (
    state: State,
    need: Pick<NeededPermission, "action" | "context">,
    arn: string,
    target?: Principal,
    resource?: LayerPolicies,
  ): Truth => {
    const region = arn.split(":")[3] ?? "";
    if (need.action.startsWith("iam:")) return askIn(state, need, arn, "us-east-1", target, resource);
    if (region !== "" && !region.includes("*")) return askIn(state, need, arn, region, target, resource);
    // Whoever calls chooses the region: worlds know one.
    return either(
      askIn(state, need, arn, "", target, resource),
      askIn(state, need, arn, "eu-central-1", target, resource),
    );
  };
  const askIn = (
    state: State,
    { action, context = {} }: Pick<NeededPermission, "action" | "context">,
    arn: string,
    region: string,
    target?: Principal,
    resource?: LayerPolicies,
  ): Truth => {
    const asked = requestPrincipal(state.principal.locator);
    if (asked === undefined) return 0;
    const given = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value]] as const));
    if (region !== "") given.set("aws:requestedregion", [region]);
    const tenant = state.principal.tenantId.slice(4);
    const known = { given, resourceTenant: tenant, target, unknown: true };
    const { decision } = decide(
      setOf(state, resource),
      {
        principal: asked,
        action: action.toLowerCase(),
        resource: arn,
        resourceTenant: tenant,
        context: new PrincipalContext(state.principal, asked, known),
      },
      table,
    );
    return decision === "allowed" ? 1 : decision === "conditional" ? 2 : decision === "unknown" ? 3 : 0;
  };
  const trusts = (role: Principal): LayerPolicies => reader.layer([`${role.id}/trust`]);
  const serviceTruth = (role: Principal, services: readonly string[]): Truth => {
    const text = graph.policy(`${role.id}/trust`)?.document;
    return text?.known === true && services.some((name) => text.value.includes(`"${name}"`)) ? 1 : 0;
  };
  const running = (role: Principal, types: readonly string[]): string[] =>
    graph.snapshot.resources.flatMap(({ locator, attributes }) =>
      String(attributes["runsAs"]).split(" ").includes(role.locator) && types.includes(String(attributes["type"]))
        ? [locator]
        : [],
    );
  const customer = (principal: Principal): string[] =>
    reader.of(principal).held.flatMap(({ policyId }) => {
      const policy = graph.policy(policyId);
      return policy?.kind === "customer-managed" ? [policy.locator] : [];
    });

  const permissionOf = (state: State, need: NeededPermission, method: EscalationMethod, target?: Principal): Truth => {
    const over = (arns: readonly string[], acted?: Principal): Truth =>
      arns.reduce<Truth>((truth, arn) => either(truth, ask(state, need, arn, acted)), 0);
    switch (need.on) {
      case "somewhere":
        return ask(state, need, "*");
      case "self":
        return over([state.principal.locator], state.principal);
      case "held-policy":
        return over(customer(state.principal));
      case "target-policy":
        return target === undefined ? 0 : over(customer(target));
      case "target":
        if (target === undefined) return 0;
        return need.action === "sts:AssumeRole"
          ? ask(state, need, target.locator, target, trusts(target))
          : over([target.locator], target);
      case "reached-through":
        return target === undefined ? 0 : over(running(target, method.target?.runsOn ?? []));
      default:
        return 0;
    }
  };
  const asked = new Map<string, Truth>();
  const permission = (state: State, need: NeededPermission, method: EscalationMethod, target?: Principal): Truth => {
    const { principal, full, free, group } = state;
    const key = JSON.stringify([principal.id, full, free, group, need, method.id, target?.id]);
    let truth = asked.get(key);
    if (truth === undefined) asked.set(key, (truth = permissionOf(state, need, method, target)));
    return truth;
  };
  const steps = (state: State): { to: State; truth: Truth; id: string; over?: string }[] => {
    const found: { to: State; truth: Truth; id: string; over?: string }[] = [];
    const plain = (principal: Principal): State => ({
      principal,
      full: state.written.includes(principal.id),
      free: false,
      group: null,
      written: state.written,
    });
    for (const pen of PENS)
      for (const target of graph.snapshot.principals) {
        if (target.kind !== pen.kind || target.id === state.principal.id || state.written.includes(target.id)) continue;
        const method = methods.find(({ id }) => id === pen.id);
        const truth = method === undefined ? 0 : permission(state, pen, method, target);
        if (truth !== 0)
          found.push({
            to: { ...state, written: [...state.written, target.id].sort() },
            truth,
            id: pen.id,
            over: target.id,
          });
      }
    for (const method of methods) {
      const targets: (Principal | undefined)[] =
        method.target === undefined
          ? [undefined]
          : graph.snapshot.principals.filter(({ kind }) => kind === method.target?.kind);
      if (method.actor !== undefined && method.actor !== state.principal.kind) continue;
      for (const target of targets) {
        let truth: Truth = 1;
        if (target !== undefined && method.target?.trustsService !== undefined)
          truth = serviceTruth(target, method.target.trustsService);
        if (method.target?.keys === "at-limit" || method.target?.password === "present") truth = 0;
        for (const need of method.permissions)
          if (truth !== 0) truth = both(truth, permission(state, need, method, target));
        if (truth === 0) continue;
        if (method.gains === "becomes-target" && target !== undefined)
          found.push({ to: plain(target), truth, id: method.id });
        else if (method.gains === "writes-own-policy")
          found.push({ to: { ...state, full: true }, truth, id: method.id });
        else if (method.gains === "writes-target-policy-and-becomes-it" && target !== undefined)
          found.push({ to: { ...plain(target), full: true }, truth, id: method.id });
        else if (
          method.gains === "joins-target-group" &&
          target !== undefined &&
          state.group === null &&
          state.principal.kind === "user" &&
          !graph.groupsOf(state.principal.id).some(({ groupId }) => groupId === target.id)
        )
          found.push({ to: { ...state, group: target.id }, truth, id: method.id });
        else if (method.gains === "sheds-boundary") found.push({ to: { ...state, free: true }, truth, id: method.id });
      }
    }
    return found;
  };
  const administers = (state: State): Truth => {
    const set = setOf(state);
    return administration(set, {
      boundary: set.layers.boundary !== undefined,
      session: false,
      scp: set.layers.scps !== undefined,
    }).truth;
  };

  const remembered = new Map<string, ReturnType<typeof steps>>();
  const stepsOf = (state: State): ReturnType<typeof steps> => {
    const known = remembered.get(key(state)) ?? steps(state);
    remembered.set(key(state), known);
    return known;
  };
  const taken = new Map<string, Truth>();
  const answers = new Map<string, Truth>();
  const key = ({ principal, full, free, group, written }: State): string =>
    `${principal.id} ${full} ${free} ${group} ${written.join()}`;
  for (const principal of actors) {
    let best: Truth = 0;
    for (const level of [1, 2, 3] as const) {
      const start: State = { principal, full: false, free: false, group: null, written: [] };
      const seen = new Set([key(start)]);
      const queue = [start];
      for (const state of queue) {
        const there = administers(state);
        if (best === 0 && there !== 0 && there <= level) best = level;
        for (const { to, truth, id, over = to.principal.id } of stepsOf(state)) {
          const step = `${state.principal.id} ${id} ${over}`;
          const before = taken.get(step);
          if (before === undefined || truth < before) taken.set(step, truth);
          if (truth <= level && !seen.has(key(to))) {
            seen.add(key(to));
            queue.push(to);
          }
        }
      }
    }
    answers.set(principal.id, best);
  }
  return { reached: answers, steps: taken };
}
