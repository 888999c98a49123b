import { mayMintTokens } from "../asked-repositories.ts";
import { SUBJECT_ROUTES as ROUTES, subjectTemplates as convert } from "../convert/subject-templates.ts";
import { rawSubject } from "../raw-controls.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";

/** Subject templates, of the organization and of repositories whose workflows ask for OIDC tokens. */
export const subjectTemplates: GitHubStep = {
  manifest: {
    id: "subject-templates",
    title: "OIDC subjects",
    provides: ["subject-template"],
    permissions: ["organization_administration: read", "actions: read"],
    dependsOn: ["organization", "repositories", "workflows"],
  },
  shapes: { [ROUTES.organization]: rawSubject, [ROUTES.repository]: rawSubject },
  needsRepositories: true,
  read({ rest, organization: org, sweep }) {
    const names = sweep.repositories.filter(mayMintTokens).map(({ name }) => name);
    return askAll([
      { about: "the organization", ask: () => rest.one(ROUTES.organization, { org }) },
      ...(names.length === 0 && sweep.unlisted === null
        ? []
        : [
            {
              about: "repositories",
              ask: () => eachRepository(names, org, sweep.unlisted, (place) => rest.one(ROUTES.repository, place)),
            },
          ]),
    ]);
  },
  convert,
  // One repository in thirteen asks for tokens.
  cost: ({ repositories }) => restCalls(1 + Math.ceil(repositories * 0.075)),
};
