import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";

/** The password policy; `null` means that none is set and AWS's own minimum applies. Members AWS leaves out are not set. */
export function passwordPolicy(raw: RawSteps["password-policy"], context: TenantContext): Converted {
  const record = {
    id: `${context.tenantId}:password-policy`,
    system: "aws" as const,
    tenantId: context.tenantId,
    kind: "password-policy" as const,
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
  };
  return { records: { resources: [record] }, kinds: { "password-policy": { items: 1 } } };
}
