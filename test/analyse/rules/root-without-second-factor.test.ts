import { rootWithoutSecondFactor } from "../../../src/analyse/rules/root-without-second-factor.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(rootWithoutSecondFactor, [
  { name: "root without MFA is found", given: (g) => void g.root({ secondFactor: known(false) }), finds: ["root"] },
  { name: "root with MFA is fine", given: (g) => void g.root(), finds: [] },
  {
    name: "unknown is undecided",
    given: (g) => void g.root({ secondFactor: unknown("refused") }),
    finds: [],
    undecided: 1,
  },
]);
