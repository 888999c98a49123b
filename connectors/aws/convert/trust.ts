import type { Principal, PrincipalKind } from "../../../src/model/principal.ts";
import type { TenantContext } from "../tenant-context.ts";
import { principal } from "./parts.ts";

/** One party as an Allow statement of a trust policy names it: `AWS`, `Service`, `Federated` or `CanonicalUser`. */
export interface TrustedParty {
  readonly kind: string;
  readonly name: string;
}

/**
 * The parties that Allow statements of a trust policy name, each once. `NotPrincipal` lets in everybody else, so it counts as
 * the wildcard. Answers none for a text that is no policy: its document is reported as unknown.
 */
export function trustedParties(document: string): readonly TrustedParty[] {
  const parsed = JSON.parse(document) as { readonly Statement?: unknown } | null;
  const parties = new Map<string, TrustedParty>();
  for (const statement of [parsed?.Statement].flat() as ({
    Effect?: unknown;
    Principal?: unknown;
    NotPrincipal?: unknown;
  } | null)[]) {
    if (typeof statement !== "object" || statement === null || statement.Effect !== "Allow") continue;
    const everyone = statement.Principal === "*" || statement.NotPrincipal !== undefined;
    const named = everyone ? { AWS: "*" } : statement.Principal;
    if (typeof named !== "object" || named === null) continue;
    for (const [kind, names] of Object.entries(named)) {
      for (const name of [names].flat() as unknown[])
        if (typeof name === "string") parties.set(`${kind} ${name}`, { kind, name });
    }
  }
  return [...parties.values()];
}

/**
 * The principal a trusted party is: one of the collected tenants where it is known there, else a record of its own that
 * stands for what lies outside. Source of the spellings: "AWS JSON policy elements: Principal", IAM User Guide.
 */
export function trustedPrincipal(
  party: TrustedParty,
  context: TenantContext,
): { readonly id: string; readonly record: Principal | null } {
  const { kind, name } = party;
  const outside = (id: string, as: PrincipalKind, nativeType: string, displayName = name, locator = name) => ({
    id,
    record: principal({
      id,
      tenantId: context.tenantId,
      kind: as,
      nativeType,
      nativeId: locator,
      locator,
      displayName,
    }),
  });
  if (kind === "Service") return outside(`aws-service:${name}`, "service", "aws-service");
  if (kind === "Federated") {
    // A provider belongs to the tenant of its ARN; the built-in ones (Cognito, Google) have none.
    const tenant = /^arn:[^:]+:iam::(\d{12}):/.exec(name)?.[1] ?? context.tenant;
    return outside(`aws:${tenant}:${name}`, "federated", providerType(name), name.slice(name.indexOf("/") + 1));
  }
  if (name === "*") return outside("external:aws:*", "anyone", "anyone", "anyone");
  const [, , , , digits = "", ...rest] = name.split(":");
  const resource = rest.join(":");
  const tenant = /^\d{12}$/.test(name) ? name : /^\d{12}$/.test(digits) && resource === "root" ? digits : undefined;
  if (tenant !== undefined) {
    // A tenant as a whole: its own administrators decide who may. The root user stands for it.
    if (context.siblings.has(tenant) || tenant === context.tenant) return { id: `aws:${tenant}:root`, record: null };
    return outside(`external:aws:${tenant}`, "external", "tenant", `tenant ${tenant}`, `arn:aws:iam::${tenant}:root`);
  }
  const home = digits === context.tenant ? context : context.siblings.get(digits);
  const role = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  const known = home?.ids.get(name) ?? (role === undefined ? undefined : home?.roleIds.get(role));
  if (known !== undefined) return { id: known, record: null };
  // A deleted principal stays in the policy as its unique id and matches nobody again.
  const deleted = /^A[A-Z0-9]{15,}$/.test(name);
  return outside(
    `external:aws:${name}`,
    "external",
    deleted ? "deleted" : "trusted",
    deleted ? `deleted principal ${name}` : name,
  );
}

function providerType(name: string): string {
  if (name.includes(":oidc-provider/")) return "oidc-provider";
  return name.includes(":saml-provider/") ? "saml-provider" : "web-identity";
}
