import type { AccessGraph } from "../graph/access-graph.ts";
import type { Actor, ActorClass } from "../graph/escalation/actor-class.ts";
import { EscalationEngine, UNCHANGED } from "../graph/escalation/engine.ts";
import { PrincipalContext } from "../graph/principal-context.ts";
import { unreadTypes } from "../model/coverage.ts";
import type { Principal } from "../model/principal.ts";
import type { AccessRequest } from "../policy/aws/access-request.ts";
import { isTrustAction } from "../policy/aws/access-request.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import type { DecisionWord, Layer, StatementRef } from "../policy/aws/decision.ts";
import { denialSequence } from "../policy/aws/denial/sequence.ts";
import { decide } from "../policy/aws/evaluate.ts";
import { GivenContext } from "../policy/aws/given-context.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../policy/aws/policy-set.ts";
import { requestPrincipal, type RequestPrincipal } from "../policy/aws/request-principal.ts";
import type { Denial } from "../policy/denial.ts";
import { NOTHING, type CanAssume, type DenialAnswer, type DeniedBy, type SmallestFix } from "./why-denied-answer.ts";

/** Roles that could be asked for instead, at most. */
const MOST_ALTERNATIVES = 5;

/** What a refusal by AWS says of itself. */
export function asStated(denial: Denial): Omit<DenialAnswer, "line"> {
  const { stated, statedStatements, action, actionFrom, possible } = denial;
  const said = stated.layer !== null || stated.explicit !== null;
  return {
    ...NOTHING,
    verdict: "denied",
    asked: {
      principal: denial.principal,
      principalId: null,
      action,
      resource: denial.resource,
      context: denial.context,
      at: denial.at,
      source: denial.source,
    },
    deniedBy: said
      ? {
          layer: stated.layer,
          explicit: stated.explicit,
          policy: stated.policyArn,
          statements: [],
          certainty: actionFrom === "operation" ? "inferred" : "stated",
        }
      : null,
    notes: [
      ...(said ? [] : ["AWS does not say which policy refused"]),
      ...(stated.mayNotExist ? ["AWS answers the same where there is no such resource in this region"] : []),
      ...(actionFrom === "operation"
        ? [
            `the action is concluded from the call \`${denial.operation ?? ""}\`, which may have failed on another it needs`,
          ]
        : []),
      ...(action === null && possible.length > 0
        ? [
            `the call needs ${possible.map((one) => `\`${one.action}\``).join(", ")}; AWS does not say which was refused`,
          ]
        : []),
      ...statedStatements.map(
        ({ sid, effect, actions }) =>
          `AWS lists a matching ${effect ?? "unknown"} statement${sid === null ? "" : ` \`${sid}\``} on ${actions.join(", ")}`,
      ),
    ],
  };
}

/** Answers refusals from the policies of a graph. */
export class DenialQuestions {
  readonly #graph: AccessGraph;
  readonly #table: ActionTable;
  readonly #engine: EscalationEngine;

  constructor(graph: AccessGraph, table: ActionTable) {
    this.#graph = graph;
    this.#table = table;
    this.#engine = new EscalationEngine(graph, table, []);
  }

  explain(denial: Denial): Partial<DenialAnswer> {
    const stated = asStated(denial);
    const asked = denial.principal === null ? undefined : requestPrincipal(denial.principal);
    const actor = asked === undefined ? undefined : this.#actor(asked);
    const notes = [...stated.notes];
    const whose = denial.principal ?? "the principal";
    if (denial.principal !== null && actor === undefined && asked?.kind !== "service" && asked?.kind !== "anonymous")
      notes.push(`the policies of \`${whose}\` were not collected: only what AWS says can be told`);
    const { action } = denial;
    if (
      asked === undefined ||
      action === null ||
      (actor === undefined && asked.kind !== "service" && asked.kind !== "anonymous")
    )
      return { notes, asked: stated.asked };
    const resource = this.#resource(denial);
    if (resource === undefined) notes.push("AWS does not say which resource: it is asked about some resource");
    const { request, layers, unread, assumes } = this.#question(denial, asked, actor, action, resource ?? "*");
    const decision = decide(new PolicySet(layers), request, this.#table);
    const { steps } = denialSequence(layers, request, this.#table);
    const [first, ...rest] = steps;
    const isStated = stated.deniedBy?.layer !== null && stated.deniedBy !== null;
    const same = first !== undefined && (!isStated || first.layer === stated.deniedBy?.layer);
    const own = steps.find(({ layer }) => layer === stated.deniedBy?.layer);
    if (first === undefined)
      notes.push(
        decision.decision === "allowed"
          ? "with the policies that were collected it would be allowed: they have changed since, or a session policy or an endpoint refuses"
          : `with the policies that were collected it is ${decision.decision}${decision.missingContext.length > 0 ? `: it hangs on ${decision.missingContext.map((key) => `\`${key}\``).join(", ")}` : ""}`,
      );
    else if (isStated && own === undefined)
      notes.push(
        `AWS names the ${layerInWords(stated.deniedBy?.layer ?? null)}, which was not collected or has changed since`,
      );
    const deniedBy: DeniedBy | null = isStated
      ? { ...stated.deniedBy, statements: this.#shown(own?.statements ?? []) }
      : first === undefined
        ? stated.deniedBy
        : {
            layer: first.layer,
            explicit: first.explicit,
            policy: null,
            statements: this.#shown(first.statements),
            certainty: "computed",
          };
    const next = same ? rest : steps.filter(({ layer }) => layer !== stated.deniedBy?.layer);
    return {
      asked: {
        ...(stated.asked as NonNullable<DenialAnswer["asked"]>),
        principalId: actor?.principal.id ?? null,
        resource: resource ?? denial.resource,
      },
      deniedBy,
      layers: decision.layers,
      next: next.map((step) => ({ ...step, statements: this.#shown(step.statements) })),
      smallestFix: this.#fix(deniedBy, request, action),
      alternatives: actor === undefined ? [] : this.#alternatives(actor, request),
      notes: [...notes, ...unread.map((what) => `not read: ${what}`)],
      assumes,
    };
  }

  /** The user or role behind a principal, a session's role by its name. */
  #actor({ kind, text, tenant, name }: RequestPrincipal): Actor | undefined {
    if (kind !== "session") return this.#engine.actors.find(({ arn }) => arn === text);
    return this.#engine.actors.find(
      (actor) => actor.tenant === tenant && actor.principal.kind === "role" && actor.asked.name === name,
    );
  }

  /** The resource as an ARN; AWS shortens some. */
  #resource({ resource, resourceTenant, principalTenant }: Denial): string | undefined {
    if (resource === null) return undefined;
    if (resource === "*" || resource.startsWith("arn:")) return resource;
    const [type = "", ...rest] = resource.split(" ");
    const tenant = resourceTenant ?? principalTenant;
    if ((type === "role" || type === "user" || type === "policy") && rest.length > 0 && tenant !== null)
      return `arn:aws:iam::${tenant}:${type}/${rest.join(" ").replace(/^\//, "")}`;
    return undefined;
  }

  #question(
    denial: Denial,
    asked: RequestPrincipal,
    actor: Actor | undefined,
    action: string,
    resource: string,
  ): {
    readonly request: AccessRequest;
    readonly layers: PolicyLayers;
    readonly unread: readonly string[];
    readonly assumes: readonly Layer[];
  } {
    const tenantOfArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
    const resourceTenant = tenantOfArn ?? denial.resourceTenant ?? this.#ownerOf(resource) ?? asked.tenant;
    const given = new Map(Object.entries(denial.context).map(([key, values]) => [key.toLowerCase(), values] as const));
    const target = this.#graph.find(resource).find((record): record is Principal => "secondFactor" in record);
    const context =
      actor === undefined
        ? new GivenContext(given, asked, resourceTenant, true)
        : new PrincipalContext(actor.principal, asked, { given, resourceTenant, target, unknown: true });
    const cls = actor === undefined ? undefined : this.#classOf(actor);
    const own = this.#resourceLayer(resource, action, resourceTenant);
    // RCPs are of the tenant the resource lies in.
    const { rcps: _, ...ownLayers } = cls?.set.layers ?? {};
    const { rcps } = resourceTenant === null ? {} : this.#engine.reader.tenantLimits(`aws:${resourceTenant}`);
    const layers: PolicyLayers = {
      ...ownLayers,
      ...(rcps === undefined ? {} : { rcps }),
      ...(own.layer === undefined ? {} : { resource: own.layer }),
    };
    const assumes = actor === undefined ? [] : this.#engine.reader.tenantLimits(actor.tenantId).assumes;
    const unread = [
      ...(layers.identity?.unread ?? []),
      ...(layers.boundary?.unread ?? []),
      ...(own.layer?.unread ?? []),
    ];
    return {
      request: { principal: asked, action: action.toLowerCase(), resource, resourceTenant, context },
      layers,
      unread,
      assumes: [...assumes, ...(own.assumed ? (["resource"] as const) : [])],
    };
  }

  /** The tenant in which a resource was collected whose ARN does not say (buckets and what lies in them). */
  #ownerOf(arn: string): string | undefined {
    const carrier = /^(arn:[^:]+:s3:::[^/]+)/.exec(arn)?.[1] ?? arn;
    const record = this.#graph.find(carrier).find((one) => !("secondFactor" in one) && !("displayHint" in one));
    return record?.tenantId.slice("aws:".length);
  }

  #classOf(actor: Actor): ActorClass {
    return this.#engine.classOf({ actor, changes: UNCHANGED }, new Set());
  }

  /** The resource's own policy: a role's trust, or what hangs on the resource or on the bucket an object lies in. */
  #resourceLayer(
    arn: string,
    action: string,
    tenant: string | null,
  ): { readonly layer?: LayerPolicies; readonly assumed: boolean } {
    if (isTrustAction(action.toLowerCase())) {
      const role = this.#engine.actors.find((actor) => actor.arn === arn);
      return role === undefined ? { assumed: true } : { layer: this.#engine.trusts.policy(role), assumed: false };
    }
    const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(arn)?.[1];
    const policy = this.#graph.snapshot.policies.find(
      ({ kind, locator }) =>
        kind === "resource" && (locator === `${arn}/policy` || locator === `${bucket ?? arn}/policy`),
    );
    if (policy !== undefined) return { layer: this.#engine.reader.layer([policy.id]), assumed: false };
    const type = resourceType(bucket ?? arn);
    const unread =
      type !== undefined &&
      tenant !== null &&
      unreadTypes(this.#graph.snapshot.coverage, `aws:${tenant}`, "resource-policy", [type]).length > 0;
    return { assumed: unread };
  }

  /** References as people know them: policies by ARN or name, not by the id of their record. */
  #shown(statements: readonly StatementRef[]): readonly StatementRef[] {
    return statements.map((one) => {
      const policy = typeof one.policy === "string" ? this.#graph.policy(one.policy) : undefined;
      return policy === undefined ? one : { ...one, policy: policy.locator };
    });
  }

  #fix(deniedBy: DeniedBy | null, { action, resource, principal }: AccessRequest, written: string): SmallestFix | null {
    const layer = deniedBy?.layer ?? null;
    if (deniedBy === null || layer === null) return null;
    const statement = { Effect: "Allow", Action: written, Resource: resource };
    const id = this.#table.idOf(action);
    const warning =
      id !== undefined && this.#table.levelOf(id) === "admin"
        ? "this action changes access: ask for a role that may do it rather than for the permission"
        : null;
    const names = [
      ...new Set(deniedBy.statements.map(({ policy, statement: name }) => `statement \`${name}\` of \`${policy}\``)),
    ];
    if (layer === "public-access-block")
      return {
        kind: "change-setting",
        where: "S3 Block Public Access of the bucket or its tenant",
        statement: null,
        warning:
          "it keeps everybody out who is not of the bucket's tenant: name the principal in the bucket policy instead",
      };
    if (deniedBy.explicit === true)
      return {
        kind: "change-deny",
        where: names.length > 0 ? names.join(", ") : (deniedBy.policy ?? `the ${layerInWords(layer)}`),
        statement: null,
        warning: `except \`${resource}\` or \`${principal.principalArn}\` from it; an Allow elsewhere does not help`,
      };
    if (layer === "trust" || layer === "resource")
      return {
        kind: layer === "trust" ? "change-trust" : "add-allow",
        where: layer === "trust" ? `the trust policy of \`${resource}\`` : `the policy of \`${resource}\``,
        statement:
          layer === "trust"
            ? { Effect: "Allow", Action: written, Principal: { AWS: principal.principalArn } }
            : { ...statement, Principal: { AWS: principal.principalArn } },
        warning,
      };
    return {
      kind: "add-allow",
      where: `${layer === "identity" ? "a policy" : `the ${layerInWords(layer)}`} of \`${principal.principalArn}\``,
      statement,
      warning,
    };
  }

  /** Roles of the tenant that may do it already, those the principal may assume first. */
  #alternatives(actor: Actor, request: AccessRequest): DenialAnswer["alternatives"] {
    const cls = this.#classOf(actor);
    const found: { readonly principal: string; readonly principalId: string; readonly canAssume: CanAssume }[] = [];
    for (const role of this.#engine.actors) {
      if (role === actor || role.principal.kind !== "role" || role.tenantId !== actor.tenantId) continue;
      if (role.principal.attributes["serviceLinked"] === true || role.principal.nativeType === "permission-set")
        continue;
      // Asking to be administrator for one permission is no advice, and a role only services or jobs take is nobody's to ask for.
      const theirs = this.#classOf(role);
      if (theirs.administration().truth !== 0 || !this.#letsPeopleIn(role)) continue;
      const own = this.#resourceLayer(request.resource, request.action, request.resourceTenant);
      const allowed = theirs.ask(role, request.action, request.resource, {
        ...(request.resourceTenant === null ? {} : { resourceTenant: request.resourceTenant }),
        ...(own.layer === undefined ? {} : { resourcePolicy: own.layer }),
      });
      if (allowed.decision !== "allowed") continue;
      const assume = cls.ask(actor, "sts:AssumeRole", role.arn, {
        target: role.principal,
        resourceTenant: role.tenant,
        resourcePolicy: this.#engine.trusts.policy(role),
      });
      found.push({ principal: role.arn, principalId: role.principal.id, canAssume: ASSUMES[assume.decision] });
    }
    const rank: readonly CanAssume[] = ["yes", "conditional", "unknown", "no"];
    return found
      .sort((a, b) => rank.indexOf(a.canAssume) - rank.indexOf(b.canAssume) || (a.principal < b.principal ? -1 : 1))
      .slice(0, MOST_ALTERNATIVES);
  }

  #letsPeopleIn({ principal }: Actor): boolean {
    return this.#graph.holdersOf(`${principal.id}#assume`).some(({ principalId }) => {
      const party = this.#graph.principal(principalId);
      return party?.kind !== "service" && !BY_JOBS.test(party?.nativeId ?? "");
    });
  }
}

/** Providers of OpenID Connect let jobs and pods in, SAML people. */
const BY_JOBS = /:oidc-provider\//;

const ASSUMES: Readonly<Record<DecisionWord, CanAssume>> = {
  allowed: "yes",
  conditional: "conditional",
  unknown: "unknown",
  "explicitly-denied": "no",
  "implicitly-denied": "no",
};

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^arn:[^:]+:s3:::/, "s3:bucket"],
  [/^arn:[^:]+:kms:[^:]*:\d*:key\//, "kms:key"],
  [/^arn:[^:]+:sqs:/, "sqs:queue"],
  [/^arn:[^:]+:sns:/, "sns:topic"],
  [/^arn:[^:]+:lambda:[^:]*:\d*:function:/, "lambda:function"],
  [/^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:/, "secretsmanager:secret"],
];

/** The type of a resource that can carry a policy of its own, of those that are read. */
function resourceType(arn: string): string | undefined {
  return TYPES.find(([form]) => form.test(arn))?.[1];
}

/** A layer as people call it. */
export function layerInWords(layer: Layer | null): string {
  switch (layer) {
    case "identity":
      return "identity policies";
    case "boundary":
      return "permissions boundary";
    case "session":
      return "session policy";
    case "scp":
      return "service control policy of the organization";
    case "rcp":
      return "resource control policy of the organization";
    case "resource":
      return "resource's own policy";
    case "trust":
      return "role's trust policy";
    case "endpoint":
      return "VPC endpoint policy";
    case "public-access-block":
      return "public access block";
    default:
      return "policy";
  }
}
