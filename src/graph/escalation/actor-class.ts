import type { AccessRequest } from "../../policy/aws/access-request.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import { administration, type Administration } from "../../policy/aws/administration.ts";
import { whatApplies, type Applies } from "../../policy/aws/applies.ts";
import { arnPattern } from "../../policy/aws/arn-pattern.ts";
import { compilePolicy } from "../../policy/aws/compile-policy.ts";
import type { Principal } from "../../model/principal.ts";
import { decide } from "../../policy/aws/evaluate.ts";
import type { Decision } from "../../policy/aws/decision.ts";
import { parsePolicy } from "../../policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../policy/aws/policy-set.ts";
import { allowedRegions, type Region } from "../../policy/aws/regions.ts";
import { requestPrincipal, type RequestPrincipal } from "../../policy/aws/request-principal.ts";
import { PrincipalContext } from "../principal-context.ts";
import { REQUESTED_REGION, requestRegion } from "../request-region.ts";

/** A user or role that acts, with the policies it acts with. */
export interface Actor {
  readonly number: number;
  readonly principal: Principal;
  readonly arn: string;
  readonly tenantId: string;
  /** 12 digits. */
  readonly tenant: string;
  readonly asked: RequestPrincipal;
}

/** A name for a policy that somebody writes for itself in the course of a path. */
export const OWN_POLICY = "own";
const everything = parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}');
/** "Whatever it likes", as a policy. */
export const WHATEVER_IT_LIKES: LayerPolicies["policies"][number] | undefined = everything.known
  ? { name: OWN_POLICY, policy: compilePolicy(everything.value) }
  : undefined;

/**
 * What all principals with the same policies have in common: they share one answer. Policies are named by their position in
 * the actor's own list, so that the answer can be told in every actor's own grants.
 */
export class ActorClass {
  readonly number: number;
  readonly key: string;
  readonly tenantId: string;
  /** The first actor found with these policies: asks in the name of all. */
  readonly speaker: Actor;
  readonly allows: Uint32Array;
  readonly wide: boolean;
  readonly hasBoundary: boolean;
  readonly #table: ActionTable;
  readonly #layers: () => PolicyLayers;
  #set: PolicySet | undefined;
  #administration: Administration | undefined;
  readonly #regions = new Map<string, readonly Region[]>();
  readonly #somewhere = new Map<string, Decision>();

  constructor(
    given: Pick<ActorClass, "number" | "key" | "tenantId" | "speaker" | "allows" | "wide" | "hasBoundary">,
    layers: () => PolicyLayers,
    table: ActionTable,
  ) {
    this.number = given.number;
    this.key = given.key;
    this.tenantId = given.tenantId;
    this.speaker = given.speaker;
    this.allows = given.allows;
    this.wide = given.wide;
    this.hasBoundary = given.hasBoundary;
    this.#table = table;
    this.#layers = layers;
  }

  get set(): PolicySet {
    return (this.#set ??= new PolicySet(this.#layers()));
  }

  /** Whether these policies administer the tenant. */
  administration(): Administration {
    if (!this.wide) return { truth: 0, policies: [], conditions: [] };
    return (this.#administration ??= administration(
      this.set,
      this.#applies(this.#request(this.speaker, "iam:getuser", "*")),
    ));
  }

  /** Where within `asks` an action is allowed by the identity side alone, with what is known of the request. */
  regions(action: string, asks: string, given?: Readonly<Record<string, string>>): readonly Region[] {
    const key = `${action} ${asks} ${JSON.stringify(given ?? null)}`;
    let regions = this.#regions.get(key);
    if (regions === undefined) {
      const request = this.#request(this.speaker, action.toLowerCase(), asks, given);
      // The resource's side (a trust policy) is asked apart.
      const applies = { ...this.#applies(request), resourceNeeded: false, sameTenant: true };
      regions = allowedRegions(this.set, request, applies, arnPattern(asks)).regions;
      this.#regions.set(key, regions);
    }
    return regions;
  }

  /** The request behind {@link regions}, for asking about single resources of a region. */
  requestFor(
    action: string,
    resource: string,
    given?: Readonly<Record<string, string>>,
  ): { request: AccessRequest; applies: Applies } {
    const request = this.#request(this.speaker, action.toLowerCase(), resource, given);
    return { request, applies: { ...this.#applies(request), resourceNeeded: false, sameTenant: true } };
  }

  /** Whether the action is allowed on some resource of its own types in the tenant. */
  somewhere(action: string, given?: Readonly<Record<string, string>>): Decision {
    const key = `${action} ${JSON.stringify(given ?? null)}`;
    let decision = this.#somewhere.get(key);
    if (decision === undefined) {
      decision = this.#inSomeRegion(given, (known) =>
        decide(this.set, this.#request(this.speaker, action.toLowerCase(), "*", known), this.#table),
      );
      this.#somewhere.set(key, decision);
    }
    return decision;
  }

  /** What a member of the class is answered about one resource; `target` where that is a user, role or group. */
  ask(
    actor: Actor,
    action: string,
    resource: string,
    more: {
      readonly given?: Readonly<Record<string, string>> | undefined;
      readonly target?: Principal | undefined;
      readonly resourceTenant?: string;
      readonly resourcePolicy?: LayerPolicies;
    } = {},
  ): Decision {
    const set =
      more.resourcePolicy === undefined
        ? this.set
        : new PolicySet({ ...this.set.layers, resource: more.resourcePolicy });
    return this.#inSomeRegion(more.given, (known) =>
      decide(
        set,
        this.#request(actor, action.toLowerCase(), resource, known, more.target, more.resourceTenant),
        this.#table,
      ),
    );
  }

  /** Whoever calls chooses the region: where nothing else is open, one that is allowed will be chosen. */
  #inSomeRegion(
    given: Readonly<Record<string, string>> | undefined,
    ask: (given: Readonly<Record<string, string>> | undefined) => Decision,
  ): Decision {
    const decision = ask(given);
    if (
      decision.decision !== "conditional" ||
      decision.missingContext.some((key) => key.toLowerCase() !== REQUESTED_REGION)
    )
      return decision;
    const regions = new Set(
      decision.conditions.flatMap(({ values }) => values).filter((value) => !/[*?$]/.test(value)),
    );
    for (const region of [...regions].sort()) {
      const there = ask({ ...given, [REQUESTED_REGION]: region });
      if (there.decision === "allowed") return there;
    }
    return decision;
  }

  #applies(request: AccessRequest): Applies {
    return whatApplies(this.set, request, this.#table);
  }

  #request(
    actor: Actor,
    action: string,
    resource: string,
    given?: Readonly<Record<string, string>>,
    target?: Principal,
    // A role that is assumed may lie anywhere; everything else a method asks about lies in the actor's own tenant.
    resourceTenant: string | null = action === "sts:assumerole" ? null : actor.tenant,
  ): AccessRequest {
    const region = requestRegion(action, resource);
    const values =
      given === undefined && region === undefined
        ? null
        : new Map([
            ...(region === undefined ? [] : [[REQUESTED_REGION, [region]] as const]),
            ...Object.entries(given ?? {}).map(([key, value]) => [key.toLowerCase(), [value]] as const),
          ]);
    return {
      principal: actor.asked,
      action,
      resource,
      resourceTenant,
      context: new PrincipalContext(actor.principal, actor.asked, {
        given: values,
        resourceTenant,
        target,
        unknown: true,
      }),
    };
  }
}

/** The actor a principal is; undefined for what does not act by itself (groups, services, what lies outside). */
export function actorOf(principal: Principal, number: number): Actor | undefined {
  if (principal.system !== "aws") return undefined;
  const tenant = principal.tenantId.slice(principal.tenantId.indexOf(":") + 1);
  const acts =
    (principal.kind === "user" && principal.nativeType !== "identity-center-user") || principal.kind === "role";
  if (!acts) return undefined;
  // A permission set works as a role whose name AWS makes up; policies see it under the reserved path.
  const arn =
    principal.nativeType === "permission-set"
      ? `arn:aws:iam::${tenant}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${principal.displayName}`
      : principal.locator;
  const asked = requestPrincipal(arn);
  return asked === undefined ? undefined : { number, principal, arn, tenantId: principal.tenantId, tenant, asked };
}
