import type { RepositoryControls } from "../../github/repository-controls.ts";
import {
  allowStatements,
  everyBranch,
  hidesTheRef,
  inWords,
  manyRefs,
  undecided,
  unpinned,
  wrongOnes,
  type Admitted,
  type WrongOnes,
} from "./admitted.ts";
import type { MistakeCheck, MistakeFacts } from "./mistake.ts";
import { placesFor, withoutWrongSubjects, type Place } from "./pins.ts";

/** A pattern of branches or tags: who can create a fitting one is in. */
export const branchesByPattern: MistakeCheck = {
  id: "O6",
  title: "the trust takes branches or tags by a pattern",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }) => {
      if (anybody) return [];
      const { wrong, missing } = wrongOnes(admitted, isWrong);
      if (wrong.length === 0) return undecided(statement, missing);
      return [
        {
          state: "found",
          statement: statement.index,
          what: `whoever can create ${what(wrong)} in ${inWords(wrong)}`,
          corrected: withoutWrongSubjects(facts, statement, isWrong, (repository) => guarded(facts, repository)),
        },
      ];
    }),
};

const isWrong: WrongOnes = (one) => !everyBranch(one) && !hidesTheRef(one.repository) && byPattern(one).length > 0;

function byPattern({ demands }: Admitted): Admitted["demands"] {
  return demands.filter(
    (demand) => (demand.job === "branch" || demand.job === "tag") && manyRefs(demand) && unpinned(demand),
  );
}

function what(wrong: readonly Admitted[]): string {
  const [demand] = wrong.flatMap(byPattern);
  const pattern = demand?.ref.all.flat().find((one) => /[*?]/.test(one.pattern))?.pattern;
  const kind = demand?.refKind ?? "branch";
  return pattern === undefined ? `any ${kind}` : `a ${kind} like \`${pattern}\``;
}

/** An environment that has rules takes over what the pattern was for; else the default branch does. */
function guarded(facts: MistakeFacts, repository: RepositoryControls): readonly Place[] | null {
  const environments = repository.environments.known ? repository.environments.value : [];
  const environment = environments.find(({ reviewers, refs }) => reviewers.length > 0 && refs.kind === "patterns");
  if (environment === undefined || repository.defaultBranch === null) return placesFor(facts, [repository]);
  return [{ repository, environment: environment.name, branch: repository.defaultBranch }];
}
