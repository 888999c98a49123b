import type { ParsedStatement } from "../../aws/parse-policy.ts";
import { narrows } from "../../aws/trust.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck, MistakeFacts } from "./mistake.ts";
import { namedRepositories, type NamedRepository } from "./named-repositories.ts";
import { pinned, placesFor, withSubjects } from "./pins.ts";
import { correctedTrust, positiveOn } from "./trust-text.ts";
import { keyPrefix } from "../aws-claims.ts";

/** A subject that pins a name which the repository no longer has, without its id. */
export const recycledName: MistakeCheck = {
  id: "O11",
  title: "the trust pins a name that its repository no longer has",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement }): readonly MistakeAnswer[] => {
      // An id beside the subject holds, whatever the name is.
      if (positiveOn(statement, facts.provider, ["repository_id"]).some(narrows)) return [];
      const named = namedRepositories(statement, facts.provider).filter(({ id }) => id === null);
      if (named.length === 0) return [];
      const found = named.flatMap((one) => {
        const why = whyWrong(facts, one);
        return why === undefined ? [] : [{ one, why }];
      });
      const [first] = found;
      if (first === undefined)
        return facts.formerNames.known
          ? []
          : [{ state: "undecided", statement: statement.index, missing: ["former names of repositories"] }];
      const wrong = new Set(found.map(({ one }) => one.value));
      return [
        {
          state: "found",
          statement: statement.index,
          what: first.why,
          corrected: replaced(
            facts,
            statement,
            found.map(({ one }) => one),
            wrong,
          ),
        },
      ];
    }),
};

function whyWrong({ repositories, formerNames }: MistakeFacts, { name }: NamedRepository): string | undefined {
  const same = (other: { readonly name: string }): boolean => other.name.toLowerCase() === name.toLowerCase();
  if (formerNames.known && formerNames.value.some(same) && !(repositories.known && repositories.value.some(same)))
    return `whoever makes a repository called \`${name}\`, a name that is free again`;
  const now = repositories.known ? repositories.value.find(same) : undefined;
  if (now?.subject.known === true && now.subject.value.immutable.known && now.subject.value.immutable.value)
    return `nobody any more: tokens of \`${name}\` have ids beside the names`;
  return undefined;
}

function replaced(
  facts: MistakeFacts,
  statement: ParsedStatement,
  named: readonly NamedRepository[],
  wrong: ReadonlySet<string>,
): string | null {
  const repositories = facts.repositories.known ? facts.repositories.value : [];
  const former = facts.formerNames.known ? facts.formerNames.value : [];
  const now = repositories.filter((repository) =>
    named.some(
      ({ name }) =>
        repository.name.toLowerCase() === name.toLowerCase() ||
        former.some(
          (one) =>
            one.name.toLowerCase() === name.toLowerCase() &&
            one.repositoryId !== null &&
            one.repositoryId === repository.repositoryId,
        ),
    ),
  );
  const kept = positiveOn(statement, facts.provider, ["sub"]).flatMap(({ values }) =>
    values.filter((value) => !wrong.has(value)),
  );
  const places = placesFor(facts, now);
  if (places === null && kept.length === 0)
    return correctedTrust(facts.trust, statement.index, null, facts.provider.arn);
  const [subject, ...further] = places === null ? [] : pinned(facts, places);
  const values = [...new Set([...kept, ...(subject?.values ?? [])])];
  const operator = values.some((value) => /[*?]/.test(value)) ? "StringLike" : "StringEquals";
  return withSubjects(facts, statement, [{ operator, key: `${keyPrefix(facts.provider)}sub`, values }, ...further]);
}
