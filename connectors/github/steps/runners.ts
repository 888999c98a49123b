import { z } from "zod";
import { RUNNER_ROUTES as ROUTES, runners as convert } from "../convert/runners.ts";
import { rawRepositoryList, rawRunner, rawRunnerGroup, type RawRunnerGroup } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";

/** Self-hosted runners of the organization with their groups; those of single repositories are not asked for. */
export const runners: GitHubStep = {
  manifest: {
    id: "runners",
    title: "self-hosted runners",
    provides: ["runner"],
    permissions: ["organization_self_hosted_runners: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: {
    [ROUTES.runners]: z.object({ runners: z.array(rawRunner) }),
    [ROUTES.groups]: z.object({ runner_groups: z.array(rawRunnerGroup) }),
    [ROUTES.repositories]: rawRepositoryList,
  },
  notAsked: {
    "repository-runner": "runners of single repositories and of the enterprise are not asked for, a call each",
  },
  read: ({ rest, organization: org }) =>
    askAll([
      { about: "runners", ask: () => rest.list(ROUTES.runners, { org }, { member: "runners" }) },
      {
        about: "runner groups",
        async ask() {
          const groups = await rest.list(ROUTES.groups, { org }, { member: "runner_groups" });
          const found = groups.requests.flatMap(
            ({ answer }) => (answer as { readonly runner_groups: readonly RawRunnerGroup[] }).runner_groups,
          );
          return askAll([
            { about: "", ask: () => Promise.resolve(groups) },
            ...found
              .filter(({ visibility }) => visibility === "selected")
              .map(({ id, name }) => ({
                about: `group \`${name}\``,
                ask: () =>
                  rest.list(ROUTES.repositories, { org, runner_group_id: String(id) }, { member: "repositories" }),
              })),
          ]);
        },
      },
    ]),
  convert,
  cost: () => restCalls(22),
};
