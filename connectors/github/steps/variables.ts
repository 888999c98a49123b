import { VARIABLE_ROUTES as ROUTES, variables as convert } from "../convert/variables.ts";
import { rawRepositoryList, rawVariables } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { readNamed } from "./named-values.ts";

const [[, LIST, REPOSITORIES]] = ROUTES.organization;

/**
 * Variables of Actions by name and age; values are dropped before anything is kept. Those of single repositories are read from
 * recordings that hold them and not asked for.
 */
export const variables: GitHubStep = {
  manifest: {
    id: "variables",
    title: "variables (names and dates)",
    provides: ["variable"],
    permissions: ["organization_actions_variables: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: {
    [LIST]: rawVariables,
    [REPOSITORIES]: rawRepositoryList,
    [ROUTES.repository]: rawVariables,
    [ROUTES.environment]: rawVariables,
  },
  read: (reader) => readNamed(reader, ROUTES),
  convert,
  cost: () => restCalls(5),
};
