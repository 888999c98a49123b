import type { Credential } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { RawReportRow, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { reportKeys } from "./access-keys.ts";
import { instantOf, principal, reportDate } from "./parts.ts";

const ROOT = "<root_account>";

/** The credential report: root, passwords with their last use, second factors, and keys where nothing better was given. */
export function credentialReport(raw: RawSteps["credential-report"], context: TenantContext, users: ReadonlyMap<string, Principal>): Partial<SnapshotRecords> {
  const principals: Principal[] = [];
  const credentials: Credential[] = [];
  for (const row of raw) {
    const name = row["user"] ?? "";
    if (name === ROOT) {
      const root = rootPrincipal(context, row);
      principals.push(root);
      // Root's keys have no ids anywhere: only whether they are active and their dates are known.
      credentials.push(...reportKeys(row, root.id, "root", context));
      continue;
    }
    const user = users.get(name);
    if (user === undefined) continue;
    const used = reportDate(row["password_last_used"], known("never"));
    const hasPassword = row["password_enabled"] === "true";
    principals.push({ ...user, secondFactor: mfa(row), lastUsedAt: hasPassword ? used : user.lastUsedAt });
    if (hasPassword) credentials.push(password(user.id, name, context, row));
    if (!context.hasAccessKeys) credentials.push(...reportKeys(row, user.id, name, context));
  }
  return { principals, credentials };
}

const mfa = (row: RawReportRow) => (row["mfa_active"] === undefined ? unknown("the credential report lacks the column") : known(row["mfa_active"] === "true"));

function rootPrincipal(context: TenantContext, row: RawReportRow): Principal {
  return principal({
    id: `${context.tenantId}:root`,
    tenantId: context.tenantId,
    kind: "root",
    nativeType: "root",
    nativeId: "root",
    locator: `arn:aws:iam::${context.tenant}:root`,
    displayName: "root",
    createdAt: instantOf(row["user_creation_time"], "when the tenant was created"),
    // Root with password_enabled `not_supported` still has a password; what counts is when it was used.
    lastUsedAt: reportDate(row["password_last_used"], known("never")),
    secondFactor: mfa(row),
  });
}

function password(holderId: string, userName: string, context: TenantContext, row: RawReportRow): Credential {
  const changed = reportDate(row["password_last_changed"], unknown("the credential report does not say when it was set"));
  return {
    id: `${holderId}/password`,
    system: "aws",
    tenantId: context.tenantId,
    kind: "console-password",
    holderId,
    nativeId: "password",
    displayHint: "console password",
    status: known("active"),
    createdAt: changed.known && changed.value !== "never" ? known(changed.value) : unknown("the credential report does not say when it was set"),
    lastUsedAt: reportDate(row["password_last_used"], known("never")),
    lastUsedWhere: null,
    expiresAt: known("never"),
    attributes: { userName },
  };
}

/** Console passwords as GetLoginProfile tells; a user it answers `null` for has none. */
export function loginProfiles(raw: RawSteps["login-profiles"], context: TenantContext): Partial<SnapshotRecords> {
  return {
    credentials: Object.entries(raw).flatMap(([userName, profile]) => {
      if (profile === null) return [];
      const holderId = context.userId(userName);
      return [
        {
          id: `${holderId}/password`,
          system: "aws" as const,
          tenantId: context.tenantId,
          kind: "console-password" as const,
          holderId,
          nativeId: "password",
          displayHint: "console password",
          status: known("active" as const),
          createdAt: instantOf(profile.CreateDate, "when the password was set"),
          lastUsedAt: unknown("only the credential report says when a password was last used"),
          lastUsedWhere: null,
          expiresAt: known("never" as const),
          attributes: { userName },
        },
      ];
    }),
  };
}
