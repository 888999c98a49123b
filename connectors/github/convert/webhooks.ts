import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { Resource } from "../../../src/model/resource.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { repositoryOf } from "../raw.ts";
import type { RawHook } from "../raw-people.ts";
import { gapOver, organizationHolder, repositoryHolder, type ControlHolder } from "./control.ts";
import type { Convert } from "./converted.ts";
import { mentionedRepository } from "./parts.ts";
import { ofRoute } from "./place.ts";

/** Routes of the step. */
export const WEBHOOK_ROUTES = {
  organization: "GET /orgs/{org}/hooks",
  repository: "GET /repos/{owner}/{repo}/hooks",
} as const;

/** Webhooks: where events go and how that is secured. Of the address only the host is kept: paths hold secrets. */
export const webhooks: Convert = (requests, context) => {
  const records = emptyRecords();
  const answered = new Set<string>();
  for (const { answer } of ofRoute(requests, WEBHOOK_ROUTES.organization))
    for (const hook of answer as readonly RawHook[])
      records.resources.push(resource(context, organizationHolder(context), hook));
  for (const request of ofRoute(requests, WEBHOOK_ROUTES.repository)) {
    const name = repositoryOf(request);
    answered.add(name);
    if (!context.repositories.has(name))
      records.resources.push(...mentionedRepository(context, { id: name, nameWithOwner: name }));
    for (const hook of request.answer as readonly RawHook[])
      records.resources.push(resource(context, repositoryHolder(context, name), hook));
  }
  const missing = context
    .sweep()
    .repositories.filter(({ archived }) => !archived)
    .map(({ name }) => name)
    .filter((name) => !answered.has(name));
  const gaps = [
    ...(ofRoute(requests, WEBHOOK_ROUTES.organization).length === 0
      ? ["webhooks of the organization were not read"]
      : []),
    gapOver(missing, "webhooks were not read of"),
  ].filter((gap) => gap !== undefined);
  const items = records.resources.filter(({ kind }) => kind === "webhook").length;
  return { records, kinds: { webhook: { items, gap: gaps.length === 0 ? undefined : gaps.join("; ") } } };
};

/** The host of an address; null where there is none, which says nothing. */
export function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null;
}

function resource(context: OrganizationContext, holder: ControlHolder, hook: RawHook): Resource {
  const { host: told, url, has_secret: hasSecret, secret, insecure_ssl: insecure } = hook.config;
  const host = told ?? hostOf(url);
  return {
    id: `${holder.id}:hook-${hook.id}`,
    system: "github",
    tenantId: context.tenantId,
    kind: "webhook",
    nativeId: String(hook.id),
    locator: `${holder.locator} webhook ${hook.id}`,
    displayName: `${host ?? hook.id} of ${holder.locator}`,
    attributes: {
      active: hook.active,
      host,
      events: [...hook.events].sort().join(", "),
      insecureSsl: insecure === undefined ? null : String(insecure) === "1",
      hasSecret: hasSecret ?? (secret !== undefined && secret !== ""),
      lastStatus: hook.last_response?.status ?? null,
      lastCode: hook.last_response?.code ?? null,
      createdAt: hook.created_at ?? null,
      updatedAt: hook.updated_at ?? null,
    },
  };
}
