import { organizationNotVerified } from "../../../src/analyse/rules/organization-not-verified.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(organizationNotVerified, [
  {
    name: "an organization without a verified domain is found",
    given: (g) => organizationIs(g, { verified: false }),
    finds: ["sample"],
    says: "no verified domain",
  },
  { name: "a verified one is fine", given: (g) => organizationIs(g, { verified: true }), finds: [], examined: 1 },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { verified: null }),
    finds: [],
    undecided: 1,
  },
  { name: "a setting that was not read is undecided", given: () => undefined, finds: [], undecided: 1 },
]);
