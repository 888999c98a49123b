import { z } from "zod";
import { repositoryInvitations as convert } from "../convert/repository-invitations.ts";
import { rawRepositoryInvitation } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { eachRepository } from "./each-repository.ts";

const ROUTE = "GET /repos/{owner}/{repo}/invitations";

/** Invitations to single repositories: nothing tells which have any. */
export const repositoryInvitations: GitHubStep = {
  manifest: {
    id: "repository-invitations",
    title: "invitations to repositories",
    provides: ["repository-invitation"],
    permissions: ["administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators", "repositories"],
  },
  shapes: { [ROUTE]: z.array(rawRepositoryInvitation) },
  mayBeEmpty: true,
  needsRepositories: true,
  everyDays: 7,
  read: ({ rest, organization, sweep }) =>
    eachRepository(
      sweep.repositories.map(({ name }) => name),
      organization,
      sweep.unlisted,
      (place) => rest.list(ROUTE, place),
    ),
  convert,
  cost: ({ repositories }) => restCalls(repositories),
};
