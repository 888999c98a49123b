import type { Credential } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { instantOf, reportDate } from "./parts.ts";

/** ListAccessKeys of every user; when each was last used comes with the next step. */
export function accessKeys(raw: RawSteps["access-keys"], context: TenantContext): Partial<SnapshotRecords> {
  context.hasAccessKeys = true;
  const credentials: Credential[] = [];
  for (const [userName, keys] of Object.entries(raw)) {
    for (const key of keys) {
      const keyId = key.AccessKeyId ?? "";
      if (keyId === "") continue;
      context.accessKeyIds.push(keyId);
      credentials.push({
        id: `${context.tenantId}:${keyId}`,
        system: "aws",
        tenantId: context.tenantId,
        kind: "access-key",
        holderId: context.userId(userName),
        nativeId: keyId,
        displayHint: hintOf(keyId),
        status: key.Status === "Active" ? known("active") : key.Status === "Inactive" ? known("inactive") : unknown("AWS did not say whether it is active"),
        createdAt: instantOf(key.CreateDate, "when it was created"),
        lastUsedAt: unknown("access-key-last-used.json was not given"),
        lastUsedWhere: null,
        expiresAt: known("never"),
        attributes: { userName },
      });
    }
  }
  return { credentials };
}

/** Enough of a key id for its owner to recognise it. */
export function hintOf(keyId: string): string {
  return `…${keyId.slice(-4)}`;
}

/** GetAccessKeyLastUsed of every key. A key that was never used answers service `N/A` and no date. */
export function accessKeyLastUsed(raw: RawSteps["access-key-last-used"], before: ReadonlyMap<string, Credential>): Partial<SnapshotRecords> {
  const credentials: Credential[] = [];
  for (const [keyId, lastUsed] of Object.entries(raw)) {
    const credential = before.get(keyId);
    if (credential === undefined) continue;
    const never = lastUsed.LastUsedDate === undefined || lastUsed.ServiceName === "N/A";
    credentials.push({
      ...credential,
      lastUsedAt: never ? known("never") : instantOf(lastUsed.LastUsedDate, "when the key was last used"),
      lastUsedWhere: never || lastUsed.ServiceName === undefined ? null : `${lastUsed.ServiceName}${lastUsed.Region === undefined || lastUsed.Region === "N/A" ? "" : ` in ${lastUsed.Region}`}`,
    });
  }
  return { credentials };
}

/** Keys as the credential report shows them: without ids. Used only where ListAccessKeys was not given. */
export function reportKeys(row: Readonly<Record<string, string>>, holderId: string, holderName: string, context: TenantContext): Credential[] {
  return (["1", "2"] as const).flatMap((n) => {
    const active = row[`access_key_${n}_active`] === "true";
    const rotated = row[`access_key_${n}_last_rotated`];
    // A key slot that never held a key says false and N/A; an inactive key keeps its date.
    if (!active && (rotated === undefined || rotated === "N/A")) return [];
    const created = reportDate(rotated, unknown("the credential report does not say when it was created"));
    const used = reportDate(row[`access_key_${n}_last_used_date`], known("never"));
    const service = row[`access_key_${n}_last_used_service`];
    return [
      {
        id: `${holderId}/access-key-${n}`,
        system: "aws" as const,
        tenantId: context.tenantId,
        kind: "access-key" as const,
        holderId,
        nativeId: `access-key-${n}`,
        displayHint: `key ${n}`,
        status: known(active ? ("active" as const) : ("inactive" as const)),
        createdAt: created.known && created.value !== "never" ? known(created.value) : unknown("the credential report does not say when it was created"),
        lastUsedAt: used,
        lastUsedWhere: service === undefined || service === "N/A" ? null : service,
        expiresAt: known("never" as const),
        attributes: { userName: holderName, fromCredentialReport: true },
      },
    ];
  });
}
