import {
  allowStatements,
  everyBranch,
  hidesTheRef,
  inWords,
  undecided,
  wrongOnes,
  type WrongOnes,
} from "./admitted.ts";
import type { MistakeCheck } from "./mistake.ts";
import { withoutWrongSubjects } from "./pins.ts";

/** A pattern that takes whatever happens in one repository: `repo:acme/api:*`. */
export const everyBranchOfOne: MistakeCheck = {
  id: "O5",
  title: "the trust takes every branch of a repository",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }) => {
      if (anybody) return [];
      const { wrong, missing } = wrongOnes(admitted, isWrong);
      if (wrong.length === 0) return undecided(statement, missing);
      return [
        {
          state: "found",
          statement: statement.index,
          what: `whoever can push any branch of ${inWords(wrong)}`,
          corrected: withoutWrongSubjects(facts, statement, isWrong),
        },
      ];
    }),
};

const isWrong: WrongOnes = (one) => everyBranch(one) && !hidesTheRef(one.repository);
