import { secondFactorBySms } from "../../../src/analyse/rules/second-factor-by-sms.ts";
import { checkRule, type Given } from "../given.ts";

const member = (g: Given, name: string, secondFactorInsecure?: boolean, nativeType = "organization-member") =>
  g.member(name, {
    nativeType,
    attributes: secondFactorInsecure === undefined ? {} : { secondFactorInsecure },
  });

checkRule(secondFactorBySms, [
  {
    name: "a member with an SMS is found",
    given: (g) => void member(g, "m", true),
    finds: ["m"],
    says: "member `m` has an SMS",
  },
  {
    name: "an outside collaborator with an SMS is found",
    given: (g) => void member(g, "o", true, "outside-collaborator"),
    finds: ["o"],
    says: "outside collaborator `o`",
  },
  { name: "a better factor is fine", given: (g) => void member(g, "m", false), finds: [], examined: 1 },
  { name: "a list that was not read is undecided", given: (g) => void member(g, "m"), finds: [], undecided: 1 },
  {
    name: "who was only invited has no factor yet",
    given: (g) => void member(g, "i", undefined, "invited"),
    finds: [],
    examined: 0,
  },
]);
