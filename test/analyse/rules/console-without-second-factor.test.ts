import { consoleWithoutSecondFactor } from "../../../src/analyse/rules/console-without-second-factor.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(consoleWithoutSecondFactor, [
  {
    name: "a password without MFA is found",
    given: (g) => void g.credential("console-password", "p", g.user("u", { secondFactor: known(false) }).id),
    finds: ["u"],
    says: "a password alone",
  },
  {
    name: "a password with MFA is fine",
    given: (g) => void g.credential("console-password", "p", g.user("u").id),
    finds: [],
  },
  {
    name: "no password, no need for MFA",
    given: (g) => void g.credential("access-key", "k", g.user("u", { secondFactor: known(false) }).id),
    finds: [],
    examined: 0,
  },
  {
    name: "unknown is undecided, not missing",
    given: (g) => void g.credential("console-password", "p", g.user("u", { secondFactor: unknown("refused") }).id),
    finds: [],
    undecided: 1,
  },
]);
