import type { MistakeCheck } from "./mistake.ts";
import { takesAnyOwner } from "./o02-any-owner.ts";
import { openAnswer, openStatements } from "./open-to-anybody.ts";

/** A pattern without the slash behind the owner, so that it takes owners whose names only begin alike: `repo:acme*`. */
export const unanchoredOwner: MistakeCheck = {
  id: "O3",
  title: "the trust takes owners whose names begin alike",
  check: (facts) =>
    openStatements(facts)
      .filter((open) => open.saysWhose && !takesAnyOwner(open))
      .map((open) =>
        openAnswer(
          facts,
          open,
          `whoever registers an owner with a fitting name, like that of \`${open.outside.example}\``,
        ),
      ),
};
