import type { Principal } from "../../model/principal.ts";
import { conditionsHold, compilePolicy, type CompiledPolicy } from "../../policy/aws/compile-policy.ts";
import type { OpenCondition } from "../../policy/aws/decision.ts";
import { any, UNREAD, type OpenTruth } from "../../policy/aws/open-truth.ts";
import { parsePolicy } from "../../policy/aws/parse-policy.ts";
import type { LayerPolicies } from "../../policy/aws/policy-set.ts";
import { namedBy } from "../../policy/aws/principal-match.ts";
import { MAYBE, NO, YES, type ContextValue, type RequestContext } from "../../policy/aws/request-context.ts";
import type { Region } from "../../policy/aws/regions.ts";
import { requestPrincipal, type RequestPrincipal } from "../../policy/aws/request-principal.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { Actor } from "./actor-class.ts";
import { ByArn } from "./by-arn.ts";

/** A role, and by which trust somebody may assume it. */
export interface TrustedRole {
  readonly role: Actor;
  readonly truth: OpenTruth;
  /** The trust's grant. */
  readonly grantId: string;
}

/** Whom each role trusts, the other way round: told from who asks. */
export interface TrustIndex {
  /** Roles that name the principal itself. */
  named(principalId: string): readonly TrustedRole[];
  /** Roles in one of the regions that leave it to the tenant (12 digits), or to anyone, who of it may assume them. */
  byTenant(tenant: string, regions: readonly Region[]): readonly TrustedRole[];
  /** The same roles where the trust asks about more of whoever comes than its tenant: name, ARN, tags. */
  choosy(tenant: string, regions: readonly Region[]): readonly TrustedRole[];
  /** A trust that leaves everything to the tenant. */
  leftTo(tenant: string): LayerPolicies;
  /** Roles of the tenant that anyone in it may assume without a permission of his own. */
  openIn(tenantId: string): readonly TrustedRole[];
  /** Roles of the tenant that one of the services may assume, by principal id. */
  byServices(tenantId: string, services: readonly string[]): ReadonlyMap<string, TrustedRole>;
  /** ARNs of the identity providers of a kind that the role trusts. */
  providers(role: Actor, kind: "saml" | "oidc" | "cognito"): readonly string[];
  /** Parties outside the collected tenants that some role trusts. */
  readonly outside: readonly Principal[];
  /** The trust policy as a layer; unread where its document is not known. */
  policy(role: Actor): LayerPolicies;
}

/** Builds the index from the trust grants of the graph and the documents behind them. */
export function trustIndex(graph: AccessGraph, actors: ReadonlyMap<string, Actor>): TrustIndex {
  const policies = new Map<string, LayerPolicies>();
  const named = new Map<string, TrustedRole[]>();
  const byTenant = new Map<string, TrustedRole[]>();
  const anyone: TrustedRole[] = [];
  const byService = new Map<string, TrustedRole[]>();
  const providers = new Map<string, Set<string>>();
  const outside = new Map<string, Principal>();

  const policy = (role: Actor): LayerPolicies => {
    let layer = policies.get(role.principal.id);
    if (layer === undefined) {
      const id = `${role.principal.id}/trust`;
      const parsed = graph.parsed(id);
      layer = parsed.known
        ? { policies: [{ name: id, policy: compilePolicy(parsed.value) }] }
        : { policies: [], unread: [`trust policy of \`${role.principal.displayName}\`: ${parsed.why}`] };
      policies.set(role.principal.id, layer);
    }
    return layer;
  };
  const push = <K>(map: Map<K, TrustedRole[]>, key: K, entry: TrustedRole): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [entry]);
    else list.push(entry);
  };

  for (const grant of graph.snapshot.grants) {
    if (grant.kind !== "trust") continue;
    const role = actors.get(graph.entitlement(grant.entitlementId)?.targetId ?? "");
    if (role === undefined) continue;
    const { principalId } = grant;
    const party = graph.principal(principalId);
    if (principalId === "external:aws:*") {
      anyone.push({ role, truth: YES, grantId: grant.id });
    } else if (party?.kind === "root") {
      const tenant = party.tenantId.slice(party.tenantId.indexOf(":") + 1);
      push(byTenant, tenant, { role, truth: YES, grantId: grant.id });
    } else if (party?.kind === "service") {
      const service = requestPrincipal(party.nativeId);
      const truth = service === undefined ? NO : trustTruth(policy(role), service, role.tenant);
      if (truth !== NO) push(byService, `${role.tenantId} ${party.nativeId}`, { role, truth, grantId: grant.id });
    } else if (party?.kind === "federated") {
      const list = providers.get(role.principal.id) ?? new Set<string>();
      providers.set(role.principal.id, list.add(party.nativeId));
    } else {
      push(named, principalId, { role, truth: YES, grantId: grant.id });
      if (party?.kind === "external" && party.nativeType !== "deleted") outside.set(principalId, party);
    }
  }
  const openIn = new Map<string, TrustedRole[]>();
  const byServices = new Map<string, Map<string, TrustedRole>>();
  const sorted = new Map<string, Readonly<Record<"plain" | "choosy", ByArn<TrustedRole>>>>();
  const sides = (tenant: string): Readonly<Record<"plain" | "choosy", ByArn<TrustedRole>>> => {
    let lists = sorted.get(tenant);
    if (lists === undefined) {
      const asker = tenantPrincipal(tenant);
      const plain: TrustedRole[] = [];
      const choosy: TrustedRole[] = [];
      for (const { role, grantId } of [...(byTenant.get(tenant) ?? []), ...anyone]) {
        const layer = policy(role);
        if (looksCloser(layer)) choosy.push({ role, truth: YES, grantId });
        else {
          const truth = trustTruth(layer, asker, role.tenant);
          if (truth !== NO) plain.push({ role, truth, grantId });
        }
      }
      const byArn = (list: TrustedRole[]): ByArn<TrustedRole> => new ByArn(list, ({ role }) => role.arn);
      lists = { plain: byArn(plain), choosy: byArn(choosy) };
      sorted.set(tenant, lists);
    }
    return lists;
  };
  for (const entry of anyone) push(openIn, entry.role.tenantId, entry);
  // A permission set's trust is Identity Center's own and has no document; nothing is said about it here.
  return {
    named: (principalId) => named.get(principalId) ?? [],
    byTenant: (tenant, regions) => sides(tenant).plain.within(regions),
    choosy: (tenant, regions) => sides(tenant).choosy.within(regions),
    leftTo,
    openIn: (tenantId) => openIn.get(tenantId) ?? [],
    byServices(tenantId, services) {
      const key = `${tenantId} ${services.join(" ")}`;
      let roles = byServices.get(key);
      if (roles === undefined) {
        roles = new Map();
        for (const service of services)
          for (const one of byService.get(`${tenantId} ${service}`) ?? []) {
            const before = roles.get(one.role.principal.id);
            if (before === undefined || before.truth > one.truth) roles.set(one.role.principal.id, one);
          }
        byServices.set(key, roles);
      }
      return roles;
    },
    providers: (role, kind) =>
      [...(providers.get(role.principal.id) ?? [])]
        .filter((arn) =>
          kind === "cognito" ? arn === "cognito-identity.amazonaws.com" : arn.includes(`:${kind}-provider/`),
        )
        .sort(),
    outside: [...outside.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    policy,
  };
}

/** Somebody of a tenant, nobody knows who: stands for whoever its administrators allow. */
function tenantPrincipal(tenant: string): RequestPrincipal {
  return {
    kind: "root",
    text: `arn:aws:iam::${tenant}:root`,
    tenant,
    name: "",
    principalArn: `arn:aws:iam::${tenant}:root`,
    serviceLinked: false,
  };
}

/** What is known when a tenant or a service asks to assume a role, and nothing else. */
class TrustContext implements RequestContext {
  readonly #principal: RequestPrincipal;
  readonly #roleTenant: string;

  constructor(principal: RequestPrincipal, roleTenant: string) {
    this.#principal = principal;
    this.#roleTenant = roleTenant;
  }

  get(key: string): ContextValue {
    const { kind, tenant, name } = this.#principal;
    const service = kind === "service";
    if (key === "aws:principalisawsservice") return [String(service)];
    if (key === "aws:principalaccount") return tenant === null ? null : [tenant];
    if (key === "aws:resourceaccount") return [this.#roleTenant];
    // The service acts for somebody of the role's own tenant: that is how a passed role is used.
    if (service && (key === "aws:sourceaccount" || key === "aws:sourceowner")) return [this.#roleTenant];
    if (service && key === "aws:principalservicename") return [name];
    return undefined;
  }
}

/** Whether a trust policy lets the principal assume the role, as far as its own statements and conditions tell. */
export function trustTruth(
  layer: LayerPolicies,
  principal: RequestPrincipal,
  roleTenant: string,
  context: RequestContext = new TrustContext(principal, roleTenant),
): OpenTruth {
  if ((layer.unread?.length ?? 0) > 0) return UNREAD;
  let truth: OpenTruth = NO;
  let denied: OpenTruth = NO;
  for (const { policy } of layer.policies) {
    for (const statement of relevant(policy)) {
      const named = namedBy(statement.principals, principal, statement.deny, false);
      if (named.bits === 0) continue;
      const holds = conditionsHold(statement.conditions, context);
      if (statement.deny) denied = any(denied, holds);
      else truth = any(truth, holds);
    }
  }
  if (denied === YES) return NO;
  return truth !== NO && denied === MAYBE ? MAYBE : truth;
}

/** What {@link trustTruth} hangs on where it is a maybe: conditions of the statements that name the principal. */
export function openTrust(
  layer: LayerPolicies,
  principal: RequestPrincipal,
  roleTenant: string,
): readonly OpenCondition[] {
  const context = new TrustContext(principal, roleTenant);
  const [allows, denies]: [OpenCondition[], OpenCondition[]] = [[], []];
  for (const { policy } of layer.policies) {
    for (const statement of relevant(policy)) {
      if (namedBy(statement.principals, principal, statement.deny, false).bits === 0) continue;
      const holds = conditionsHold(statement.conditions, context);
      // One statement that allows for certain is enough; what others ask for does not matter then.
      if (holds === YES && !statement.deny) return denies;
      if (holds !== MAYBE) continue;
      for (const condition of statement.conditions)
        if (condition.holds(context) === MAYBE)
          (statement.deny ? denies : allows).push({
            key: condition.writtenKey,
            operator: condition.operator,
            values: condition.values,
          });
    }
  }
  return [...allows, ...denies];
}

/** Whether a trust tells members of one tenant apart: its conditions ask for names, ARNs or tags, or it denies somebody. */
function looksCloser({ policies }: LayerPolicies): boolean {
  return policies.some(({ policy }) =>
    relevant(policy).some(
      ({ deny, conditions }) =>
        deny ||
        conditions.some(({ keys }) => keys.some((key) => /^aws:(username|userid|principal(arn|tag))/.test(key))),
    ),
  );
}

const left = new Map<string, LayerPolicies>();

function leftTo(tenant: string): LayerPolicies {
  let layer = left.get(tenant);
  if (layer === undefined) {
    const parsed = parsePolicy(
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"${tenant}"},"Action":"sts:AssumeRole"}}`,
    );
    layer = { policies: parsed.known ? [{ name: "trust", policy: compilePolicy(parsed.value) }] : [] };
    left.set(tenant, layer);
  }
  return layer;
}

function relevant(policy: CompiledPolicy): CompiledPolicy["statements"] {
  return policy.statements.filter(({ actions }) => actions.matches("sts:assumerole"));
}
