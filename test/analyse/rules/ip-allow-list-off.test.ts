import { ipAllowListOff } from "../../../src/analyse/rules/ip-allow-list-off.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(ipAllowListOff, [
  {
    name: "a list that is off is found",
    given: (g) => organizationIs(g, { ipAllowListEnabled: false }),
    finds: ["sample"],
    says: "from any address",
  },
  {
    name: "one that is on is fine",
    given: (g) => organizationIs(g, { ipAllowListEnabled: true }),
    finds: [],
    examined: 1,
  },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { ipAllowListEnabled: null }),
    finds: [],
    undecided: 1,
  },
  { name: "a setting that was not read is undecided", given: () => undefined, finds: [], undecided: 1 },
]);
