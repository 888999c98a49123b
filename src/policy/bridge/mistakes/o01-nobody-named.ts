import type { MistakeCheck } from "./mistake.ts";
import { openAnswer, openStatements } from "./open-to-anybody.ts";

/** No claim says whose token it is. */
export const nobodyNamed: MistakeCheck = {
  id: "O1",
  title: "the trust does not say whose tokens",
  check: (facts) =>
    openStatements(facts)
      .filter(({ saysWhose }) => !saysWhose)
      .map((open) => openAnswer(facts, open, "anybody on GitHub who knows the role's ARN")),
};
