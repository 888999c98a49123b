import { known, unknown } from "../../../src/model/observed.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { Usage } from "../../../src/model/usage.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { instantOf, principal } from "./parts.ts";

/** GetAccountSummary: whether root has a second factor and keys, also where no credential report was given. */
export function accountSummary(raw: RawSteps["account-summary"], context: TenantContext): Partial<SnapshotRecords> {
  const mfa = raw["AccountMFAEnabled"];
  const keys = raw["AccountAccessKeysPresent"];
  const root = principal({
    id: `${context.tenantId}:root`,
    tenantId: context.tenantId,
    kind: "root",
    nativeType: "root",
    nativeId: "root",
    locator: `arn:aws:iam::${context.tenant}:root`,
    displayName: "root",
    lastUsedAt: unknown("only the credential report says when root was last used"),
    secondFactor: mfa === undefined ? unknown("the summary does not say") : known(mfa === 1),
    attributes: { accessKeysPresent: keys ?? null },
  });
  return { principals: [root] };
}

/** The password policy; `null` means that none is set and AWS's own minimum applies. */
export function passwordPolicy(raw: RawSteps["password-policy"], context: TenantContext): Partial<SnapshotRecords> {
  return {
    resources: [
      {
        id: `${context.tenantId}:password-policy`,
        system: "aws",
        tenantId: context.tenantId,
        kind: "password-policy",
        nativeId: "password-policy",
        locator: `arn:aws:iam::${context.tenant}:password-policy`,
        displayName: `password policy of ${context.tenant}`,
        attributes: {
          exists: raw !== null,
          minimumLength: raw?.MinimumPasswordLength ?? null,
          requireSymbols: raw?.RequireSymbols ?? null,
          requireNumbers: raw?.RequireNumbers ?? null,
          requireUppercase: raw?.RequireUppercaseCharacters ?? null,
          requireLowercase: raw?.RequireLowercaseCharacters ?? null,
          reusePrevention: raw?.PasswordReusePrevention ?? null,
          maxAgeDays: raw?.MaxPasswordAge ?? null,
        },
      },
    ],
  };
}

/** OIDC and SAML providers, as resources and as the principals that trust policies name. */
export function identityProviders(raw: RawSteps["identity-providers"], context: TenantContext): Partial<SnapshotRecords> {
  const all = [...(raw.oidc ?? []).map((provider) => ({ ...provider, nativeType: "oidc-provider" })), ...(raw.saml ?? []).map((provider) => ({ ...provider, nativeType: "saml-provider" }))];
  return {
    principals: all.map((provider) => {
      const arn = provider.Arn ?? "";
      return principal({
        id: `${context.tenantId}:${arn}`,
        tenantId: context.tenantId,
        kind: "federated",
        nativeType: provider.nativeType,
        nativeId: arn,
        locator: arn,
        displayName: arn.slice(arn.indexOf("/") + 1),
        createdAt: instantOf(provider.CreateDate, "when it was created"),
        attributes: { clientIds: "ClientIDList" in provider ? (provider.ClientIDList ?? []).join(", ") : null },
      });
    }),
  };
}

/** Service-last-accessed jobs: what each principal used. Attempts that were denied count as use, as AWS counts them. */
export function serviceLastAccessed(raw: RawSteps["service-last-accessed"], context: TenantContext): Partial<SnapshotRecords> {
  const usage: Usage[] = [];
  for (const [arn, details] of Object.entries(raw)) {
    const principalId = context.ids.get(arn);
    if (principalId === undefined || (details.JobStatus !== undefined && details.JobStatus !== "COMPLETED")) continue;
    for (const service of details.ServicesLastAccessed ?? []) {
      const name = service.ServiceNamespace ?? "";
      const row = (action: string | null, at: Usage["lastUsedAt"]): Usage => ({
        id: derivedId("usage", [principalId, name, action]),
        tenantId: context.tenantId,
        principalId,
        service: name,
        action,
        lastUsedAt: at,
        source: "service-last-accessed",
      });
      usage.push(row(null, service.LastAuthenticated === undefined ? known("never") : instantOf(service.LastAuthenticated, "when it was used")));
      for (const action of service.TrackedActionsLastAccessed ?? []) {
        usage.push(row(`${name}:${action.ActionName ?? ""}`, action.LastAccessedTime === undefined ? known("never") : instantOf(action.LastAccessedTime, "when it was used")));
      }
    }
  }
  return { usage };
}
