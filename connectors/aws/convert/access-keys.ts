import type { Credential } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { instantOf, notAsked, strangers } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

/** ListAccessKeys of every user; when each was last used comes with the next step. */
export function accessKeys(raw: RawSteps["access-keys"], context: TenantContext): Converted {
  context.hasAccessKeys = true;
  const credentials: Credential[] = [];
  let withoutId = 0;
  for (const [userName, keys] of Object.entries(raw)) {
    context.askedForKeys.add(userName);
    for (const key of keys) {
      if (key.AccessKeyId === undefined) {
        withoutId += 1;
        continue;
      }
      const credential: Credential = {
        id: `${context.tenantId}:${key.AccessKeyId}`,
        system: "aws",
        tenantId: context.tenantId,
        kind: "access-key",
        holderId: context.userId(userName),
        nativeId: key.AccessKeyId,
        displayHint: `…${key.AccessKeyId.slice(-4)}`,
        status: statusOf(key.Status),
        createdAt: instantOf(key.CreateDate, "when it was created"),
        lastUsedAt: unknown("access-key-last-used.json was not given"),
        lastUsedWhere: null,
        expiresAt: known("never"),
        attributes: { userName },
      };
      context.keys.set(key.AccessKeyId, credential);
      credentials.push(credential);
    }
  }
  const gaps = [
    strangers(Object.keys(raw), context),
    notAsked(raw, context),
    withoutId > 0 ? `${counted(withoutId, "key")} came without an id` : undefined,
  ];
  const gap = gaps.filter((text) => text !== undefined).join("; ");
  return {
    records: { credentials },
    kinds: { "access-key": gap === "" ? { items: credentials.length } : { items: credentials.length, gap } },
  };
}

/** AWS's word for whether a credential works; another word than the two is not guessed at. */
export function statusOf(status: string | undefined): Credential["status"] {
  if (status === "Active") return known("active");
  return status === "Inactive" ? known("inactive") : unknown("AWS did not say whether it is active");
}
