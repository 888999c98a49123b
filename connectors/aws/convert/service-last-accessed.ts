import { known } from "../../../src/model/observed.ts";
import type { Usage } from "../../../src/model/usage.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawDate, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { instantOf } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

/**
 * Service-last-accessed jobs: what each principal used within the 400 days AWS keeps. Attempts that were denied count as use,
 * as AWS counts them. A job that failed or did not end says nothing about its principal.
 */
export function serviceLastAccessed(raw: RawSteps["service-last-accessed"], context: TenantContext): Converted {
  const usage: Usage[] = [];
  let unfinished = 0;
  let answered = 0;
  for (const [arn, { JobStatus, ServicesLastAccessed }] of Object.entries(raw)) {
    const principalId = context.ids.get(arn);
    if (principalId === undefined) continue;
    if (JobStatus !== undefined && JobStatus !== "COMPLETED") {
      unfinished += 1;
      continue;
    }
    answered += 1;
    const row = (service: string, action: string | null, at: RawDate | undefined): Usage => ({
      id: derivedId("usage", [principalId, service, action]),
      tenantId: context.tenantId,
      principalId,
      service,
      action,
      lastUsedAt: at === undefined || at === null ? known("never") : instantOf(at, "when it was used"),
      source: "service-last-accessed",
    });
    for (const { ServiceNamespace = "", LastAuthenticated, TrackedActionsLastAccessed } of ServicesLastAccessed ?? []) {
      usage.push(row(ServiceNamespace, null, LastAuthenticated));
      for (const { ActionName = "", LastAccessedTime } of TrackedActionsLastAccessed ?? []) {
        usage.push(row(ServiceNamespace, `${ServiceNamespace}:${ActionName}`, LastAccessedTime));
      }
    }
  }
  const asked = new Set(Object.keys(raw));
  const missing = [...[...context.users.values()].map(({ locator }) => locator), ...context.roleArns].filter(
    (arn) => !asked.has(arn),
  ).length;
  const gaps = [
    ...(unfinished > 0 ? [`${counted(unfinished, "job")} failed or did not end`] : []),
    ...(missing > 0 ? [`${counted(missing, "user or role was", "users and roles were")} not asked for`] : []),
  ];
  const gap = gaps.length > 0 ? gaps.join("; ") : undefined;
  return {
    records: { usage },
    kinds: { "service-last-accessed": gap === undefined ? { items: answered } : { items: answered, gap } },
  };
}
