import { wideBasePermission } from "../../../src/analyse/rules/wide-base-permission.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(wideBasePermission, [
  {
    name: "write for everybody is found",
    given: (g) => organizationIs(g, { defaultRepositoryPermission: "write" }),
    finds: ["sample"],
    says: "has write on every repository",
  },
  {
    name: "read is what CIS allows",
    given: (g) => organizationIs(g, { defaultRepositoryPermission: "read" }),
    finds: [],
    examined: 1,
  },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { defaultRepositoryPermission: null }),
    finds: [],
    undecided: 1,
  },
  { name: "a setting that was not read is undecided", given: () => undefined, finds: [], undecided: 1 },
]);
