import type { RecordKind } from "../../../src/model/coverage.ts";
import type { Credential, CredentialKind } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { RawUserCredential } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { statusOf } from "./access-keys.ts";
import type { Converted } from "./converted.ts";
import { instantOf, strangers } from "./parts.ts";

/** AWS's records of one kind by user name. */
export type PerUser = Readonly<Record<string, readonly RawUserCredential[]>>;

/** SSH keys, service-specific credentials and signing certificates: AWS keeps no last use of them. */
export function userCredentials(kind: CredentialKind & RecordKind, raw: PerUser, context: TenantContext): Converted {
  const credentials = Object.entries(raw).flatMap(([userName, records]) =>
    records.map((record) => ({ ...userCredential(kind, userName, record, context), status: statusOf(record.Status) })),
  );
  const gap = strangers(Object.keys(raw), context);
  const items = credentials.length;
  return { records: { credentials }, kinds: { [kind]: gap === undefined ? { items } : { items, gap } } };
}

/** One credential that hangs on a user, as far as all kinds are alike. */
export function userCredential(
  kind: CredentialKind,
  userName: string,
  record: RawUserCredential,
  context: TenantContext,
): Credential {
  const nativeId =
    record.SSHPublicKeyId ?? record.ServiceSpecificCredentialId ?? record.CertificateId ?? record.SerialNumber ?? "";
  const end = `…${nativeId.slice(-4)}`;
  return {
    id: `${context.tenantId}:${nativeId}`,
    system: "aws",
    tenantId: context.tenantId,
    kind,
    holderId: context.userId(userName),
    nativeId,
    displayHint: record.ServiceName === undefined ? end : `${record.ServiceName} ${end}`,
    status: known("active"),
    createdAt: instantOf(record.UploadDate ?? record.CreateDate ?? record.EnableDate, "when it was created"),
    lastUsedAt: unknown("AWS does not keep when it was last used"),
    lastUsedWhere: null,
    expiresAt:
      record.ExpirationDate === undefined ? known("never") : instantOf(record.ExpirationDate, "when it expires"),
    attributes: { userName },
  };
}
