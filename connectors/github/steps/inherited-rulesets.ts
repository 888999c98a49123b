import { isInherited, isOfEnterprise, RULESET_ROUTES as ROUTES } from "../convert/rulesets.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import type { ListOptions, RestReader } from "../live/rest-reader.ts";
import { repositoryOf } from "../raw.ts";
import type { RawRuleset } from "../raw-controls.ts";
import { askAll } from "./ask-all.ts";
import { eachRepository } from "./each-repository.ts";

/**
 * Rulesets of higher levels as repositories show them, for a token to which the organization does not: reading a repository is
 * enough, though who bypasses them stays hidden. Each is asked by itself once. Throws `refused`, the organization's refusal, where
 * no repository tells any. Source: "Get all repository rulesets" (`includes_parents`), GitHub REST API.
 */
export async function inheritedRulesets(
  rest: RestReader,
  repositories: readonly string[],
  organization: string,
  refused: Refused,
): Promise<ReadAnswer> {
  if (repositories.length === 0) throw refused;
  try {
    // Nothing here is taken from an earlier run: what the organization changes the audit log tells without the repositories.
    return await listed(rest, repositories, organization, isInherited, { keep: (rows) => rows });
  } catch (error) {
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    // Whoever is refused by every repository is told of the organization, which would have been enough.
    throw refused;
  }
}

/**
 * Rulesets of the enterprise as repositories show them: nothing says that the organization's list holds these, and they have no list
 * of their own ("Get all organization repository rulesets" and "Rules" of enterprise administration, GitHub REST API, describe none).
 * What a repository said holds like its other answers, a week at most, though no log of the organization names changes by the
 * enterprise; each ruleset that is named is read anew. Throws `Refused` where every repository refused.
 */
export async function enterpriseRulesets(
  rest: RestReader,
  repositories: readonly string[],
  organization: string,
): Promise<ReadAnswer> {
  try {
    return await listed(rest, repositories, organization, isOfEnterprise, {});
  } catch (error) {
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    throw new Refused({ ...error.verdict, reason: `rulesets of the enterprise: ${error.verdict.reason}` });
  }
}

/** Lists with what repositories inherit, and each such ruleset that is wanted whole, from the first repository that names it. */
async function listed(
  rest: RestReader,
  repositories: readonly string[],
  organization: string,
  wanted: (ruleset: RawRuleset) => boolean,
  options: ListOptions,
): Promise<ReadAnswer> {
  const lists = await eachRepository(repositories, organization, null, (place) =>
    rest.list(ROUTES.repositoryList, { ...place, includes_parents: "true" }, options),
  );
  const places = new Map<number, { readonly place: Readonly<Record<string, string>>; readonly name: string }>();
  for (const request of lists.requests) {
    const [owner = organization, repo = ""] = repositoryOf(request).split("/");
    for (const ruleset of request.answer as readonly RawRuleset[])
      if (wanted(ruleset) && !places.has(ruleset.id))
        places.set(ruleset.id, { name: ruleset.name, place: { owner, repo } });
  }
  if (places.size === 0) return lists;
  const details = [...places].map(([id, { name, place }]) => ({
    about: `ruleset \`${name}\``,
    ask: async (): Promise<ReadAnswer> => {
      const parameters = { ...place, ruleset_id: String(id) };
      const { data } = await rest.call<unknown>(ROUTES.repositoryOne, parameters);
      return { requests: [{ route: ROUTES.repositoryOne, parameters, answer: data }], gaps: [] };
    },
  }));
  return askAll([{ about: "", ask: () => Promise.resolve(lists) }, ...details]);
}
