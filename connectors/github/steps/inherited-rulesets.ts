import { isInherited, RULESET_ROUTES as ROUTES } from "../convert/rulesets.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import type { RestReader } from "../live/rest-reader.ts";
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
  const lists = await listed(rest, repositories, organization, refused);
  const places = new Map<number, { readonly place: Readonly<Record<string, string>>; readonly name: string }>();
  for (const request of lists.requests) {
    const [owner = organization, repo = ""] = repositoryOf(request).split("/");
    for (const { id, name, ...ruleset } of request.answer as readonly RawRuleset[])
      if (isInherited(ruleset) && !places.has(id)) places.set(id, { name, place: { owner, repo } });
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

async function listed(
  rest: RestReader,
  repositories: readonly string[],
  organization: string,
  refused: Refused,
): Promise<ReadAnswer> {
  try {
    return await eachRepository(repositories, organization, null, (place) =>
      // Nothing here is taken from an earlier run: what the organization changes the audit log tells without the repositories.
      rest.list(ROUTES.repositoryList, { ...place, includes_parents: "true" }, { keep: (rows) => rows }),
    );
  } catch (error) {
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    // Whoever is refused by every repository is told of the organization, which would have been enough.
    throw refused;
  }
}
