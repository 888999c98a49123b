import { z } from "zod";
import { hasEnvironments } from "../asked-repositories.ts";
import {
  ENVIRONMENT_ROUTES as ROUTES,
  environments as convert,
  hasGates,
  hasPatterns,
} from "../convert/environments.ts";
import type { ReadAnswer } from "../live/refused.ts";
import type { RestReader } from "../live/rest-reader.ts";
import { rawBranchPolicies, rawEnvironment, rawGates, type RawEnvironment } from "../raw-controls.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";

/** Environments of repositories that have any; patterns and gates are asked only where an environment has such. */
export const environments: GitHubStep = {
  manifest: {
    id: "environments",
    title: "deployment environments",
    provides: ["environment"],
    permissions: ["actions: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: {
    [ROUTES.list]: z.object({ environments: z.array(rawEnvironment) }),
    [ROUTES.policies]: rawBranchPolicies,
    [ROUTES.gates]: rawGates,
  },
  mayBeEmpty: true,
  needsRepositories: true,
  untilChanged: true,
  read: ({ rest, organization, sweep }) =>
    eachRepository(
      sweep.repositories.filter(hasEnvironments).map(({ name }) => name),
      organization,
      sweep.unlisted,
      (place) => environmentsOf(rest, place),
    ),
  convert,
  // Three of twenty repositories, and a list of patterns for two in three of them.
  cost: ({ repositories }) => restCalls(Math.ceil(repositories / 4)),
};

async function environmentsOf(rest: RestReader, place: Readonly<Record<string, string>>): Promise<ReadAnswer> {
  const answer = await rest.list(ROUTES.list, place, { member: "environments" });
  const found = answer.requests.flatMap(
    (request) => (request.answer as { readonly environments: readonly RawEnvironment[] }).environments,
  );
  const of = ({ name }: RawEnvironment): Record<string, string> => ({ ...place, environment_name: name });
  return askAll([
    { about: "", ask: () => Promise.resolve(answer) },
    ...found.filter(hasPatterns).map((one) => ({
      about: `branch policies of \`${one.name}\``,
      ask: () => rest.list(ROUTES.policies, of(one), { member: "branch_policies" }),
    })),
    ...found.filter(hasGates).map((one) => ({
      about: `gates of \`${one.name}\``,
      ask: () => rest.one(ROUTES.gates, of(one)),
    })),
  ]);
}
