import type { RecordKind } from "../../../src/model/coverage.ts";
import type { Credential } from "../../../src/model/credential.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { RawReportRow, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { consolePassword } from "./console-password.ts";
import type { Converted, KindRead } from "./converted.ts";
import { instantOf, reportDate, reportInstant, rootPrincipal } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

const ROOT = "<root_account>";

/**
 * The credential report: root, when passwords were last used, and what no better answer told: second factors, passwords and,
 * without their ids, access keys. It may be four hours old, so it never overrules a call that was answered.
 */
export function credentialReport(raw: RawSteps["credential-report"], context: TenantContext): Converted {
  context.hasReport = true;
  const principals: Principal[] = [];
  const credentials: Credential[] = [];
  let hasRoot = false;
  for (const row of raw) {
    const name = row["user"] ?? "";
    if (name === ROOT) {
      hasRoot = true;
      const root = rootOf(row, context);
      principals.push(root);
      credentials.push(...reportKeys(row, root, context));
      continue;
    }
    const before = context.users.get(name);
    // A user that was made or deleted between the sweep and the report: the sweep decides who is there.
    if (before === undefined) continue;
    const hasPassword =
      context.passwords !== undefined && context.askedForPassword.has(name)
        ? context.passwords.has(name)
        : row["password_enabled"]?.toLowerCase() === "true";
    const lastUsedAt = reportDate(row["password_last_used"], known("never"));
    const user = {
      ...before,
      secondFactor: before.secondFactor.known ? before.secondFactor : secondFactor(row),
      lastUsedAt: hasPassword ? lastUsedAt : before.lastUsedAt,
    };
    context.users.set(name, user);
    principals.push(user);
    if (hasPassword) {
      const createdAt = reportInstant(row["password_last_changed"], "when the password was set");
      credentials.push(consolePassword(name, user.id, context, { createdAt, lastUsedAt }));
    }
    if (!context.askedForKeys.has(name)) credentials.push(...reportKeys(row, user, context));
  }
  return { records: { principals, credentials }, kinds: kindsOf(raw, context, credentials, hasRoot) };
}

/** Kinds the report answers for: root always, the others only where no better answer was given. */
function kindsOf(
  raw: RawSteps["credential-report"],
  context: TenantContext,
  credentials: readonly Credential[],
  hasRoot: boolean,
): Converted["kinds"] {
  const rows = new Set(raw.map((row) => row["user"]));
  const missing = [...context.users.keys()].filter((name) => !rows.has(name)).length;
  const gap = missing > 0 ? `${counted(missing, "user is", "users are")} not in the credential report` : undefined;
  // Without the sweep no row has a user to belong to: nothing found is then not nothing there.
  const nobody = context.users.size === 0 && [...rows].some((name) => name !== ROOT);
  const kind = (items: number, ...gaps: (string | undefined)[]): KindRead => {
    if (nobody) return { items: 0, absent: "the users of the credential report are not known without the sweep" };
    const text = gaps.filter((one) => one !== undefined).join("; ");
    return text === "" ? { items } : { items, gap: text };
  };
  const root: KindRead = hasRoot ? { items: 1 } : { items: 0, absent: "the credential report has no row of root" };
  const kinds: Partial<Record<RecordKind, KindRead>> = { root };
  const keys = credentials.filter(
    (credential) => credential.kind === "access-key" && !credential.id.includes(":root/"),
  );
  if (!context.hasAccessKeys) {
    kinds["access-key"] = kind(keys.length, "the credential report names access keys without their ids", gap);
    kinds["access-key-last-used"] = kind(keys.length, gap);
  }
  if (context.passwords === undefined)
    kinds["console-password"] = kind(credentials.filter((one) => one.kind === "console-password").length, gap);
  kinds["second-factor"] = kind(rows.size - (hasRoot ? 1 : 0), gap);
  return kinds;
}

function secondFactor(row: RawReportRow): Principal["secondFactor"] {
  const active = row["mfa_active"]?.toLowerCase();
  return active === "true" || active === "false"
    ? known(active === "true")
    : unknown("the credential report lacks the column");
}

function rootOf(row: RawReportRow, context: TenantContext): Principal {
  return rootPrincipal(context, {
    createdAt: instantOf(row["user_creation_time"], "when the tenant was made"),
    lastUsedAt: reportDate(row["password_last_used"], known("never")),
    secondFactor: secondFactor(row),
  });
}

/**
 * Keys as the report shows them: two places for each user, no ids. Good enough to find what is idle, not to change it; marked
 * `fromCredentialReport`.
 */
function reportKeys(row: RawReportRow, holder: Principal, context: TenantContext): Credential[] {
  return (["1", "2"] as const).flatMap((n) => {
    const active = row[`access_key_${n}_active`]?.toLowerCase() === "true";
    const rotated = row[`access_key_${n}_last_rotated`];
    // A place that holds no key says false and N/A; that of an inactive key keeps its date.
    if (!active && (rotated === undefined || rotated === "" || rotated === "N/A")) return [];
    const service = row[`access_key_${n}_last_used_service`];
    const region = row[`access_key_${n}_last_used_region`];
    const key: Credential = {
      id: `${holder.id}/access-key-${n}`,
      system: "aws",
      tenantId: context.tenantId,
      kind: "access-key",
      holderId: holder.id,
      nativeId: `access-key-${n}`,
      displayHint: `key ${n}`,
      status: known(active ? "active" : "inactive"),
      createdAt: reportInstant(rotated, "when it was created"),
      lastUsedAt: reportDate(row[`access_key_${n}_last_used_date`], known("never")),
      lastUsedWhere: isWord(service) ? `${service}${isWord(region) ? ` in ${region}` : ""}` : null,
      expiresAt: known("never"),
      attributes: { userName: holder.displayName, fromCredentialReport: true },
    };
    return [key];
  });
}

const isWord = (cell: string | undefined): cell is string =>
  cell !== undefined && !["", "N/A", "no_information", "not_supported"].includes(cell);
