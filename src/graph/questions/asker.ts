import type { Principal } from "../../model/principal.ts";
import { requestPrincipal, type RequestPrincipal } from "../../policy/aws/request-principal.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { Actor } from "../escalation/actor-class.ts";

/** One set of policies somebody can act with. */
export interface Acting {
  /** The user, role or permission set whose policies count; undefined for what has none in the graph. */
  readonly actor: Actor | undefined;
  /** As policies see who asks. */
  readonly asked: RequestPrincipal;
  /** Why the identity policies are not known; null where they are, or where there are none to know. */
  readonly unread: string | null;
  /** Its identity policies allow whatever its own side likes. */
  readonly unlimited?: true;
  /** It is a permission set that a person acts through. */
  readonly through?: true;
}

/** Somebody who is asked about. */
export interface Asker {
  readonly id: string;
  /** ARN or login, as answers show it. */
  readonly locator: string;
  /** The record, where the graph has one. */
  readonly principal: Principal | undefined;
  /** Several for a person of Identity Center, who acts through one permission set or another; none where nothing is assigned. */
  readonly acts: readonly Acting[];
}

/** What a text that people type comes to; `none` says why. */
export type AskerFound =
  | { readonly kind: "found"; readonly asker: Asker }
  | { readonly kind: "ambiguous"; readonly principals: readonly Principal[] }
  | { readonly kind: "does-not-act"; readonly principal: Principal }
  | { readonly kind: "none" };

/** Finds who is meant and as what it acts. `byId` are the actors of the engine, so that numbers agree. */
export class Askers {
  readonly #graph: AccessGraph;
  readonly #byId: ReadonlyMap<string, Actor>;
  #roles: ReadonlyMap<string, Principal> | undefined;

  constructor(graph: AccessGraph, byId: ReadonlyMap<string, Actor>) {
    this.#graph = graph;
    this.#byId = byId;
  }

  /** By ARN, id, name, the id of one of its access keys; sessions of roles; services; `*`; what lies outside. */
  find(text: string): AskerFound {
    const principals = this.#named(text);
    const [principal] = principals;
    if (principals.length > 1) return { kind: "ambiguous", principals };
    if (principal !== undefined) {
      const asker = this.of(principal);
      return asker === undefined ? { kind: "does-not-act", principal } : { kind: "found", asker };
    }
    const asked = requestPrincipal(text);
    const asker = asked === undefined ? undefined : this.#outside(asked);
    return asker === undefined ? { kind: "none" } : { kind: "found", asker };
  }

  /** A principal of the graph as somebody who asks; undefined for groups and for what a deleted principal left behind. */
  of(principal: Principal): Asker | undefined {
    const { id, locator, kind, nativeType } = principal;
    const make = (acts: readonly Acting[]): Asker => ({ id, locator, principal, acts });
    const actor = this.#byId.get(id);
    if (actor !== undefined) return make([{ actor, asked: actor.asked, unread: null }]);
    if (nativeType === "identity-center-user")
      return make(
        this.#graph.groupsOf(id).flatMap(({ groupId }) => {
          const set = this.#byId.get(groupId);
          return set === undefined ? [] : [{ actor: set, asked: set.asked, unread: null, through: true as const }];
        }),
      );
    if (kind === "group" || nativeType === "deleted") return undefined;
    if (kind === "external" && nativeType === "tenant") return make([wholeTenant(locator)]);
    const asked = requestPrincipal(kind === "anyone" ? "*" : kind === "service" ? principal.nativeId : locator);
    return asked === undefined ? undefined : make([acting(asked)]);
  }

  #named(text: string): readonly Principal[] {
    const found = this.#graph.find(text).flatMap((record) => {
      if ("secondFactor" in record) return [record];
      const holder = "displayHint" in record ? this.#graph.principal(record.holderId ?? "") : undefined;
      return holder === undefined ? [] : [holder];
    });
    return [...new Set(found)].filter(({ system }) => system === "aws");
  }

  /** What the graph has no record of: sessions of its roles, and everything outside. */
  #outside(asked: RequestPrincipal): Asker | undefined {
    const { kind, tenant, name, text } = asked;
    if (kind === "session" && tenant !== null) {
      const role = this.#role(tenant, name);
      const actor = role === undefined ? undefined : this.#byId.get(role.id);
      if (role !== undefined && actor !== undefined) {
        // A session does not tell the path of its role; the role does.
        const session = { ...asked, principalArn: actor.asked.principalArn, serviceLinked: actor.asked.serviceLinked };
        return {
          id: role.id,
          locator: text,
          principal: role,
          acts: [{ actor, asked: session, unread: null }],
        };
      }
    }
    // A tenant whose principals were listed has no others.
    const listed = tenant !== null && this.#graph.coverage(`aws:${tenant}`, "principal")?.state === "complete";
    if (listed && (kind === "user" || kind === "role" || kind === "session")) return undefined;
    const foreign = kind === "root" && tenant !== null && this.#graph.tenant(`aws:${tenant}`) === undefined;
    const locator = kind === "root" ? asked.principalArn : text;
    return {
      id: outsideId(asked),
      locator,
      principal: undefined,
      acts: [foreign ? wholeTenant(locator) : acting(asked)],
    };
  }

  /** A role by tenant and name; for what Identity Center provisions its permission set, where the role itself was not read. */
  #role(tenant: string, name: string): Principal | undefined {
    if (this.#roles === undefined) {
      const roles = new Map<string, Principal>();
      for (const principal of this.#graph.snapshot.principals)
        if (principal.kind === "role" && principal.nativeType !== "permission-set")
          roles.set(
            `${principal.tenantId} ${principal.locator.slice(principal.locator.lastIndexOf("/") + 1)}`,
            principal,
          );
      for (const principal of this.#graph.snapshot.principals)
        if (principal.nativeType === "permission-set")
          roles.set(`${principal.tenantId} AWSReservedSSO_${principal.displayName}`, principal);
      this.#roles = roles;
    }
    return (
      this.#roles.get(`aws:${tenant} ${name}`) ??
      this.#roles.get(`aws:${tenant} ${name.replace(/^(AWSReservedSSO_.+)_[0-9a-f]{16}$/, "$1")}`)
    );
  }
}

/**
 * Somebody of a tenant outside, whoever its own administrators allow: what they let him do is nobody's here to limit. Not the
 * root user, who stands for the tenant in policies but cannot assume roles.
 */
function wholeTenant(locator: string): Acting {
  const tenant = /:(\d{12}):root$/.exec(locator)?.[1] ?? null;
  const asked = { kind: "role", text: locator, tenant, name: "", principalArn: locator, serviceLinked: false } as const;
  return { actor: undefined, asked, unread: null, unlimited: true };
}

/** Who is known by its ARN only. */
function acting(asked: RequestPrincipal): Acting {
  const policies = asked.kind === "user" || asked.kind === "role" || asked.kind === "session";
  const unread = policies
    ? `the policies of \`${asked.text}\`, which lies outside the collected tenants`
    : asked.kind === "federated-user"
      ? `the policies of \`${asked.text}\`: what a federated session may is said when it begins and recorded nowhere`
      : null;
  return { actor: undefined, asked, unread };
}

/** Design §4: what lies outside the collected tenants. */
function outsideId({ kind, text, tenant }: RequestPrincipal): string {
  if (kind === "service") return `aws-service:${text}`;
  if (kind === "anonymous") return "external:aws:*";
  return kind === "root" ? `external:aws:${tenant}` : `external:aws:${text}`;
}
