import type { Credential } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { rootPrincipal } from "./parts.ts";

/** GetAccountSummary: whether root has a second factor and keys, also where no credential report was given. */
export function accountSummary(raw: RawSteps["account-summary"], context: TenantContext): Converted {
  const mfa = raw["AccountMFAEnabled"];
  const keys = raw["AccountAccessKeysPresent"];
  const root = rootPrincipal(context, {
    secondFactor: mfa === undefined ? unknown("the summary does not say") : known(mfa === 1),
    attributes: { accessKeysPresent: keys ?? null },
  });
  const credentials = keys !== undefined && keys > 0 && !context.hasReport ? [rootKey(root.id, context)] : [];
  // The summary does not say when root was last used: without the report that is a gap.
  const gap = context.hasReport ? undefined : "only the credential report says when root was last used";
  return {
    records: { principals: [root], credentials },
    kinds: { root: gap === undefined ? { items: 1 } : { items: 1, gap } },
  };
}

/** The key that the summary counts; the credential report, where given, knows each of them. */
function rootKey(holderId: string, context: TenantContext): Credential {
  const why = "only the credential report says it of root's keys";
  return {
    id: `${holderId}/access-key-1`,
    system: "aws",
    tenantId: context.tenantId,
    kind: "access-key",
    holderId,
    nativeId: "access-key-1",
    displayHint: "key of root",
    status: unknown(why),
    createdAt: unknown(why),
    lastUsedAt: unknown(why),
    lastUsedWhere: null,
    expiresAt: known("never"),
    attributes: { userName: "root" },
  };
}
