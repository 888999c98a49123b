import { keyPrefix } from "../aws-claims.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeCheck, MistakeFacts } from "./mistake.ts";
import { positiveOn } from "./trust-text.ts";
import { withSubjects } from "./pins.ts";

/** A subject in the immutable form that takes any id: names that are taken over get in again. */
export const anyId: MistakeCheck = {
  id: "O12",
  title: "the trust takes any id beside the names",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement }) => {
      const conditions = positiveOn(statement, facts.provider, ["sub"]).filter(({ operator }) =>
        /like/i.test(operator),
      );
      const values = conditions.flatMap((condition) => condition.values);
      const wrong = values.find((value) => ANY_ID.test(value));
      if (wrong === undefined) return [];
      const filled = values.flatMap((value) => (ANY_ID.test(value) ? withIds(facts, value) : [value]));
      return [
        {
          state: "found",
          statement: statement.index,
          what: `whoever takes over the names in \`${wrong}\`, with any id`,
          corrected:
            filled.length < values.length || filled.length === 0
              ? null
              : withSubjects(facts, statement, [
                  { operator: "StringLike", key: `${keyPrefix(facts.provider)}sub`, values: filled },
                ]),
        },
      ];
    }),
};

const ANY_ID = /^repo:(?:[^/:@*?]+@[^/:]*[*?][^/:]*\/|[^/:]+\/[^:@*?]+@[^:]*[*?])/;

/** The value with the ids of the repository it names; none where they were not read. */
function withIds({ repositories }: MistakeFacts, value: string): readonly string[] {
  const [, owner = "", rest = ""] = /^repo:([^/:@]+)@[^/:]*\/(.*)$/s.exec(value) ?? [];
  const [, name = "", after = ""] = /^([^:@]+)(?:@[^:]*)?(.*)$/s.exec(rest) ?? [];
  const all = repositories.known ? repositories.value : [];
  const one = all.find((repository) => repository.name.toLowerCase() === `${owner}/${name}`.toLowerCase());
  if (one !== undefined && one.ownerId !== null && one.repositoryId !== null)
    return [`repo:${owner}@${one.ownerId}/${name}@${one.repositoryId}${after === "" ? ":*" : after}`];
  // A pattern of repositories can be given the owner's id at least.
  const sibling = all.find((repository) => repository.name.toLowerCase().startsWith(`${owner.toLowerCase()}/`));
  const id = sibling?.ownerId ?? null;
  return id !== null && /[*?]/.test(name) ? [`repo:${owner}@${id}/${rest}`] : [];
}
