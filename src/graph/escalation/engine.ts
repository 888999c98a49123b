/**
 * Who can become whom, as a graph that is searched backwards from administration. Long because its nodes share one numbering.
 *
 * Principals with the same policies share a class, and everything a class can do to a set of targets goes through one node for
 * that set, so that a thousand operators who may pass any of a thousand roles are two thousand edges and not a million.
 */
import type { ActionTable } from "../../policy/aws/action-table.ts";
import { compilePolicy } from "../../policy/aws/compile-policy.ts";
import type { DecisionWord } from "../../policy/aws/decision.ts";
import { all, any, UNREAD, type OpenTruth } from "../../policy/aws/open-truth.ts";
import type { LayerPolicies, NamedPolicy, PolicyLayers } from "../../policy/aws/policy-set.ts";
import { inRegion, type Region } from "../../policy/aws/regions.ts";
import { MAYBE, NO, YES, type RequestContext } from "../../policy/aws/request-context.ts";
import type { Principal } from "../../model/principal.ts";
import type { AccessGraph } from "../access-graph.ts";
import { PrincipalContext } from "../principal-context.ts";
import { policyReader, type PolicyReader, type PrincipalPolicies } from "../principal-policies.ts";
import { MethodActions, spellings, type ActionSummary } from "./action-summary.ts";
import { ActorClass, actorOf, WHATEVER_IT_LIKES, type Actor } from "./actor-class.ts";
import type { EscalationMethod, NeededPermission } from "./method.ts";
import { pensOf } from "./pens.ts";
import type { Edge } from "./search-graph.ts";
import { decidedByTarget, RegionKeys } from "./region-keys.ts";
import { TargetIndex } from "./target-index.ts";
import { trustIndex, type TrustedRole, type TrustIndex } from "./trust-index.ts";

/** What became of a principal's policies on the way. Flags add up. */
export interface Changes {
  /** Its own policies say whatever it likes. */
  readonly full: boolean;
  readonly noBoundary: boolean;
  /** Which of its own policies that deny are gone. */
  readonly noDenies: readonly ("attached" | "inline")[];
  /** A group it joined. */
  readonly group: string | null;
}

export const UNCHANGED: Changes = { full: false, noBoundary: false, noDenies: [], group: null };

/** Somebody acting: a principal with its policies as they are by then. */
export interface Slot {
  readonly actor: Actor;
  readonly changes: Changes;
}

/** One step that was found, with what it takes to explain it. */
export type Step =
  | { readonly kind: "granted"; readonly tenantId: string }
  | { readonly kind: "assigned"; readonly grants: readonly string[] }
  | { readonly kind: "trusted"; readonly role: Actor; readonly grantId: string }
  | {
      readonly kind: "method";
      readonly method: EscalationMethod;
      readonly permissions: readonly NeededPermission[];
      /** The trust that names the actor, where the method goes through one. */
      readonly trustGrant?: string;
    }
  | { readonly kind: "assume"; readonly set: TargetSet }
  | { readonly kind: "within"; readonly member: Member }
  /** The policies of a principal are written first, which is then reached on a way of several steps. */
  | {
      readonly kind: "written";
      readonly method: EscalationMethod;
      readonly role: Actor;
      readonly via: readonly Edge[];
    };

/** One target of a set, and what it takes there. */
export interface Member {
  readonly slot: Slot;
  readonly truth: OpenTruth;
  /** The trust it goes through, where there is one. */
  readonly trustGrant: string | null;
}

/** Targets that some permissions reach: shared by all classes whose permissions reach the same. */
export interface TargetSet {
  readonly number: number;
  readonly members: () => readonly Member[];
}

/** What a class can do, whoever of it does it. */
interface ClassWays {
  readonly sets: readonly {
    readonly set: TargetSet;
    readonly step: Step;
    readonly truth: OpenTruth;
    readonly policy: string | number | null;
  }[];
  /** Principals whose policies the class may write, as which it does not act by that. */
  readonly pens: readonly { readonly set: TargetSet; readonly method: EscalationMethod }[];
  /** Methods on the actor itself: asked actor by actor. */
  readonly own: readonly { readonly method: EscalationMethod; readonly permissions: readonly NeededPermission[] }[];
}

/** The pieces of the graph that do not change when grants are taken away. */
export class EscalationEngine {
  readonly graph: AccessGraph;
  readonly table: ActionTable;
  readonly methods: readonly EscalationMethod[];
  readonly actors: readonly Actor[];
  readonly byId: ReadonlyMap<string, Actor>;
  readonly reader: PolicyReader;
  readonly trusts: TrustIndex;
  readonly targets: TargetIndex;
  readonly #pens: readonly EscalationMethod[];
  readonly #actions: MethodActions;
  readonly #summaries = new Map<string, ActionSummary | null>();
  readonly #policies: PrincipalPolicies[] = [];
  readonly #classes = new Map<string, ActorClass>();
  readonly #ways: ClassWays[] = [];
  readonly #sets = new Map<string, TargetSet>();
  readonly #regionKeys = new RegionKeys();

  constructor(graph: AccessGraph, table: ActionTable, methods: readonly EscalationMethod[]) {
    this.graph = graph;
    this.table = table;
    this.methods = methods;
    this.#pens = pensOf(methods);
    this.reader = policyReader(graph);
    this.#actions = new MethodActions(methods);
    const actors: Actor[] = [];
    for (const principal of graph.snapshot.principals) {
      const actor = actorOf(principal, actors.length);
      if (actor === undefined) continue;
      actors.push(actor);
      this.#policies.push(this.reader.of(principal));
    }
    this.actors = actors;
    this.byId = new Map(actors.map((actor) => [actor.principal.id, actor]));
    this.trusts = trustIndex(graph, this.byId);
    this.targets = new TargetIndex(graph);
  }

  policiesOf(actor: Actor): PrincipalPolicies {
    const policies = this.#policies[actor.number];
    if (policies === undefined) throw new RangeError(`no actor ${actor.number}`);
    return policies;
  }

  /** The identity policies with which a slot acts, in the order in which its class names them. */
  heldIn(
    { actor, changes }: Slot,
    removed: ReadonlySet<string>,
  ): readonly { readonly policyId: string; readonly ways: readonly (readonly string[])[] }[] {
    const own = this.policiesOf(actor).held.flatMap(({ policyId, ways }) => {
      const left = removed.size === 0 ? ways : ways.filter((way) => !way.some((grant) => removed.has(grant)));
      return left.length === 0 ? [] : [{ policyId, ways: left }];
    });
    const joined =
      changes.group === null
        ? []
        : this.graph.grantsOf(changes.group).flatMap((grant) => {
            const entitlement = this.graph.entitlement(grant.entitlementId);
            return entitlement?.kind !== "policy" ||
              removed.has(grant.id) ||
              own.some(({ policyId }) => policyId === entitlement.targetId)
              ? []
              : [{ policyId: entitlement.targetId, ways: [[grant.id]] }];
          });
    const left = [...own, ...joined].filter(
      ({ policyId }) => changes.noDenies.length === 0 || !this.shedding(actor, policyId, changes.noDenies),
    );
    // Policies that only deny keep denying when the others say whatever the actor likes; the others no longer matter.
    const kept = changes.full ? left.filter(({ policyId }) => this.#summary(policyId)?.denies !== false) : left;
    if (kept.length < 2) return kept;
    return kept
      .map((one) => ({ one, key: this.#contentKey(one.policyId) }))
      .sort((a, b) => (a.key === b.key ? (a.one.policyId < b.one.policyId ? -1 : 1) : a.key < b.key ? -1 : 1))
      .map(({ one }) => one);
  }

  /** Whether a policy denies, hangs on the actor itself and is of a kind that comes off. */
  shedding(actor: Actor, policyId: string, kinds: Changes["noDenies"]): boolean {
    if (this.#summary(policyId)?.denies !== true) return false;
    const kind = this.graph.policy(policyId)?.kind === "inline" ? "inline" : "attached";
    // What hangs on a group is not the actor's own to take away.
    return (
      kinds.includes(kind) &&
      this.policiesOf(actor).held.some(
        (held) => held.policyId === policyId && held.ways.every((way) => way.length === 1),
      )
    );
  }

  /**
   * What several actors with equal policies share: all that matters to the methods, or with `whole` all that matters to any
   * action (names and tags of who asks decide what texts mean).
   */
  classOf(slot: Slot, removed: ReadonlySet<string>, whole = false): ActorClass {
    const { actor, changes } = slot;
    const policies = this.policiesOf(actor);
    const held = this.heldIn(slot, removed);
    const boundaries = changes.noBoundary ? [] : policies.boundaries;
    const key = [
      actor.tenantId,
      actor.principal.kind,
      policies.serviceLinked || actor.asked.serviceLinked ? "linked" : "",
      changes.full ? "full" : "",
      this.#personal(
        actor,
        held.map(({ policyId }) => policyId),
        boundaries,
        whole,
      ),
      held.map(({ policyId }) => this.#contentKey(policyId)).join(" "),
      boundaries.map((id) => this.#contentKey(id)).join(" "),
    ].join("|");
    let known = this.#classes.get(key);
    if (known === undefined) {
      const summaries = held.map(({ policyId }) => this.#summary(policyId));
      const allows = new Uint32Array(this.#actions.words);
      if (changes.full || summaries.includes(null)) allows.fill(0xffffffff);
      for (const summary of summaries) summary?.allows.forEach((word, at) => (allows[at] = (allows[at] ?? 0) | word));
      // One that was not read may allow everything.
      const wide = changes.full || summaries.some((summary) => summary === null || summary.wide);
      known = new ActorClass(
        {
          number: this.#classes.size,
          key,
          tenantId: actor.tenantId,
          speaker: actor,
          allows,
          wide,
          hasBoundary: boundaries.length > 0,
        },
        () =>
          this.#layers(
            held.map(({ policyId }) => policyId),
            boundaries,
            changes.full,
            policies,
          ),
        this.table,
      );
      this.#classes.set(key, known);
    }
    return known;
  }

  #layers(
    held: readonly string[],
    boundaries: readonly string[],
    full: boolean,
    { principal }: PrincipalPolicies,
  ): PolicyLayers {
    const named: NamedPolicy[] = full && WHATEVER_IT_LIKES !== undefined ? [WHATEVER_IT_LIKES] : [];
    const unread: string[] = [];
    held.forEach((policyId, at) => {
      const parsed = this.graph.parsed(policyId);
      if (parsed.known)
        named.push({ name: at, policy: full ? onlyDenies(compilePolicy(parsed.value)) : compilePolicy(parsed.value) });
      else unread.push(`policy \`${this.graph.policy(policyId)?.name ?? policyId}\`: ${parsed.why}`);
    });
    const identity: LayerPolicies = unread.length === 0 ? { policies: named } : { policies: named, unread };
    const { scps, rcps } = this.reader.tenantLimits(principal.tenantId);
    return {
      identity,
      ...(boundaries.length === 0 ? {} : { boundary: this.reader.layer(boundaries) }),
      ...(scps === undefined ? {} : { scps }),
      ...(rcps === undefined ? {} : { rcps }),
    };
  }

  #contentKey(policyId: string): string {
    const policy = this.graph.policy(policyId);
    return policy?.document.known === true && policy.documentHash !== "" ? policy.documentHash : `?${policyId}`;
  }

  /** What a document says about escalation; null where it was not read. */
  #summary(policyId: string): ActionSummary | null {
    const key = this.#contentKey(policyId);
    let summary = this.#summaries.get(key);
    if (summary === undefined) {
      const parsed = this.graph.parsed(policyId);
      summary = parsed.known ? this.#actions.summary(parsed.value) : null;
      this.#summaries.set(key, summary);
    }
    return summary;
  }

  readonly #tenantParts = new Map<string, readonly ActionSummary[]>();

  /** What the policies that bear on the actor mean for it, beyond what they mean for anyone. */
  #personal(actor: Actor, held: readonly string[], boundaries: readonly string[], whole: boolean): string {
    let limits = this.#tenantParts.get(actor.tenantId);
    if (limits === undefined) {
      const { scps = [], rcps = [] } = this.reader.tenantLimits(actor.tenantId);
      limits = [...scps, ...rcps].flatMap(({ policies }) =>
        policies.map(({ policy }) => this.#actions.summary(policy.parsed)),
      );
      this.#tenantParts.set(actor.tenantId, limits);
    }
    const answers: string[] = [];
    let context: RequestContext | undefined;
    for (const summary of [
      ...limits,
      ...held.map((id) => this.#summary(id)),
      ...boundaries.map((id) => this.#summary(id)),
    ])
      for (const part of [...(summary?.personal ?? []), ...(whole ? (summary?.personalElsewhere ?? []) : [])]) {
        context ??= new PrincipalContext(actor.principal, actor.asked, { resourceTenant: actor.tenant, unknown: true });
        answers.push(part(context));
      }
    return JSON.stringify(answers);
  }

  /** What the class can do to others, worked out once. */
  waysOf(cls: ActorClass): ClassWays {
    return (this.#ways[cls.number] ??= this.#workOutWays(cls));
  }

  #workOutWays(cls: ActorClass): ClassWays {
    const sets: ClassWays["sets"][number][] = [];
    const own: ClassWays["own"][number][] = [];
    const { kind } = cls.speaker.principal;
    const assume = this.#actions.has(cls.allows, "sts:assumerole") ? this.#assumeRegions(cls) : [];
    if (assume.length > 0) {
      const set = this.#assumeSet(cls, assume);
      sets.push({ set, step: { kind: "assume", set }, truth: YES, policy: firstPolicy(assume) });
    }
    for (const method of this.methods) {
      if (method.actor !== undefined && method.actor !== kind) continue;
      // What opens one service only is no way to become somebody; assuming a role has its own sets above.
      if (method.id === "sts-001" || method.legacy === true || method.onlyFor !== undefined) continue;
      for (const permissions of spellings(method)) {
        if (!permissions.every(({ action }) => this.#actions.has(cls.allows, action))) continue;
        let truth: OpenTruth = YES;
        for (const { action, on, context } of permissions)
          if (on === "somewhere" && truth !== NO) truth = all(truth, truthOf(cls.somewhere(action, context).decision));
        if (truth === NO) continue;
        // Whoever joins a group stays itself: asked actor by actor, like what it does to itself.
        if (
          method.target === undefined ||
          method.gains === "administers-tenants" ||
          method.gains === "joins-target-group"
        ) {
          own.push({ method, permissions });
          continue;
        }
        const found = this.#targetSet(cls, method, permissions, assume);
        // Another spelling of the same that is no surer adds nothing.
        const again = ({ set, step, truth: before }: ClassWays["sets"][number]): boolean =>
          set === found?.set && before <= truth && step.kind === "method" && step.method === method;
        if (found !== undefined && !sets.some(again))
          sets.push({ ...found, step: { kind: "method", method, permissions }, truth });
      }
    }
    const pens = this.#pens.flatMap((method) => {
      if (!method.permissions.every(({ action }) => this.#actions.has(cls.allows, action))) return [];
      const found = this.#targetSet(cls, method, method.permissions, assume);
      return found === undefined ? [] : [{ set: found.set, method }];
    });
    return { sets, own, pens };
  }

  #shared(key: string, members: () => readonly Member[]): TargetSet {
    let set = this.#sets.get(key);
    if (set === undefined) {
      let made: readonly Member[] | undefined;
      set = { number: this.#sets.size, members: () => (made ??= members()) };
      this.#sets.set(key, set);
    }
    return set;
  }

  #assumeSet(cls: ActorClass, regions: readonly Region[]): TargetSet {
    const { tenant } = cls.speaker;
    return this.#shared(`assume|${tenant}|${this.#regionKeys.of(regions, cls.number)}`, () =>
      this.#trustedWithin(cls, this.trusts.byTenant(tenant, regions), regions, UNCHANGED),
    );
  }

  #trustedWithin(
    cls: ActorClass,
    roles: readonly TrustedRole[],
    regions: readonly Region[],
    changes: Changes,
  ): Member[] {
    const asking = this.#asking(cls, "sts:AssumeRole", regions);
    return roles.flatMap(({ role, truth, grantId }) => {
      const reached = all(truth, asking.trusting(role));
      return reached === NO ? [] : [{ slot: { actor: role, changes }, truth: reached, trustGrant: grantId }];
    });
  }

  #targetSet(
    cls: ActorClass,
    method: EscalationMethod,
    permissions: readonly NeededPermission[],
    assume: readonly Region[],
  ): { readonly set: TargetSet; readonly policy: string | number | null } | undefined {
    const need = method.target;
    if (need === undefined) return undefined;
    const onTarget = permissions.filter(
      ({ on }) => on === "target" || on === "target-policy" || on === "reached-through" || on === "provider",
    );
    const regionsOf = onTarget.map(({ action, on, context }) => cls.regions(action, asksFor(on, need.kind), context));
    if (regionsOf.some((regions) => regions.length === 0)) return undefined;
    const key = [
      need.trustsActor === true ? `assume ${cls.speaker.tenant} ${this.#regionKeys.of(assume, cls.number)}` : "",
      cls.tenantId,
      cls.speaker.asked.serviceLinked,
      JSON.stringify(need),
      method.gains,
      ...onTarget.map(({ action, on, context }, at) => {
        const regions = regionsOf[at] ?? [];
        const settled = regions.every(({ truth, partial }) => truth === YES && partial.length === 0);
        return `${action} ${on} ${settled ? "" : JSON.stringify(context ?? null)} ${this.#regionKeys.of(regions, cls.number)}`;
      }),
    ].join("|");
    const set = this.#shared(key, () => this.#members(cls, method, onTarget, regionsOf, assume));
    return { set, policy: firstPolicy(regionsOf[0] ?? []) };
  }

  #members(
    cls: ActorClass,
    method: EscalationMethod,
    permissions: readonly NeededPermission[],
    regionsOf: readonly (readonly Region[])[],
    assume: readonly Region[],
  ): readonly Member[] {
    const need = method.target;
    if (need === undefined) return [];
    const found: Member[] = [];
    const asking = permissions.map(({ action, context }, at) =>
      this.#asking(cls, action, regionsOf[at] ?? [], context),
    );
    for (const { principal, truth: before, trustGrant } of this.#candidates(
      cls,
      method,
      permissions,
      regionsOf,
      assume,
    )) {
      let truth = all(before, all(this.targets.facts(principal, need), this.#providerFacts(principal, need)));
      permissions.forEach(({ on }, at) => {
        const ask = asking[at];
        if (truth !== NO && ask !== undefined) truth = all(truth, this.#permissionOn(ask, on, principal, need));
      });
      if (truth === NO) continue;
      const slot = this.#gained(method, principal);
      if (slot !== undefined) found.push({ slot, truth, trustGrant });
    }
    return found;
  }

  /** Targets worth asking about, with what their trust says. */
  #candidates(
    cls: ActorClass,
    { target: need }: EscalationMethod,
    permissions: readonly NeededPermission[],
    regionsOf: readonly (readonly Region[])[],
    assume: readonly Region[],
  ): readonly { readonly principal: Principal; readonly truth: OpenTruth; readonly trustGrant: string | null }[] {
    if (need === undefined) return [];
    if (need.trustsActor === true)
      return this.#trustedWithin(cls, this.trusts.byTenant(cls.speaker.tenant, assume), assume, UNCHANGED)
        .filter(({ slot }) => slot.actor.tenantId === cls.tenantId)
        .map(({ slot, truth, trustGrant }) => ({ principal: slot.actor.principal, truth, trustGrant }));
    const narrowed =
      this.#narrowed(cls, need, permissions, regionsOf) ?? this.targets.everyone(cls.tenantId, need.kind);
    if (need.trustsService === undefined)
      return narrowed.map((principal) => ({ principal, truth: YES, trustGrant: null }));
    const trusted = this.trusts.byServices(cls.tenantId, need.trustsService);
    const found =
      narrowed.length < trusted.size ? narrowed.flatMap(({ id }) => trusted.get(id) ?? []) : trusted.values();
    return Array.from(found, ({ role, truth, grantId }) => ({ principal: role.principal, truth, trustGrant: grantId }));
  }

  /** Targets that a permission on them, or on what runs as them, leaves; undefined where none says anything. */
  #narrowed(
    cls: ActorClass,
    { kind, runsOn = [] }: NonNullable<EscalationMethod["target"]>,
    permissions: readonly NeededPermission[],
    regionsOf: readonly (readonly Region[])[],
  ): readonly Principal[] | undefined {
    const position = permissions.findIndex(({ on }) => on === "target");
    if (position >= 0)
      return this.targets.candidates(
        cls.tenantId,
        kind,
        regionsOf[position] ?? [],
        cls.requestFor(permissions[position]?.action ?? "", "*").request.context,
      );
    const through = permissions.findIndex(({ on }) => on === "reached-through");
    if (through < 0) return undefined;
    const found = new Set(this.targets.running(cls.tenantId, regionsOf[through] ?? [], runsOn));
    for (const { role } of this.#mayRun(cls.tenantId, runsOn).values()) found.add(role.principal);
    return [...found];
  }

  #permissionOn(
    asking: Asking,
    on: NeededPermission["on"],
    target: Principal,
    need: NonNullable<EscalationMethod["target"]>,
  ): OpenTruth {
    if (on === "target") return asking.about(target.locator, target);
    const some = (arns: readonly string[]): OpenTruth => {
      let truth: OpenTruth = NO;
      for (let at = 0; at < arns.length && truth !== YES; at += 1) truth = any(truth, asking.about(arns[at] ?? ""));
      return truth;
    };
    if (on === "target-policy") return some(this.customerPolicies(target.id));
    if (on === "provider") {
      const actor = this.byId.get(target.id);
      const kind = need.trustsProvider;
      return actor === undefined || kind === undefined || kind === "cognito"
        ? NO
        : some(this.trusts.providers(actor, kind));
    }
    const types = need.runsOn ?? [];
    const truth = some(this.targets.runningAs(target, types).map(({ arn }) => arn));
    // What was not read may run as the role as well.
    return truth !== YES && this.#mayRun(target.tenantId, types).has(target.id) ? any(truth, UNREAD) : truth;
  }

  /** Whether the role trusts a provider of the kind, there or gone, as the method needs it. */
  #providerFacts(
    target: Principal,
    { trustsProvider: kind, provider }: NonNullable<EscalationMethod["target"]>,
  ): OpenTruth {
    const actor = this.byId.get(target.id);
    if (kind === undefined) return YES;
    if (actor === undefined) return NO;
    const arns = this.trusts.providers(actor, kind);
    if (arns.length === 0) return NO;
    if (kind === "cognito") return YES;
    const absent = arns.some((arn) => !this.#providerExists(target.tenantId, arn));
    if (provider !== "absent") return YES;
    if (!absent) return NO;
    return this.graph.coverage(target.tenantId, "identity-provider")?.state === "complete" ? YES : UNREAD;
  }

  /** A trust policy names providers whether they are there or not; only the list of providers tells when one was made. */
  #providerExists(tenantId: string, arn: string): boolean {
    const record = this.graph.principal(`${tenantId}:${arn}`);
    return record !== undefined && ("url" in record.attributes || "validUntil" in record.attributes);
  }

  /** Roles that something of the types could run as that was not read: they have to trust the service behind it. */
  #mayRun(tenantId: string, types: readonly string[]): ReadonlyMap<string, TrustedRole> {
    return this.trusts.byServices(tenantId, this.targets.unreadTypes(tenantId, types).flatMap(servicesBehind));
  }

  /** Managed policies of the tenant itself that the principal holds: those that can get a new version. */
  customerPolicies(principalId: string): readonly string[] {
    const actor = this.byId.get(principalId);
    const held =
      actor === undefined
        ? this.graph
            .grantsOf(principalId)
            .map(({ entitlementId }) => this.graph.entitlement(entitlementId)?.targetId ?? "")
        : this.policiesOf(actor).held.map(({ policyId }) => policyId);
    return held.flatMap((id) => {
      const policy = this.graph.policy(id);
      return policy?.kind === "customer-managed" ? [policy.locator] : [];
    });
  }

  readonly #leftOpen = new Map<number, readonly TrustedRole[]>();

  /** Roles the class may assume as far as it depends on the class, whose trust looks closer at who comes. */
  choosy(cls: ActorClass): readonly TrustedRole[] {
    let roles = this.#leftOpen.get(cls.number);
    if (roles === undefined) {
      const regions = this.#actions.has(cls.allows, "sts:assumerole") ? this.#assumeRegions(cls) : [];
      const asking = this.#asking(cls, "sts:AssumeRole", regions);
      roles = this.trusts.choosy(cls.speaker.tenant, regions).filter(({ role }) => asking.trusting(role) !== NO);
      this.#leftOpen.set(cls.number, roles);
    }
    return roles;
  }

  #assumeRegions(cls: ActorClass): readonly Region[] {
    return cls.regions("sts:AssumeRole", "arn:*:iam::*:role/*");
  }

  /** What the class is answered about resources, by its regions and, where the target's own facts decide, by asking. */
  #asking(cls: ActorClass, action: string, regions: readonly Region[], context?: NeededPermission["context"]): Asking {
    // The region a resource lies in is all that makes one request differ from the next before the target is known.
    const requests = new Map<string, ReturnType<ActorClass["requestFor"]>>();
    const within = (arn: string, again: () => OpenTruth): OpenTruth => {
      const place = arn.startsWith("arn:") ? (arn.split(":", 4)[3] ?? "") : "";
      let asked = requests.get(place);
      if (asked === undefined) requests.set(place, (asked = cls.requestFor(action, arn, context)));
      let truth: OpenTruth = NO;
      let open = false;
      for (const region of regions) {
        const here = inRegion(region, arn, asked.request, asked.applies);
        truth = any(truth, here);
        if (truth === YES) return YES;
        open ||= here === MAYBE && decidedByTarget(region);
      }
      return truth === MAYBE && open ? again() : truth;
    };
    // What the trust policy itself says is asked apart; without one `sts:AssumeRole` would be denied.
    const trusting = (role: Actor): OpenTruth =>
      within(role.arn, () =>
        truthOf(
          cls.ask(cls.speaker, action, role.arn, {
            given: context,
            target: role.principal,
            resourceTenant: role.tenant,
            resourcePolicy: this.trusts.leftTo(cls.speaker.tenant),
          }).decision,
        ),
      );
    const assumes = action.toLowerCase() === "sts:assumerole";
    return {
      trusting,
      // Tags and boundary of the target, and the region it lies in, are known by now.
      about: (arn, target) => {
        const role = assumes && target !== undefined ? this.byId.get(target.id) : undefined;
        if (role !== undefined) return trusting(role);
        return within(arn, () => truthOf(cls.ask(cls.speaker, action, arn, { given: context, target }).decision));
      },
    };
  }

  /** As whom the actor acts behind a method on a target. */
  #gained({ gains }: EscalationMethod, target: Principal): Slot | undefined {
    const actor = this.byId.get(target.id);
    if (actor === undefined) return undefined;
    if (gains === "writes-target-policy-and-becomes-it") return { actor, changes: { ...UNCHANGED, full: true } };
    if (gains === "becomes-target-without-boundary") return { actor, changes: { ...UNCHANGED, noBoundary: true } };
    return { actor, changes: UNCHANGED };
  }

  /** What a method on one target comes to, its trust left aside: for roles whose trust names the actor itself. */
  onNamedTarget(
    cls: ActorClass,
    method: EscalationMethod,
    permissions: readonly NeededPermission[],
    target: Principal,
  ): { readonly slot: Slot; readonly truth: OpenTruth } | undefined {
    const need = method.target;
    if (need === undefined) return undefined;
    let truth = this.targets.facts(target, need);
    for (const { action, on, context } of permissions) {
      if (truth === NO) return undefined;
      if (on === "somewhere") truth = all(truth, truthOf(cls.somewhere(action, context).decision));
      else if (action.toLowerCase() !== "sts:assumerole")
        truth = all(
          truth,
          this.#permissionOn(
            this.#asking(cls, action, cls.regions(action, asksFor(on, need.kind), context), context),
            on,
            target,
            need,
          ),
        );
    }
    const slot = this.#gained(method, target);
    return truth === NO || slot === undefined ? undefined : { slot, truth };
  }

  /** Methods that need a role whose trust names the actor and that the class has the permissions for. */
  namedMethods(
    cls: ActorClass,
  ): readonly { readonly method: EscalationMethod; readonly permissions: readonly NeededPermission[] }[] {
    return this.methods.flatMap((method) =>
      method.target?.trustsActor !== true || method.id === "sts-001" || method.legacy === true
        ? []
        : spellings(method)
            .filter((permissions) =>
              permissions.every(
                ({ action }) => action.toLowerCase() === "sts:assumerole" || this.#actions.has(cls.allows, action),
              ),
            )
            .map((permissions) => ({ method, permissions })),
    );
  }
}

/** Answers about single resources, in the name of one class. */
interface Asking {
  /** About a role that leaves it to the actor's tenant who may assume it. */
  trusting(role: Actor): OpenTruth;
  about(arn: string, target?: Principal): OpenTruth;
}

/** The word of a decision as a truth. */
export function truthOf(decision: DecisionWord): OpenTruth {
  if (decision === "allowed") return YES;
  if (decision === "conditional") return MAYBE;
  return decision === "unknown" ? UNREAD : NO;
}

function firstPolicy(regions: readonly Region[]): string | number | null {
  return regions[0]?.allows.find(({ layer }) => layer === "identity")?.policy ?? null;
}

/** What a permission on a target is asked about before the target is known. */
export function asksFor(on: NeededPermission["on"], kind: "user" | "role" | "group"): string {
  if (on === "target") return `arn:*:iam::*:${kind}/*`;
  if (on === "target-policy") return "arn:*:iam::*:policy/*";
  if (on === "provider") return "arn:*:iam::*:*-provider/*";
  return "arn:*:*:*:*:*";
}

/** The services that assume the role of a resource type: where its resources were not read, only roles that trust them may be behind. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  ec2: ["ec2.amazonaws.com"],
  ssm: ["ec2.amazonaws.com", "ssm.amazonaws.com"],
  ecs: ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"],
  batch: ["ecs-tasks.amazonaws.com", "batch.amazonaws.com", "ec2.amazonaws.com"],
  apprunner: ["tasks.apprunner.amazonaws.com", "build.apprunner.amazonaws.com"],
  autoscaling: ["ec2.amazonaws.com"],
};

function servicesBehind(type: string): readonly string[] {
  const prefix = type.slice(0, type.indexOf(":"));
  return BEHIND[prefix] ?? [`${prefix}.amazonaws.com`];
}

/** A policy without its Allow statements: what is left of one whose holder can write others beside it. */
function onlyDenies(policy: NamedPolicy["policy"]): NamedPolicy["policy"] {
  return {
    ...policy,
    statements: policy.statements.filter(({ deny }) => deny),
    parsed: { ...policy.parsed, statements: policy.parsed.statements.filter(({ effect }) => effect === "Deny") },
  };
}
