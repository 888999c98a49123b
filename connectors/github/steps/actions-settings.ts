import { hasWorkflows, mayMintTokens } from "../asked-repositories.ts";
import type { SweptRepository } from "../client.ts";
import { ACTIONS_ROUTES as ROUTES, actionsSettings as convert } from "../convert/actions-settings.ts";
import { rawActionsPermissions, rawForkWorkflows, rawReusableAccess, rawTokenDefaults } from "../raw-controls.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";

/**
 * What Actions may do: in the organization, in repositories with workflows (what the job token may do), and in private ones that ask
 * for OIDC tokens (who may call their workflows, what forks get). The rest would be calls that decide nothing.
 */
export const actionsSettings: GitHubStep = {
  manifest: {
    id: "actions-settings",
    title: "Actions settings",
    provides: ["actions-settings"],
    permissions: ["organization_administration: read", "administration: read"],
    dependsOn: ["organization", "repositories", "workflows"],
  },
  shapes: {
    [ROUTES.organization]: rawActionsPermissions,
    [ROUTES.organizationToken]: rawTokenDefaults,
    [ROUTES.organizationForks]: rawForkWorkflows,
    [ROUTES.token]: rawTokenDefaults,
    [ROUTES.reusable]: rawReusableAccess,
    [ROUTES.forks]: rawForkWorkflows,
  },
  needsRepositories: true,
  untilChanged: true,
  read({ rest, organization: org, sweep }) {
    const asked = sweep.repositories.filter(hasWorkflows);
    const byName = new Map(asked.map((repository) => [repository.name, repository]));
    const whole = [ROUTES.organization, ROUTES.organizationToken, ROUTES.organizationForks];
    return askAll([
      ...whole.map((route) => ({ about: route, ask: () => rest.one(route, { org }) })),
      ...(asked.length === 0 && sweep.unlisted === null
        ? []
        : [
            {
              about: "Actions settings of repositories",
              ask: () =>
                eachRepository([...byName.keys()], org, sweep.unlisted, (place) =>
                  askAll(
                    routesFor(byName.get(`${place.owner}/${place.repo}`)).map((route) => ({
                      about: route,
                      ask: () => rest.one(route, place),
                    })),
                  ),
                ),
            },
          ]),
    ]);
  },
  convert,
  // Two of five repositories have workflows, one in thirteen asks for tokens.
  cost: ({ repositories }) => restCalls(3 + Math.ceil(repositories * (0.4 + 2 * 0.075))),
};

function routesFor(repository: SweptRepository | undefined): readonly string[] {
  const asksMore = repository !== undefined && repository.visibility !== "public" && mayMintTokens(repository);
  return asksMore ? [ROUTES.token, ROUTES.reusable, ROUTES.forks] : [ROUTES.token];
}
