import { emptyRecords } from "../../../src/model/snapshot.ts";
import { asksForSecrets } from "../asks-for-secrets.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { addNamed, type NamedRoutes } from "./named-values.ts";

/** Routes of the step, by store. */
export const SECRET_ROUTES = {
  kind: "secret",
  member: "secrets",
  organization: [
    ["actions", "GET /orgs/{org}/actions/secrets", "GET /orgs/{org}/actions/secrets/{secret_name}/repositories"],
    [
      "dependabot",
      "GET /orgs/{org}/dependabot/secrets",
      "GET /orgs/{org}/dependabot/secrets/{secret_name}/repositories",
    ],
    [
      "codespaces",
      "GET /orgs/{org}/codespaces/secrets",
      "GET /orgs/{org}/codespaces/secrets/{secret_name}/repositories",
    ],
  ],
  nameParameter: "secret_name",
  repository: "GET /repos/{owner}/{repo}/actions/secrets",
  environment: "GET /repos/{owner}/{repo}/environments/{environment_name}/secrets",
  asks: asksForSecrets,
} as const satisfies NamedRoutes;

/** Secrets by name and age, and which repositories may use those of the organization; never a value, which GitHub does not show. */
export const secrets: Convert = (requests, context) => {
  const records = emptyRecords();
  const { answered, unselected } = addNamed(context, records, SECRET_ROUTES, requests);
  const missing = context
    .sweep()
    .repositories.filter(SECRET_ROUTES.asks)
    .map(({ name }) => name)
    .filter((name) => !answered.has(name));
  const gaps = [
    gapOver(missing, "secrets were not read of"),
    gapOver(unselected, "which repositories may use it was not read of"),
  ].filter((gap) => gap !== undefined);
  return {
    records,
    kinds: {
      secret: {
        items: records.resources.filter(({ kind }) => kind === "secret").length,
        gap: gaps.length === 0 ? undefined : gaps.join("; "),
      },
    },
  };
};
