import type { Principal } from "../../model/principal.ts";
import type { AccessRequest } from "../../policy/aws/access-request.ts";
import { actionTraits } from "../../policy/aws/access-request.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import type { Decision, DecisionWord, Layer, StatementRef } from "../../policy/aws/decision.ts";
import { decide } from "../../policy/aws/evaluate.ts";
import { GivenContext, type UnknownContext } from "../../policy/aws/given-context.ts";
import { PolicySet, type PolicyLayers } from "../../policy/aws/policy-set.ts";
import type { AccessGraph } from "../access-graph.ts";
import { WHATEVER_IT_LIKES } from "../escalation/actor-class.ts";
import { UNCHANGED, type EscalationEngine } from "../escalation/engine.ts";
import { PrincipalContext } from "../principal-context.ts";
import type { Acting, Asker } from "./asker.ts";
import { REQUESTED_REGION, requestRegion } from "../request-region.ts";
import { isPersonal } from "../escalation/action-summary.ts";
import { carrierOf } from "./carriers.ts";
import { nameOf } from "./policy-names.ts";
import { ResourceSides, type Candidate, type ResourceSide } from "./resource-side.ts";

/** What is asked of somebody. */
export interface MayQuestion {
  /** As AWS writes it. */
  readonly action: string;
  /** An ARN, or a pattern that asks about some matching resource. */
  readonly resource: string;
  readonly given: ReadonlyMap<string, readonly string[] | null> | null;
  readonly unknown: UnknownContext;
}

/** Whether somebody may, and what that rests on. */
export interface MayAnswer {
  readonly answer: "yes" | "conditional" | "no" | "unknown";
  readonly decision: Decision;
  /** References with policies as people know them. */
  readonly statements: readonly StatementRef[];
  /** What was not read and would decide, in words. */
  readonly unknown: readonly string[];
  readonly assumes: readonly Layer[];
  /** The permission set through which a person of Identity Center does best. */
  readonly through?: Principal | undefined;
}

const NOTHING_REMOVED: ReadonlySet<string> = new Set();
const WORDS: Readonly<Record<DecisionWord, MayAnswer["answer"]>> = {
  allowed: "yes",
  conditional: "conditional",
  unknown: "unknown",
  "explicitly-denied": "no",
  "implicitly-denied": "no",
};
const BEST: readonly MayAnswer["answer"][] = ["yes", "conditional", "unknown", "no"];

/** Asks the graph who may do what to which resource, through every layer that is known. */
export class MayQuestions {
  readonly #graph: AccessGraph;
  readonly #engine: EscalationEngine;
  readonly #table: ActionTable;
  readonly #sides: ResourceSides;
  /** Sets of one resource side, by class: principals with the same policies share one. */
  readonly #sets = new Map<ResourceSide, Map<number, PolicySet>>();
  readonly #sideOf = new Map<string, ResourceSide>();
  readonly #answers = new WeakMap<MayQuestion, Map<number, MayAnswer>>();

  constructor(graph: AccessGraph, engine: EscalationEngine, table: ActionTable) {
    this.#graph = graph;
    this.#engine = engine;
    this.#table = table;
    this.#sides = new ResourceSides(graph, engine.reader, table);
  }

  /** The best of what somebody may act as. A person to whom nothing is assigned may nothing. */
  may({ acts }: Asker, question: MayQuestion): MayAnswer {
    let best: MayAnswer | undefined;
    for (const acting of acts) {
      const answer = this.#as(acting, question);
      if (best === undefined || better(answer, best))
        best = acts.length > 1 || acting.through === true ? { ...answer, through: acting.actor?.principal } : answer;
    }
    return best ?? NOBODY;
  }

  /** Texts of everybody whom the policies of what is asked about let in by name: some of them may lie outside. */
  named({ action, resource }: Pick<MayQuestion, "action" | "resource">): readonly string[] {
    const names = this.#isWide(action, resource)
      ? this.#sides.pool(action, resource).texts
      : this.#side(action, resource, null).names.texts;
    return [...names].sort();
  }

  /** Whether the question is about some resource whose policy is not known by the pattern. */
  #isWide(action: string, resource: string): boolean {
    const { wildcardOnly } = actionTraits(this.#table, action.toLowerCase());
    return !wildcardOnly && /[*?]/.test(carrierOf(resource));
  }

  #as(acting: Acting, question: MayQuestion): MayAnswer {
    const { action, resource } = question;
    const { tenant } = acting.asked;
    const name = nameOf(acting.asked);
    if (!this.#isWide(action, resource)) {
      const side = this.#side(action, resource, tenant);
      const apart = tellsApart(side, tenant, name);
      return this.#shared(apart ? undefined : acting, question, () => this.#on(acting, question, resource, side));
    }
    const { anyone, byName, byTenant } = this.#sides.pool(action, resource);
    const own = byName.get(name) ?? [];
    const ofTenant = tenant === null || !this.#mayActAtAll(acting, action) ? [] : (byTenant.get(tenant) ?? []);
    const candidates = [...new Set([...own, ...anyone, ...ofTenant])];
    const apart = candidates.some(({ side }) => tellsApart(side, tenant, name));
    return this.#shared(apart ? undefined : acting, question, () => this.#onSome(acting, question, candidates));
  }

  /** Some resource: what its own policy says is asked of each that has one, until one says yes. */
  #onSome(acting: Acting, question: MayQuestion, candidates: readonly Candidate[]): MayAnswer {
    const { action, resource } = question;
    const { tenant } = acting.asked;
    let best: MayAnswer | undefined;
    // What lies outside has resources of its own, and the question is not about those.
    const outside =
      acting.actor === undefined && tenant !== null && this.#graph.coverage(`aws:${tenant}`, "principal") === undefined;
    if (!outside) best = this.#on(acting, question, resource, this.#some(action, resource, tenant));
    for (const { resource: one, side } of candidates) {
      if (best?.answer === "yes") break;
      const answer = this.#on(acting, question, one, side);
      if (best === undefined || better(answer, best)) best = answer;
    }
    return best ?? NOBODY;
  }

  /** Whether its own policies say anything of the action: a policy that leaves it to the tenant needs that. */
  #mayActAtAll({ actor, unread }: Acting, action: string): boolean {
    if (actor === undefined) return true;
    const { set } = this.#engine.classOf({ actor, changes: UNCHANGED }, NOTHING_REMOVED, true);
    const { identity } = set.layers;
    return unread !== null || (identity?.unread?.length ?? 0) > 0 || set.plan(action.toLowerCase()).identity.length > 0;
  }

  /** Principals with the same policies share an answer, where nothing it rests on tells one from another. */
  #shared(acting: Acting | undefined, question: MayQuestion, ask: () => MayAnswer): MayAnswer {
    const actor = acting?.actor;
    if (actor === undefined || acting?.asked !== actor.asked || [...(question.given?.keys() ?? [])].some(isPersonal))
      return ask();
    let answers = this.#answers.get(question);
    if (answers === undefined) this.#answers.set(question, (answers = new Map()));
    const { number } = this.#engine.classOf({ actor, changes: UNCHANGED }, NOTHING_REMOVED, true);
    let answer = answers.get(number);
    if (answer === undefined) answers.set(number, (answer = ask()));
    return answer;
  }

  #on(acting: Acting, { action, given, unknown }: MayQuestion, resource: string, side: ResourceSide): MayAnswer {
    const set = this.#set(acting, side);
    const { asked, actor } = acting;
    const resourceTenant = side.tenant ?? asked.tenant;
    const known = withRegion(given, action, resource);
    const context =
      actor === undefined
        ? new GivenContext(known, asked, resourceTenant, unknown)
        : new PrincipalContext(actor.principal, asked, { given: known, resourceTenant, target: side.target, unknown });
    const request: AccessRequest = {
      principal: asked,
      action: action.toLowerCase(),
      resource,
      resourceTenant,
      context,
    };
    let decision = decide(set, request, this.#table);
    const notRead = [
      ...(set.layers.identity?.unread ?? []),
      ...(set.layers.boundary?.unread ?? []),
      ...(set.layers.resource?.unread ?? []),
      ...(set.layers.scps ?? []).flatMap((level) => level.unread ?? []),
      ...(set.layers.rcps ?? []).flatMap((level) => level.unread ?? []),
    ];
    if (decision.decision === "implicitly-denied" && side.mayGrant !== null) {
      // The policy of the resource could allow it by itself: asked again as one that is there and was not read.
      const open = new PolicySet({ ...set.layers, resource: { policies: [], unread: [side.mayGrant] } });
      const again = decide(open, request, this.#table);
      if (again.decision === "unknown") {
        decision = { ...again, layers: { ...again.layers, resource: "unknown" } };
        notRead.push(side.mayGrant);
      }
    }
    const answer = WORDS[decision.decision];
    return {
      answer,
      decision,
      statements: unique(decision.statements.map((one) => this.#shown(one, acting))),
      unknown: answer === "unknown" ? [...new Set(notRead)] : [],
      assumes: [...new Set([...this.#assumedScp(acting), ...side.assumes])],
    };
  }

  /** Of tenants that are not collected nobody could give the SCPs, and no answer here is about them. */
  #assumedScp({ actor, asked }: Acting): readonly Layer[] {
    const tenantId = actor?.tenantId ?? `aws:${asked.tenant}`;
    const limited = actor !== undefined || (asked.kind === "root" && this.#graph.tenant(tenantId) !== undefined);
    if (!limited || asked.serviceLinked) return [];
    return this.#engine.reader.tenantLimits(tenantId).assumes.filter((layer) => layer === "scp");
  }

  #set(acting: Acting, side: ResourceSide): PolicySet {
    const { actor, unread, asked } = acting;
    const own = (layers: PolicyLayers): PolicySet => {
      const { rcps: _, ...rest } = layers;
      return new PolicySet({
        ...rest,
        ...(side.policy === undefined ? {} : { resource: side.policy }),
        ...(side.rcps === undefined ? {} : { rcps: side.rcps }),
        ...(side.block === undefined ? {} : { publicAccessBlock: side.block }),
      });
    };
    if (actor === undefined) {
      const scps = asked.tenant === null ? undefined : this.#engine.reader.tenantLimits(`aws:${asked.tenant}`).scps;
      return own({
        ...(unread === null ? {} : { identity: { policies: [], unread: [unread] } }),
        ...(acting.unlimited === true && WHATEVER_IT_LIKES !== undefined
          ? { identity: { policies: [WHATEVER_IT_LIKES] } }
          : {}),
        ...(scps === undefined ? {} : { scps }),
      });
    }
    const cls = this.#engine.classOf({ actor, changes: UNCHANGED }, NOTHING_REMOVED, true);
    let sets = this.#sets.get(side);
    if (sets === undefined) this.#sets.set(side, (sets = new Map()));
    let set = sets.get(cls.number);
    if (set === undefined) sets.set(cls.number, (set = own(cls.set.layers)));
    return set;
  }

  #side(action: string, arn: string, tenant: string | null): ResourceSide {
    const key = `${action} ${arn} ${tenant}`;
    let side = this.#sideOf.get(key);
    if (side === undefined) this.#sideOf.set(key, (side = this.#sides.side(action, arn, tenant)));
    return side;
  }

  #some(action: string, pattern: string, tenant: string | null): ResourceSide {
    const key = `some ${action} ${pattern} ${tenant}`;
    let side = this.#sideOf.get(key);
    if (side === undefined) this.#sideOf.set(key, (side = this.#sides.sideOfSome(action, pattern, tenant)));
    return side;
  }

  /** A policy by its ARN, else its name: positions in a principal's list and record ids mean nothing to people. */
  #shown(one: StatementRef, { actor }: Acting): StatementRef {
    const id =
      one.layer === "identity" && typeof one.policy === "number" && actor !== undefined
        ? this.#engine.heldIn({ actor, changes: UNCHANGED }, NOTHING_REMOVED)[one.policy]?.policyId
        : String(one.policy);
    const policy = id === undefined ? undefined : this.#graph.policy(id);
    return policy === undefined
      ? one
      : { ...one, policy: policy.locator.startsWith("arn:") ? policy.locator : policy.name };
  }
}

/** Levels of an organization often hold the same policy: told once. */
function unique(statements: readonly StatementRef[]): readonly StatementRef[] {
  return [...new Map(statements.map((one) => [`${one.layer} ${one.policy} ${one.statement}`, one] as const)).values()];
}

/** Whether the side of a resource tells apart who has the same policies; RCPs of the caller's own tenant are among those. */
function tellsApart(
  { names, personalRcps, tenant: resourceTenant }: ResourceSide,
  tenant: string | null,
  name: string,
): boolean {
  return names.personal || names.single.has(name) || (personalRcps && resourceTenant !== tenant);
}

function better(a: MayAnswer, b: MayAnswer): boolean {
  return BEST.indexOf(a.answer) < BEST.indexOf(b.answer);
}

/** Where the resource or the action says which region it is, nobody has to. */
function withRegion(given: MayQuestion["given"], action: string, resource: string): MayQuestion["given"] {
  const region = requestRegion(action.toLowerCase(), resource);
  if (region === undefined || given?.has(REQUESTED_REGION) === true) return given;
  return new Map([...(given ?? []), [REQUESTED_REGION, [region]]]);
}

const NOBODY: MayAnswer = {
  answer: "no",
  decision: {
    decision: "implicitly-denied",
    decidedBy: "identity",
    statements: [],
    missingContext: [],
    conditions: [],
    layers: { identity: "implicitly-denied" },
  },
  statements: [],
  unknown: [],
  assumes: [],
};
