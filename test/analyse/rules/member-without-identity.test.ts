import { memberWithoutIdentity } from "../../../src/analyse/rules/member-without-identity.ts";
import { checkRule, type Given } from "../given.ts";

const member = (g: Given, name: string, ssoLinked?: boolean, nativeType = "organization-member") =>
  g.member(name, { nativeType, attributes: ssoLinked === undefined ? {} : { ssoLinked } });

checkRule(memberWithoutIdentity, [
  {
    name: "a member whom no identity is linked to is found",
    given: (g) => void member(g, "m", false),
    finds: ["m"],
    says: "member `m` has no identity",
  },
  { name: "one with an identity is fine", given: (g) => void member(g, "m", true), finds: [], examined: 1 },
  { name: "identities that were not read are undecided", given: (g) => void member(g, "m"), finds: [], undecided: 1 },
  {
    name: "an outside collaborator signs in elsewhere",
    given: (g) => void member(g, "o", false, "outside-collaborator"),
    finds: [],
    examined: 0,
  },
]);
