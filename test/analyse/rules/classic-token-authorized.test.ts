import { classicTokenAuthorized } from "../../../src/analyse/rules/classic-token-authorized.ts";
import { checkRule, type Given } from "../given.ts";

const authorized = (g: Given, attributes: Readonly<Record<string, string | null>>): void =>
  void g.credential("single-sign-on-authorization", "…1234", g.member("robin-sample").id, { attributes });

checkRule(classicTokenAuthorized, [
  {
    name: "a classic token is found, with the scopes that change things",
    given: (g) => authorized(g, { type: "personal access token", scopes: "read:org, repo:status, repo, admin:org" }),
    finds: ["…1234"],
    says: "classic token `…1234` of `robin-sample` is authorized with repo, admin:org",
  },
  {
    name: "one that only reads is found too",
    given: (g) => authorized(g, { type: "personal access token", scopes: "read:org, repo:status" }),
    finds: ["…1234"],
    says: "is authorized",
  },
  { name: "an SSH key is no token", given: (g) => authorized(g, { type: "SSH key" }), finds: [], examined: 1 },
  {
    name: "an authorization that was taken back is fine",
    given: (g) =>
      void g.credential("single-sign-on-authorization", "…1234", g.member("robin-sample").id, {
        status: { known: true, value: "inactive" },
        attributes: { type: "personal access token" },
      }),
    finds: [],
    examined: 0,
  },
  { name: "one of unknown type is undecided", given: (g) => authorized(g, { type: null }), finds: [], undecided: 1 },
]);
