import { z } from "zod";
import { hasRulesets, mayMintTokens } from "../asked-repositories.ts";
import { isOfEnterprise, RULESET_ROUTES as ROUTES, rulesets as convert } from "../convert/rulesets.ts";
import type { NamedRuleset } from "../client.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import { rawRuleset, type RawRuleset } from "../raw-controls.ts";
import type { RestReader } from "../live/rest-reader.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";
import { enterpriseRulesets, inheritedRulesets } from "./inherited-rulesets.ts";

/**
 * Rulesets of the organization, and of repositories that the sweep counted some in; each is asked by itself for its rules. Where the
 * organization's are not shown, repositories whose jobs may ask for tokens are asked which of them hold there. The same ones are
 * asked for those of the enterprise, where the settings name one and the organization's list holds none of it.
 */
export const rulesets: GitHubStep = {
  manifest: {
    id: "rulesets",
    title: "rulesets",
    provides: ["ruleset", "bypass-actor"],
    permissions: [
      "metadata: read",
      "organization_administration: write (GitHub shows the organization's rulesets, and who bypasses any, to those who may change them)",
    ],
    dependsOn: [
      "organization",
      "members",
      "outside-collaborators",
      "teams",
      "repositories",
      "installations",
      "workflows",
    ],
  },
  shapes: {
    [ROUTES.organizationList]: z.array(rawRuleset),
    [ROUTES.organizationOne]: rawRuleset,
    [ROUTES.repositoryList]: z.array(rawRuleset),
    [ROUTES.repositoryOne]: rawRuleset,
  },
  needsRepositories: true,
  untilChanged: true,
  // A ruleset without its bypass actors was read by who may not see them; a list of them has none either.
  holdsOnly: (answer) => Array.isArray(answer) || "bypass_actors" in (answer as object),
  read({ rest, organization: org, enterprise, sweep }) {
    const minting = sweep.repositories.filter(mayMintTokens).map(({ name }) => name);
    const asked = new Map(sweep.repositories.filter(hasRulesets).map((one) => [one.name, one]));
    const names = [...asked.keys()];
    return askAll([
      {
        about: "rulesets of the organization",
        ask: async () => {
          let shared: ReadAnswer;
          try {
            shared = await withDetails(rest, ROUTES.organizationList, ROUTES.organizationOne, { org }, {});
          } catch (error) {
            if (!(error instanceof Refused) || isSignIn(error)) throw error;
            const answer = await inheritedRulesets(rest, minting, org, error);
            const all = minting.length === sweep.repositories.length && sweep.unlisted === null;
            return all
              ? answer
              : { ...answer, gaps: [`rulesets of the organization: ${error.verdict.reason}`, ...answer.gaps] };
          }
          if (enterprise === null || minting.length === 0 || tellsEnterprise(shared)) return shared;
          // Where nobody tells these, what is above the repositories is not known, whatever the organization's list says.
          const above = await enterpriseRulesets(rest, minting, org);
          return { requests: [...shared.requests, ...above.requests], gaps: [...shared.gaps, ...above.gaps] };
        },
      },
      ...(names.length === 0 && sweep.unlisted === null
        ? []
        : [
            {
              about: "rulesets of repositories",
              ask: () =>
                eachRepository(names, org, sweep.unlisted, (place) => {
                  const named = asked.get(`${place.owner}/${place.repo}`)?.namedRulesets ?? null;
                  return named === null
                    ? // Those of the organization were asked for once already.
                      withDetails(rest, ROUTES.repositoryList, ROUTES.repositoryOne, place, {
                        includes_parents: "false",
                      })
                    : details(rest, ROUTES.repositoryOne, place, named);
                }),
            },
          ]),
    ]);
  },
  convert,
  // A tenth of the repositories, one or two rulesets each, and ten of the organization; those that mint may be asked of the enterprise.
  cost: ({ repositories }) => restCalls(11 + Math.ceil(repositories * 0.225)),
};

/** Whether the organization's list holds rulesets of its enterprise: then it is the list of these too. */
function tellsEnterprise({ requests }: ReadAnswer): boolean {
  return requests.some(
    ({ route, answer }) => route === ROUTES.organizationList && (answer as readonly RawRuleset[]).some(isOfEnterprise),
  );
}

/** A list of rulesets, and each of them whole. */
async function withDetails(
  rest: RestReader,
  list: string,
  one: string,
  place: Readonly<Record<string, string>>,
  options: Readonly<Record<string, string>>,
): Promise<ReadAnswer> {
  const answer = await rest.list(list, { ...place, ...options });
  const found = answer.requests.flatMap((request) => request.answer as readonly RawRuleset[]);
  return askAll([
    { about: "", ask: () => Promise.resolve(answer) },
    ...(found.length === 0 ? [] : [{ about: "", ask: () => details(rest, one, place, found) }]),
  ]);
}

/** Rulesets by their numbers: only each by itself shows its rules. Throws `Refused` where every one was refused. */
function details(
  rest: RestReader,
  one: string,
  place: Readonly<Record<string, string>>,
  rulesets: readonly NamedRuleset[],
): Promise<ReadAnswer> {
  return askAll(
    rulesets.map(({ id, name }) => ({
      about: `ruleset \`${name}\``,
      ask: () => rest.one(one, { ...place, ruleset_id: String(id) }),
    })),
  );
}
