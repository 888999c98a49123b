import { narrows } from "../../aws/trust.ts";
import type { ParsedStatement } from "../../aws/parse-policy.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import { allowStatements, everyBranch, hidesTheRef, inWords, type Admitted } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck, MistakeFacts } from "./mistake.ts";
import { limitedTo, placesFor } from "./pins.ts";
import { positiveOn } from "./trust-text.ts";

/** A template that leaves out the repository, so that many share a subject, or the ref, so that any branch has it. */
export const templateWithout: MistakeCheck = {
  id: "O13",
  title: "subjects are built without the repository or the branch",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }): readonly MistakeAnswer[] => {
      // Strangers with the same template are told by another mistake; that one's own share a subject stays true.
      const shared = admitted.filter(({ repository }) => hidesItself(repository) && !saysRepository(facts, statement));
      const anyRef = anybody ? [] : admitted.filter((one) => hidesTheRef(one.repository) && everyBranch(one));
      const wrong = [...new Set([...shared, ...anyRef])];
      if (wrong.length > 0)
        return [
          {
            state: "found",
            statement: statement.index,
            what: said(shared, anyRef),
            corrected: limitedTo(
              facts,
              statement,
              placesFor(
                facts,
                wrong.map(({ repository }) => repository),
              ),
            ),
          },
        ];
      const unread = admitted.filter(
        ({ repository, demands }) => !repository.subject.known && demands.some(({ missing }) => missing.length > 0),
      );
      if (unread.length === 0) return [];
      return [
        { state: "undecided", statement: statement.index, missing: [`how subjects of ${inWords(unread)} are built`] },
      ];
    }),
};

function said(shared: readonly Admitted[], anyRef: readonly Admitted[]): string {
  if (shared.length > 0)
    return `whoever can push to a repository with the same template: subjects of ${inWords(shared)} do not name the repository`;
  return `whoever can push any branch of ${inWords(anyRef)}: its subjects do not name the branch`;
}

function hidesItself({ subject }: RepositoryControls): boolean {
  const claims = subject.known ? subject.value.claims : null;
  return (
    claims !== null && !["repo", "repository", "repository_id", "workflow_ref"].some((claim) => claims.includes(claim))
  );
}

function saysRepository({ provider }: MistakeFacts, statement: ParsedStatement): boolean {
  return positiveOn(statement, provider, ["repository", "repository_id"]).some(narrows);
}
