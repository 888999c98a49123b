import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawRepositoryList, RawRunner, RawRunnerGroup } from "../raw-people.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { addUsers, ofRoute, parameterOf } from "./place.ts";

/** Routes of the step. */
export const RUNNER_ROUTES = {
  runners: "GET /orgs/{org}/actions/runners",
  groups: "GET /orgs/{org}/actions/runner-groups",
  repositories: "GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories",
} as const;

/** Self-hosted runners, their groups, and which repositories run jobs on them. */
export const runners: Convert = (requests, context) => {
  const records = emptyRecords();
  const { tenantId, login } = context;
  const common = { system: "github" as const, tenantId };
  const lists = <T>(route: string, member: string): readonly T[] =>
    ofRoute(requests, route).flatMap(({ answer }) => (answer as Readonly<Record<string, readonly T[]>>)[member] ?? []);
  for (const runner of lists<RawRunner>(RUNNER_ROUTES.runners, "runners"))
    records.resources.push({
      ...common,
      id: context.id(`runner-${runner.id}`),
      kind: "runner",
      nativeId: String(runner.id),
      locator: `${login} runner ${runner.name}`,
      displayName: runner.name,
      attributes: {
        status: runner.status,
        os: runner.os ?? null,
        version: runner.version ?? null,
        ephemeral: runner.ephemeral ?? null,
        groupId: runner.runner_group_id ?? null,
        labels: runner.labels
          .map(({ name }) => name)
          .sort()
          .join(", "),
      },
    });
  const chosen = new Map(
    ofRoute(requests, RUNNER_ROUTES.repositories).map((one) => [
      parameterOf(one, "runner_group_id"),
      (one.answer as RawRepositoryList).repositories,
    ]),
  );
  const unselected: string[] = [];
  for (const group of lists<RawRunnerGroup>(RUNNER_ROUTES.groups, "runner_groups")) {
    const own = {
      ...common,
      id: context.id(`runner-group-${group.id}`),
      kind: "runner-group" as const,
      nativeId: String(group.id),
      locator: `${login} runner group ${group.name}`,
      displayName: group.name,
      attributes: {
        visibility: group.visibility,
        default: group.default ?? null,
        inherited: group.inherited ?? null,
        allowsPublicRepositories: group.allows_public_repositories,
        restrictedToWorkflows: group.restricted_to_workflows ?? null,
        selectedWorkflows: (group.selected_workflows ?? []).join(", "),
      },
    };
    records.resources.push(own);
    const users = chosen.get(String(group.id));
    if (users !== undefined) addUsers(context, records, own, users);
    else if (group.visibility === "selected") unselected.push(group.name);
  }
  const items = records.resources.filter(({ kind }) => kind === "runner" || kind === "runner-group").length;
  const missing = [RUNNER_ROUTES.runners, RUNNER_ROUTES.groups].filter(
    (route) => ofRoute(requests, route).length === 0,
  );
  const gaps = [
    gapOver(unselected, "which repositories may run jobs was not read of the groups"),
    gapOver(missing, "there is no answer to"),
  ].filter((gap) => gap !== undefined);
  return { records, kinds: { runner: { items, gap: gaps.length === 0 ? undefined : gaps.join("; ") } } };
};
