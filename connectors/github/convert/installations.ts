import type { JsonValue } from "../../../src/model/json.ts";
import { unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawInstallation } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { fact, instantOf, principal } from "./parts.ts";

/** Permissions of an app that change code, settings or who has access. */
const ADMINISTRATIVE = new Set(["administration", "members", "organization_administration", "secrets", "workflows"]);

interface Answer {
  readonly total_count?: number;
  readonly installations: readonly RawInstallation[];
}

/** Apps with what they may do. */
export const installations: Convert = (requests, context) => {
  const records = emptyRecords();
  const answers = requests.map(({ answer }) => answer as Answer);
  // Not GitHub's: whose keys the settings named when this was read. Only they can be suspended by us.
  const ownApps = new Set(requests.flatMap(({ parameters }) => numbersIn(parameters["own_apps"])));
  for (const installation of answers.flatMap((answer) => answer.installations)) {
    const nativeId = `installation-${installation.id}`;
    const id = context.id(nativeId);
    const permissions = Object.entries(installation.permissions);
    const writes = permissions.filter(([, level]) => level === "write" || level === "admin");
    const level = writes.some(([name]) => ADMINISTRATIVE.has(name)) ? "admin" : writes.length > 0 ? "write" : "read";
    records.principals.push(
      principal(context, {
        kind: "app",
        nativeType: "app-installation",
        nativeId,
        locator: installation.app_slug,
        displayName: installation.app_slug,
        createdAt: instantOf(installation.created_at, "when it was installed"),
        lastUsedAt: unknown("only the audit log tells when an app was used, and no entry of it was read"),
        attributes: {
          appId: installation.app_id,
          appSlug: installation.app_slug,
          repositorySelection: installation.repository_selection,
          permissions: permissions
            .map(([name, granted]) => `${name}:${granted}`)
            .sort()
            .join(", "),
          suspended: installation.suspended_at !== null,
          suspendedAt: installation.suspended_at,
          ...(ownApps.has(installation.app_id) ? { ownApp: true } : {}),
        },
      }),
    );
    records.entitlements.push({
      id: `${id}#installation`,
      system: "github",
      tenantId: context.tenantId,
      kind: "installation",
      displayName: `app ${installation.app_slug} on ${installation.repository_selection} repositories`,
      targetId: id,
      resourceId: context.tenantId,
      level,
    });
    records.grants.push(fact(context, "installation", id, `${id}#installation`));
  }
  const items = records.principals.length;
  const total = Math.max(0, ...answers.map((answer) => answer.total_count ?? 0));
  const gap = total > items ? `GitHub counts ${total} and gave ${items}` : undefined;
  return { records, kinds: { "app-installation": { items, gap } } };
};

const numbersIn = (value: JsonValue | undefined): readonly number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === "number") : [];
