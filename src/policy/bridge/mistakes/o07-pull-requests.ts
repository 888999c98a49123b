import { allowStatements, everyBranch, inWords, undecided, wrongOnes, type WrongOnes } from "./admitted.ts";
import type { MistakeCheck } from "./mistake.ts";
import { withoutWrongSubjects } from "./pins.ts";

/** Pull requests get in, whose workflows are what the pull request says they are. */
export const pullRequests: MistakeCheck = {
  id: "O7",
  title: "the trust takes jobs of pull requests",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }) => {
      if (anybody) return [];
      const { wrong, missing } = wrongOnes(admitted, isWrong);
      if (wrong.length === 0) return undecided(statement, missing);
      return [
        {
          state: "found",
          statement: statement.index,
          what: `whoever can open a pull request from a branch of ${inWords(wrong)}: its workflow is the pull request's own`,
          corrected: withoutWrongSubjects(facts, statement, isWrong),
        },
      ];
    }),
};

const isWrong: WrongOnes = (one) =>
  !everyBranch(one) && one.demands.some(({ job, jobWorkflow }) => job === "pull-request" && jobWorkflow === null);
