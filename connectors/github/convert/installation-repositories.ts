import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawNamedRepository } from "../raw-people.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { addSelection, parameterOf } from "./place.ts";

/** Routes of the step: three views of the same list, whichever the token may have. */
export const INSTALLATION_REPOSITORY_ROUTES = {
  enterprise: "GET /enterprises/{enterprise}/apps/organizations/{org}/installations/{installation_id}/repositories",
  own: "GET /installation/repositories",
  user: "GET /user/installations/{installation_id}/repositories",
} as const;

/** Repositories that apps were given, of those that were given some only. */
export const installationRepositories: Convert = (requests, context) => {
  const records = emptyRecords();
  const asked = (context.sweep().selective?.installations ?? []).map(String);
  const answered = new Set<string>();
  for (const request of requests) {
    // The own installation is asked for only where no other was given some repositories.
    const own = request.route === INSTALLATION_REPOSITORY_ROUTES.own;
    const installation = own ? (asked[0] ?? "") : parameterOf(request, "installation_id");
    const answer = request.answer as
      | readonly RawNamedRepository[]
      | { readonly repository_selection?: string; readonly repositories: readonly RawNamedRepository[] };
    if (own && (installation === "" || ("repository_selection" in answer && answer.repository_selection === "all")))
      continue;
    answered.add(installation);
    const repositories = "repositories" in answer ? answer.repositories : answer;
    addSelection(context, records, context.id(`installation-${installation}`), repositories);
  }
  const missing = asked.filter((one) => !answered.has(one)).map((one) => `installation ${one}`);
  const gap = gapOver(missing, "which repositories is not known of the apps");
  return { records, kinds: { "installation-repository": { items: records.grants.length, gap } } };
};
