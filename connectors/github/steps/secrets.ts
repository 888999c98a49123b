import { SECRET_ROUTES as ROUTES, secrets as convert } from "../convert/secrets.ts";
import { rawRepositoryList, rawSecrets } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { readNamed } from "./named-values.ts";

/** Secrets by name and age: of the organization (Actions, Dependabot, Codespaces), and of Actions in repositories and environments. */
export const secrets: GitHubStep = {
  manifest: {
    id: "secrets",
    title: "secrets (names and dates)",
    provides: ["secret"],
    permissions: [
      "organization_secrets: read",
      "organization_dependabot_secrets: read",
      "secrets: read",
      "environments: read",
    ],
    dependsOn: ["organization", "repositories", "environments", "workflows"],
  },
  shapes: {
    ...Object.fromEntries(
      ROUTES.organization.flatMap(([, list, repositories]) => [
        [list, rawSecrets],
        [repositories, rawRepositoryList],
      ]),
    ),
    [ROUTES.repository]: rawSecrets,
    [ROUTES.environment]: rawSecrets,
  },
  notAsked: {
    "other-secret":
      "secrets of repositories without workflows, and those of Dependabot and Codespaces in single repositories, are not asked for, a call each",
  },
  needsRepositories: true,
  untilChanged: true,
  read: (reader) => readNamed(reader, ROUTES),
  convert,
  // Two of five repositories, and two environments in three of twenty; a dozen lists of selected repositories.
  cost: ({ repositories }) => restCalls(15 + Math.ceil(repositories * (0.4 + 0.3))),
};
