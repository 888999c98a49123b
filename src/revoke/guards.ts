import type { AccessGraph } from "../graph/access-graph.ts";
import type { CredentialKind } from "../model/credential.ts";
import type { Principal } from "../model/principal.ts";
import type { Revocation } from "../model/revocation.ts";
import { matchesPattern } from "../text/pattern.ts";
import { widening } from "./widening.ts";

/** What the guards need to know about the run. */
export interface GuardContext {
  readonly graph: AccessGraph;
  /** Locators the tool itself acts as. */
  readonly self: readonly string[];
  /** Patterns over locators, ids and names that are never changed. */
  readonly protectedPatterns: readonly string[];
  /** Changes made after the graph's snapshot was taken: what they took away is still in it. */
  readonly done?: readonly Revocation[];
}

/** A change a guard stopped, with the reason people read. */
export interface Guarded {
  readonly revocation: Revocation;
  readonly why: string;
}

/** What may go ahead and what may not. */
export interface GuardVerdict {
  readonly allowed: readonly Revocation[];
  readonly stopped: readonly Guarded[];
}

/**
 * The guards every change passes, whoever asked for it: never oneself, never what is protected, never the last
 * administrator or owner of a tenant, never what would leave somebody with more access than before. Changes count together: two that each leave one administrator do not both pass.
 */
export function guard(revocations: readonly Revocation[], context: GuardContext): GuardVerdict {
  const allowed: Revocation[] = [];
  const stopped: Guarded[] = [];
  const administrators = new Administrators(context.graph);
  const going = new Set<string>();
  for (const revocation of context.done ?? []) {
    administrators.remove(revocation);
    going.add(revocation.target.subjectId);
  }
  for (const revocation of revocations) {
    const why =
      ownAccess(revocation, context) ??
      protectedBy(revocation, context) ??
      administrators.wouldEnd(revocation) ??
      widening(revocation.target, context.graph, going);
    if (why === undefined) {
      administrators.remove(revocation);
      going.add(revocation.target.subjectId);
      allowed.push(revocation);
    } else stopped.push({ revocation, why });
  }
  return { allowed, stopped };
}

/** Why a whole run may not start, or undefined. An absolute number: a bad roster must not disarm a company in one night. */
export function runLimit(due: number, maximumPerRun: number, killSwitch: boolean): string | undefined {
  if (killSwitch) return "the kill switch is on: nothing is changed";
  if (due > maximumPerRun) return `${due} changes are due and one run may make ${maximumPerRun}: nothing is changed`;
  return undefined;
}

function ownAccess({ target }: Revocation, { graph, self }: GuardContext): string | undefined {
  const isSelf = (locator: string): boolean =>
    self.some(
      (own) =>
        own === locator || roleOfSession(own) === locator || sameRole(own, locator) || sameLogin(own, locator, target),
    );
  if (target.principal === null) {
    // Whose credential it is may stand in its attributes only, where nobody listed the person.
    const login = graph.credential(target.subjectId)?.attributes["login"];
    return typeof login === "string" && isSelf(login)
      ? "leastwise itself signs in as its owner: it never takes away its own access"
      : undefined;
  }
  if (isSelf(target.principal.locator))
    return "leastwise itself signs in as this principal: it never takes away its own access";
  // What a group is granted is the access of its members.
  const member =
    self.length > 0 && graph.membersOf(target.principal.id).some((id) => isSelf(graph.principal(id)?.locator ?? ""));
  return member ? "leastwise itself signs in as a member of this: it never takes away its own access" : undefined;
}

/** GitHub does not tell logins apart by case, and an app signs in as `<slug>[bot]`. */
function sameLogin(own: string, locator: string, { system, principal }: Revocation["target"]): boolean {
  if (system !== "github") return false;
  const [a, b] = [own.toLowerCase(), locator.toLowerCase()];
  return a === b || (principal?.kind === "app" && a === `${b}[bot]`);
}

/** `arn:aws:sts::1:assumed-role/name/session` → the role's ARN without its path. */
function roleOfSession(locator: string): string | undefined {
  const match = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(locator);
  return match === null ? undefined : `arn:${match[1]}:iam::${match[2]}:role/${match[3]}`;
}

/** A session's ARN leaves the role's path out, so the last part decides. */
function sameRole(session: string, role: string): boolean {
  const bare = roleOfSession(session);
  if (bare === undefined || !role.includes(":role/")) return false;
  const tenantOf = (arn: string): string | undefined => arn.split(":")[4];
  return (
    tenantOf(bare) === tenantOf(role) && bare.slice(bare.lastIndexOf("/") + 1) === role.slice(role.lastIndexOf("/") + 1)
  );
}

function protectedBy({ target }: Revocation, { graph, protectedPatterns }: GuardContext): string | undefined {
  if (protectedPatterns.length === 0) return undefined;
  // What a group is granted is the access of its members.
  const members =
    target.principal === null ? [] : graph.membersOf(target.principal.id).flatMap((id) => graph.principal(id) ?? []);
  const names = [target.principal, target.entitlement, target.resource, target.credential, ...members].flatMap((part) =>
    part === null ? [] : [part.id, part.locator, part.displayName],
  );
  const hit = protectedPatterns.find((pattern) => names.some((name) => matchesPattern(pattern, name)));
  return hit === undefined ? undefined : `it is on the protected list: \`${hit}\``;
}

/**
 * Whether somebody can act as the principal at all. Root does not count (we must not rely on it), nor groups (their members
 * do), nor roles that only AWS services may assume, nor permission sets that are assigned to nobody.
 */
function canAdminister(graph: AccessGraph, principal: Principal): boolean {
  if (principal.kind === "user") return true;
  if (principal.kind !== "role") return false;
  if (principal.nativeType === "permission-set") return graph.holdersOf(`${principal.id}#permission-set`).length > 0;
  return graph.holdersOf(`${principal.id}#assume`).some(({ principalId }) => {
    const trusted = graph.principal(principalId);
    return trusted?.kind !== "service" && trusted?.nativeType !== "deleted";
  });
}

/** Whether it is certain that the user cannot sign in: both lists were read whole and hold nothing active of it. */
function knownWithoutSignIn(graph: AccessGraph, { id, tenantId }: Principal): boolean {
  const whole = (["access-key", "console-password"] as const).every(
    (kind) => graph.coverage(tenantId, kind)?.state === "complete",
  );
  return (
    whole &&
    !graph
      .credentialsOf(id)
      .some(({ kind, status }) => SIGN_INS.has(kind) && !(status.known && status.value === "inactive"))
  );
}

/** The credentials that let an administrator administer; a second factor or an SSH key alone opens nothing. GitHub people sign in elsewhere. */
const SIGN_INS: ReadonlySet<string> = new Set<CredentialKind>(["access-key", "console-password"]);

/** Who administers each tenant, and what would be left of it as changes are let through. */
class Administrators {
  readonly #graph: AccessGraph;
  /** Tenant id → principal id → the sets of grants through which it is administrator; one whole set is enough. */
  readonly #ways = new Map<string, Map<string, Set<string>[]>>();
  /** Tenants whose administrators are all conditional or unknown: how sure the best of them is. */
  readonly #surest = new Map<string, number>();
  /** Principal id → its active ways to sign in that are still there. */
  readonly #signIns = new Map<string, Set<string>>();

  constructor(graph: AccessGraph) {
    this.#graph = graph;
    for (const principal of graph.snapshot.principals) {
      // Few administer anything; who may act as them is the dearer question.
      const ways = this.#waysOf(principal);
      if (ways.length === 0 || !canAdminister(graph, principal)) continue;
      for (const { tenantId, grants, rank } of ways) {
        // Where nobody is administrator for certain, the surest there are must not go either.
        const surest = this.#surest.get(tenantId) ?? Infinity;
        if (rank > surest) continue;
        if (rank < surest) this.#ways.delete(tenantId);
        this.#surest.set(tenantId, rank);
        const tenant = this.#ways.get(tenantId) ?? new Map<string, Set<string>[]>();
        tenant.set(principal.id, [...(tenant.get(principal.id) ?? []), grants]);
        this.#ways.set(tenantId, tenant);
      }
      const active = graph
        .credentialsOf(principal.id)
        .filter(({ kind, status }) => SIGN_INS.has(kind) && status.known && status.value === "active");
      if (active.length > 0) this.#signIns.set(principal.id, new Set(active.map((credential) => credential.id)));
    }
  }

  /** Why the change would leave the tenant without administrator, or undefined. */
  wouldEnd(revocation: Revocation): string | undefined {
    const tenant = this.#ways.get(revocation.target.tenantId);
    if (tenant === undefined) return undefined;
    const affected = [...tenant.keys()].filter((id) => this.#loses(id, tenant.get(id) ?? [], revocation));
    if (affected.length === 0 || affected.length < tenant.size) return undefined;
    const name = this.#graph.tenant(revocation.target.tenantId)?.name ?? revocation.target.tenantNativeId;
    return `it would take away the last administrator of \`${name}\``;
  }

  /** Takes the change into account for those that follow. */
  remove(revocation: Revocation): void {
    const tenant = this.#ways.get(revocation.target.tenantId);
    if (tenant === undefined) return;
    for (const [id, ways] of Array.from(tenant)) {
      if (this.#loses(id, ways, revocation)) tenant.delete(id);
      else
        tenant.set(
          id,
          ways.filter((way) => !way.has(revocation.target.subjectId)),
        );
      this.#signIns.get(id)?.delete(revocation.target.subjectId);
    }
  }

  #loses(principalId: string, ways: readonly Set<string>[], { target }: Revocation): boolean {
    if (target.subjectKind === "credential") {
      const left = this.#signIns.get(principalId);
      return left !== undefined && left.has(target.subjectId) && left.size === 1;
    }
    return ways.every((way) => way.has(target.subjectId));
  }

  #waysOf(principal: Principal): { readonly tenantId: string; readonly grants: Set<string>; readonly rank: number }[] {
    // Somebody who cannot sign in administers nothing as long as another can.
    const behind = principal.nativeType === "iam-user" && knownWithoutSignIn(this.#graph, principal) ? 3 : 0;
    const ways = this.#graph.adminGrants(principal.id).map((admin) => ({
      tenantId: admin.tenantId,
      grants: new Set(admin.holding.grants),
      rank: behind + { yes: 0, conditional: 1, unknown: 2 }[admin.state],
    }));
    for (const grant of this.#graph.grantsOf(principal.id)) {
      if (grant.kind === "role" && grant.entitlementId.endsWith("#organization-role/owner"))
        ways.push({ tenantId: grant.tenantId, grants: new Set([grant.id]), rank: 0 });
    }
    return ways;
  }
}
