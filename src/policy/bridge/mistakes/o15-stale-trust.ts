import { keyPrefix } from "../aws-claims.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck } from "./mistake.ts";
import { namedRepositories } from "./named-repositories.ts";
import { withSubjects } from "./pins.ts";
import { correctedTrust, positiveOn } from "./trust-text.ts";

/** A trust that nobody uses, or in a repository that is not there. */
export const staleTrust: MistakeCheck = {
  id: "O15",
  title: "the trust is for nothing that is still used",
  check: (facts) => {
    const { trust, provider, repositories, unused, owners } = facts;
    const existing = new Set(repositories.known ? repositories.value.map(({ name }) => name.toLowerCase()) : []);
    const own = owners.map((owner) => `${owner.toLowerCase()}/`);
    return allowStatements(facts).flatMap(({ statement }): readonly MistakeAnswer[] => {
      const remove = correctedTrust(trust, statement.index, null, provider.arn);
      if (unused.known && unused.value)
        return [
          { state: "found", statement: statement.index, what: "nobody: the role is not used", corrected: remove },
        ];
      const named = namedRepositories(statement, provider).filter(({ name }) =>
        own.some((start) => name.toLowerCase().startsWith(start)),
      );
      const missing = [
        ...(unused.known ? [] : ["when the role was last used"]),
        ...(repositories.known || named.length === 0 ? [] : ["repositories of the organization"]),
      ];
      const gone = repositories.known ? named.filter(({ name }) => !existing.has(name.toLowerCase())) : [];
      const [first] = gone;
      if (first === undefined)
        return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
      const wrong = new Set(gone.map(({ value }) => value));
      const [subjects, ...others] = positiveOn(statement, provider, ["sub"]);
      const kept = subjects?.values.filter((value) => !wrong.has(value)) ?? [];
      return [
        {
          state: "found",
          statement: statement.index,
          what: `nobody today: repository \`${first.name}\` does not exist, and whoever makes it gets in`,
          corrected:
            kept.length === 0 || subjects === undefined || others.length > 0
              ? remove
              : withSubjects(facts, statement, [{ ...subjects, key: `${keyPrefix(provider)}sub`, values: kept }]),
        },
      ];
    });
  },
};
