import { emptyRecords } from "../../../src/model/snapshot.ts";
import { asksForVariables } from "../asks-for-secrets.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { addNamed, type NamedRoutes } from "./named-values.ts";

/** Routes of the step. */
export const VARIABLE_ROUTES = {
  kind: "variable",
  member: "variables",
  organization: [
    ["actions", "GET /orgs/{org}/actions/variables", "GET /orgs/{org}/actions/variables/{name}/repositories"],
  ],
  nameParameter: "name",
  repository: "GET /repos/{owner}/{repo}/actions/variables",
  environment: "GET /repos/{owner}/{repo}/environments/{environment_name}/variables",
  asks: asksForVariables,
} as const satisfies NamedRoutes;

/** Variables by name and age; GitHub shows their values, which are dropped where they are read. */
export const variables: Convert = (requests, context) => {
  const records = emptyRecords();
  const { answered, unselected } = addNamed(context, records, VARIABLE_ROUTES, requests);
  const missing = context
    .sweep()
    .repositories.filter((one) => asksForVariables(one) && !answered.has(one.name))
    .map(({ name }) => name);
  const gaps = [
    gapOver(missing, "variables were not read of"),
    gapOver(unselected, "which repositories may use it was not read of"),
  ].filter((gap) => gap !== undefined);
  return {
    records,
    kinds: {
      variable: {
        items: records.resources.filter(({ kind }) => kind === "variable").length,
        gap: gaps.length === 0 ? undefined : gaps.join("; "),
      },
    },
  };
};
