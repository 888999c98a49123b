import { memberWithoutSecondFactor } from "../../../src/analyse/rules/member-without-second-factor.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(memberWithoutSecondFactor, [
  {
    name: "a member without one is found",
    given: (g) => void g.member("m", { secondFactor: known(false) }),
    finds: ["m"],
    says: "member",
  },
  {
    name: "an outside collaborator without one is found",
    given: (g) => void g.outsider("o", { secondFactor: known(false) }),
    finds: ["o"],
    says: "outside collaborator",
  },
  { name: "with one it is fine", given: (g) => void g.member("m"), finds: [] },
  {
    name: "what only owners may see is undecided",
    given: (g) => void g.member("m", { secondFactor: unknown("owners only") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "AWS users are not meant",
    given: (g) => void g.user("u", { secondFactor: known(false) }),
    finds: [],
    examined: 0,
  },
]);
