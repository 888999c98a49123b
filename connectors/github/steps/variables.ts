import { VARIABLE_ROUTES as ROUTES, variables as convert } from "../convert/variables.ts";
import { rawRepositoryList, rawVariables } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { readNamed } from "./named-values.ts";

const [[, LIST, REPOSITORIES]] = ROUTES.organization;

/**
 * Variables of Actions by name and age; values are dropped before anything is kept. Of repositories and their environments those are
 * asked whose workflows use variables.
 */
export const variables: GitHubStep = {
  manifest: {
    id: "variables",
    title: "variables (names and dates)",
    provides: ["variable"],
    permissions: ["organization_actions_variables: read", "variables: read", "environments: read"],
    dependsOn: ["organization", "repositories", "environments", "workflows"],
  },
  shapes: {
    [LIST]: rawVariables,
    [REPOSITORIES]: rawRepositoryList,
    [ROUTES.repository]: rawVariables,
    [ROUTES.environment]: rawVariables,
  },
  notAsked: {
    "unused-variable": "variables of repositories whose workflows use none are not asked for, a call each",
  },
  untilChanged: true,
  read: (reader) => readNamed(reader, ROUTES),
  convert,
  // One repository in fifty uses any.
  cost: ({ repositories }) => restCalls(5 + Math.ceil(repositories / 50)),
};
