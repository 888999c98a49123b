import { known, unknown } from "../../../src/model/observed.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { instantOf } from "./parts.ts";

/** Server certificates belong to the tenant, not to a user. */
export function serverCertificates(raw: RawSteps["server-certificates"], context: TenantContext): Converted {
  const credentials = raw.map((certificate) => {
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
  });
  return { records: { credentials }, kinds: { "server-certificate": { items: credentials.length } } };
}
