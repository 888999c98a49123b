import { z } from "zod";
import { WEBHOOK_ROUTES as ROUTES, hostOf, webhooks as convert } from "../convert/webhooks.ts";
import type { ReadAnswer } from "../live/refused.ts";
import { rawHook } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";
import { only } from "./only.ts";

/** Webhooks of the organization and of every repository in which something can happen: nothing tells which have any. */
export const webhooks: GitHubStep = {
  manifest: {
    id: "webhooks",
    title: "webhooks",
    provides: ["webhook"],
    permissions: ["organization_hooks: read", "repository_hooks: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: { [ROUTES.organization]: z.array(rawHook), [ROUTES.repository]: z.array(rawHook) },
  needsRepositories: true,
  untilChanged: true,
  read({ rest, organization: org, sweep }) {
    const list = (route: string, parameters: Record<string, string>): Promise<ReadAnswer> =>
      rest.list(route, parameters, { row: withoutAddress });
    const names = sweep.repositories.filter(({ archived }) => !archived).map(({ name }) => name);
    return askAll([
      { about: "webhooks of the organization", ask: () => list(ROUTES.organization, { org }) },
      ...(names.length === 0 && sweep.unlisted === null
        ? []
        : [
            {
              about: "webhooks of repositories",
              ask: () => eachRepository(names, org, sweep.unlisted, (place) => list(ROUTES.repository, place)),
            },
          ]),
    ]);
  },
  convert,
  cost: ({ repositories }) => restCalls(1 + repositories),
};

const kept = only("id", "name", "active", "events", "created_at", "updated_at", "last_response");

/** A hook without what lets others send or read: paths of addresses and secrets. */
function withoutAddress(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const config = (row["config"] ?? {}) as Readonly<Record<string, unknown>>;
  const { url, secret, insecure_ssl: insecure } = config;
  return {
    ...kept(row),
    config: {
      host: hostOf(typeof url === "string" ? url : undefined),
      has_secret: typeof secret === "string" && secret !== "",
      ...(insecure === undefined ? {} : { insecure_ssl: insecure }),
    },
  };
}
