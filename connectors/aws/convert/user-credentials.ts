import type { Credential, CredentialKind } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { RawServerCertificate, RawUserCredential } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { instantOf } from "./parts.ts";

type PerUser = Readonly<Record<string, readonly RawUserCredential[]>>;

/** SSH keys, service-specific credentials and signing certificates: AWS keeps no last use of them. */
export function userCredentials(kind: CredentialKind, raw: PerUser, context: TenantContext): Partial<SnapshotRecords> {
  return { credentials: Object.entries(raw).flatMap(([userName, records]) => records.map((record) => userCredential(kind, userName, record, context))) };
}

function userCredential(kind: CredentialKind, userName: string, record: RawUserCredential, context: TenantContext): Credential {
  const nativeId = record.SSHPublicKeyId ?? record.ServiceSpecificCredentialId ?? record.CertificateId ?? record.SerialNumber ?? "";
  return {
    id: `${context.tenantId}:${nativeId}`,
    system: "aws",
    tenantId: context.tenantId,
    kind,
    holderId: context.userId(userName),
    nativeId,
    displayHint: record.ServiceName === undefined ? `…${nativeId.slice(-4)}` : `${record.ServiceName} …${nativeId.slice(-4)}`,
    status: record.Status === undefined || record.Status === "Active" ? known("active") : known("inactive"),
    createdAt: instantOf(record.UploadDate ?? record.CreateDate ?? record.EnableDate, "when it was created"),
    lastUsedAt: unknown("AWS does not keep when it was last used"),
    lastUsedWhere: null,
    expiresAt: known("never"),
    attributes: { userName },
  };
}

/** MFA devices are credentials of their own, and say which users have a second factor. */
export function mfaDevices(raw: PerUser, context: TenantContext, users: ReadonlyMap<string, Principal>): Partial<SnapshotRecords> {
  return {
    ...userCredentials("mfa-device", raw, context),
    principals: Object.entries(raw).flatMap(([userName, devices]) => {
      const user = users.get(userName);
      return user === undefined ? [] : [{ ...user, secondFactor: known(devices.length > 0) }];
    }),
  };
}

/** Server certificates belong to the tenant, not to a user. */
export function serverCertificates(raw: readonly RawServerCertificate[], context: TenantContext): Partial<SnapshotRecords> {
  return {
    credentials: raw.map((certificate) => {
      const nativeId = certificate.ServerCertificateId ?? certificate.Arn ?? "";
      return {
        id: `${context.tenantId}:${nativeId}`,
        system: "aws" as const,
        tenantId: context.tenantId,
        kind: "server-certificate" as const,
        holderId: null,
        nativeId,
        displayHint: certificate.ServerCertificateName ?? nativeId,
        status: known("active" as const),
        createdAt: instantOf(certificate.UploadDate, "when it was uploaded"),
        lastUsedAt: unknown("AWS does not keep when it was last used"),
        lastUsedWhere: null,
        expiresAt: instantOf(certificate.Expiration, "when it expires"),
        attributes: {},
      };
    }),
  };
}
