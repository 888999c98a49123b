import { demandCovers } from "../../names/covers.ts";
import { ANY_NAME } from "../../names/demands.ts";
import type { MistakeCheck } from "./mistake.ts";
import { openAnswer, openStatements, type OpenStatement } from "./open-to-anybody.ts";

// `repo:*` or a star for the owner before the name of a repository.
/** A pattern that takes any owner. */
export const anyOwner: MistakeCheck = {
  id: "O2",
  title: "the trust takes repositories of any owner",
  check: (facts) =>
    openStatements(facts)
      .filter((open) => open.saysWhose && takesAnyOwner(open))
      .map((open) =>
        openAnswer(facts, open, `anybody on GitHub, from a repository of their own like \`${open.outside.example}\``),
      ),
};

/** Whether the owner's name does not matter at all. */
export function takesAnyOwner({ outside }: OpenStatement): boolean {
  return demandCovers(outside.owner, ANY_NAME) === true;
}
