import type { ParsedStatement } from "../../aws/parse-policy.ts";
import { narrows } from "../../aws/trust.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
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
      const judged = namedRepositories(statement, facts.provider)
        .filter(({ id }) => id === null)
        .map((one) => ({ one, ...judge(facts, one) }));
      const wrong = judged.filter(({ what }) => what !== null);
      const [first] = wrong;
      if (first === undefined) {
        const missing = [...new Set(judged.flatMap((one) => one.missing))];
        return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
      }
      return [
        {
          state: "found",
          statement: statement.index,
          what: first.what ?? "",
          corrected: replaced(
            facts,
            statement,
            wrong.map(({ one }) => one),
          ),
        },
      ];
    }),
};

/** What is wrong with a name, or what would have to be read to tell; neither where it is its repository's. */
interface Judged {
  readonly what: string | null;
  readonly missing: readonly string[];
}

const FINE: Judged = { what: null, missing: [] };
const wrongly = (what: string): Judged => ({ what, missing: [] });
const without = (missing: string): Judged => ({ what: null, missing: [missing] });

function judge(facts: MistakeFacts, { name }: NamedRepository): Judged {
  const now = holderOf(facts, name);
  if (now?.subject.known === true && now.subject.value.immutable.known && now.subject.value.immutable.value)
    return wrongly(`nobody any more: tokens of \`${name}\` have ids beside the names`);
  const before = formerHolders(facts, name);
  if (now !== undefined && before.some((id) => id !== null && now.repositoryId !== null && id !== now.repositoryId))
    return wrongly(`whoever can push to \`${name}\`, a name that another repository had before`);
  if (facts.repositories.known && now === undefined && before.length > 0)
    return wrongly(`whoever makes a repository called \`${name}\`, a name that is free again`);
  const owner = name.slice(0, name.indexOf("/")).toLowerCase();
  const names = facts.formerNames.find((one) => one.owner.toLowerCase() === owner);
  if (names === undefined) return without(`former names of repositories of \`${owner}\`, which was not read`);
  if (names.gap !== null) return without(`former names of repositories: ${names.gap}`);
  if (!facts.repositories.known) return without(`repositories of the organization: ${facts.repositories.why}`);
  if (now === undefined) return without(`former names of repositories before ${names.since ?? "the audit log begins"}`);
  // The name changed hands, or came back: the log does not say of which repository it spoke.
  return before.includes(null) || (before.length > 0 && now.repositoryId === null)
    ? without(`which repository was called \`${name}\``)
    : FINE;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const holderOf = ({ repositories }: MistakeFacts, name: string): RepositoryControls | undefined =>
  repositories.known ? repositories.value.find((one) => same(one.name, name)) : undefined;

/** The repositories that had the name, the earliest first. One that moved in had it under an owner who is not one's own. */
const formerHolders = ({ formerNames }: MistakeFacts, name: string): readonly (number | null)[] =>
  formerNames.flatMap(({ names }) =>
    names.filter((one) => same(one.name, name)).map(({ repositoryId }) => repositoryId),
  );

function replaced(facts: MistakeFacts, statement: ParsedStatement, named: readonly NamedRepository[]): string | null {
  const wrong = new Set(named.map(({ value }) => value));
  const repositories = facts.repositories.known ? facts.repositories.value : [];
  // Meant was whoever had the name first, wherever it is now; a name that never changed hands means whoever has it.
  const meant = new Set(
    named.map(({ name }) => {
      const first = formerHolders(facts, name).find((id) => id !== null);
      return first === undefined
        ? holderOf(facts, name)
        : repositories.find(({ repositoryId }) => repositoryId === first);
    }),
  );
  const now = repositories.filter((repository) => meant.has(repository));
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
