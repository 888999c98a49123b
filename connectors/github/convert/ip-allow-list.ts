import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawIpAllowList } from "../raw-controls.ts";
import { connectionRows } from "./connection.ts";
import type { Convert } from "./converted.ts";
import { tenantWith } from "./tenant-with.ts";

type Entry = NonNullable<RawIpAllowList["organization"]["ipAllowListEntries"]["nodes"][number]>;

/** Addresses from which the organization is reached, and whether others are kept out at all. */
export const ipAllowList: Convert = (requests, context) => {
  const records = emptyRecords();
  const { rows, gap } = connectionRows<Entry>(requests, "ipAllowListEntries");
  const organization = (requests[0]?.answer as RawIpAllowList | undefined)?.organization;
  for (const entry of rows)
    records.resources.push({
      id: context.id(entry.id),
      system: "github",
      tenantId: context.tenantId,
      kind: "ip-allow-list-entry",
      nativeId: entry.id,
      locator: entry.allowListValue,
      displayName: entry.name ?? entry.allowListValue,
      attributes: {
        active: entry.isActive,
        name: entry.name ?? null,
        createdAt: entry.createdAt,
        updatedAt: entry.updatedAt,
      },
    });
  records.tenants.push(
    tenantWith(context, {
      ipAllowListEnabled: enabled(organization?.ipAllowListEnabledSetting),
      ipAllowListForAppsEnabled: enabled(organization?.ipAllowListForInstalledAppsEnabledSetting),
    }),
  );
  return { records, kinds: { "ip-allow-list": { items: rows.length, gap } } };
};

/** Null where GitHub does not tell. */
function enabled(setting: string | null | undefined): boolean | null {
  return setting === null || setting === undefined ? null : setting === "ENABLED";
}
