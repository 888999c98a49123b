import { allowStatements, inWords, type Admitted } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck } from "./mistake.ts";
import { withoutWrongSubjects } from "./pins.ts";

/** Pull requests of forks get tokens in a private repository: reading it is enough to get in. */
export const forkPullRequests: MistakeCheck = {
  id: "O16",
  title: "pull requests of forks get tokens that the trust takes",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }): readonly MistakeAnswer[] => {
      if (anybody) return [];
      const forkable = admitted.filter(takesPullRequests);
      const wrong = forkable.filter(forksGetTokens);
      if (wrong.length > 0)
        return [
          {
            state: "found",
            statement: statement.index,
            what: `whoever can fork ${inWords(wrong)}, by a pull request`,
            corrected: withoutWrongSubjects(facts, statement, (one) => takesPullRequests(one) && forksGetTokens(one)),
          },
        ];
      const unread = forkable.filter(({ repository }) => !repository.settings.forksGetWriteTokens.known);
      if (unread.length === 0) return [];
      return [
        {
          state: "undecided",
          statement: statement.index,
          missing: [`whether pull requests of forks get tokens in ${inWords(unread)}`],
        },
      ];
    }),
};

/** Forks of a public repository never get such a token, and some repositories nobody may fork. */
function takesPullRequests({ repository, demands }: Admitted): boolean {
  const { forking, visibility } = repository;
  if (visibility === "public" || (forking?.known === true && !forking.value)) return false;
  return demands.some(({ pullRequest }) => pullRequest !== undefined);
}

function forksGetTokens({ repository }: Admitted): boolean {
  const { forksGetWriteTokens } = repository.settings;
  return forksGetWriteTokens.known && forksGetWriteTokens.value;
}
