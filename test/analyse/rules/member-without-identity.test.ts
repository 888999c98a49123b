import { memberWithoutIdentity } from "../../../src/analyse/rules/member-without-identity.ts";
import { checkRule, type Given } from "../given.ts";

const member = (g: Given, name: string, ssoLinked?: boolean, nativeType = "organization-member", more = {}) =>
  g.member(name, { nativeType, attributes: { ...(ssoLinked === undefined ? {} : { ssoLinked }), ...more } });

checkRule(memberWithoutIdentity, [
  {
    name: "a member whom no identity is linked to is found",
    given: (g) => void member(g, "m", false),
    finds: ["m"],
    says: "member `m` has no identity",
  },
  {
    name: "one whose identity is suspended is found",
    given: (g) => void member(g, "m", true, undefined, { scimActive: false }),
    finds: ["m"],
    says: "suspended at the identity provider",
  },
  {
    name: "one whose identity is active is fine",
    given: (g) => void member(g, "m", true, undefined, { scimActive: true }),
    finds: [],
    examined: 1,
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
