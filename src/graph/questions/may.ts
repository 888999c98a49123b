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
import { ResourceSides, type ResourceSide } from "./resource-side.ts";

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
}

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

  constructor(graph: AccessGraph, engine: EscalationEngine, table: ActionTable) {
    this.#graph = graph;
    this.#engine = engine;
    this.#table = table;
    this.#sides = new ResourceSides(graph, engine.reader, table);
  }

  /** The best of what somebody may act as. A person to whom nothing is assigned may nothing. */
  may({ acts }: Asker, question: MayQuestion): MayAnswer {
    const answers = acts.map((act) => this.#as(act, question));
    const [first, ...more] = answers;
    if (first === undefined) return NOBODY;
    return more.reduce((a, b) => (BEST.indexOf(b.answer) < BEST.indexOf(a.answer) ? b : a), first);
  }

  #as(acting: Acting, question: MayQuestion): MayAnswer {
    const { action, resource } = question;
    const tenant = acting.asked.tenant;
    const { wildcardOnly } = actionTraits(this.#table, action.toLowerCase());
    if (wildcardOnly || !/[*?]/.test(resource))
      return this.#on(acting, question, resource, this.#side(action, resource, tenant));
    // Some resource: what its own policy says is asked of each that has one. What lies outside has resources of its own, and
    // the question is not about those.
    const outside =
      acting.actor === undefined && tenant !== null && this.#graph.coverage(`aws:${tenant}`, "principal") === undefined;
    const general = outside ? [] : [this.#on(acting, question, resource, this.#some(action, resource, tenant))];
    const single = this.#sides
      .carriers(action, resource)
      .map((arn) => this.#on(acting, question, inside(arn, action, this.#table), this.#side(action, arn, tenant)));
    return [...general, ...single].reduce((a, b) => (BEST.indexOf(b.answer) < BEST.indexOf(a.answer) ? b : a), NOBODY);
  }

  #on(acting: Acting, { action, given, unknown }: MayQuestion, resource: string, side: ResourceSide): MayAnswer {
    const set = this.#set(acting, side);
    const { asked, actor } = acting;
    const resourceTenant = side.tenant ?? asked.tenant;
    const context =
      actor === undefined
        ? new GivenContext(given, asked, resourceTenant, unknown)
        : new PrincipalContext(actor.principal, asked, { given, resourceTenant, target: side.target, unknown });
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
    const scpAssumed =
      actor === undefined
        ? []
        : this.#engine.reader.tenantLimits(actor.tenantId).assumes.filter((layer) => layer === "scp");
    return {
      answer,
      decision,
      statements: unique(decision.statements.map((one) => this.#shown(one, acting))),
      unknown: answer === "unknown" ? [...new Set(notRead)] : [],
      assumes: [...new Set([...scpAssumed, ...side.assumes])],
    };
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
    const cls = this.#engine.classOf({ actor, changes: UNCHANGED }, new Set());
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
        ? this.#engine.heldIn({ actor, changes: UNCHANGED }, new Set())[one.policy]?.policyId
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

/** What an action asks of a resource with a policy: of a bucket its objects, where it is about objects. */
function inside(arn: string, action: string, table: ActionTable): string {
  const id = table.idOf(action);
  const types = id === undefined ? [] : table.resourceTypesOf(id).map(({ name }) => name);
  return arn.includes(":s3:::") && types.includes("object") && !types.includes("bucket") ? `${arn}/*` : arn;
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
