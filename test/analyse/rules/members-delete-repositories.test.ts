import { membersDeleteRepositories } from "../../../src/analyse/rules/members-delete-repositories.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(membersDeleteRepositories, [
  {
    name: "members who may delete repositories are found",
    given: (g) => organizationIs(g, { membersCanDeleteRepositories: true }),
    finds: ["sample"],
    says: "may delete it",
  },
  {
    name: "owners alone may do it",
    given: (g) => organizationIs(g, { membersCanDeleteRepositories: false }),
    finds: [],
    examined: 1,
  },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { membersCanDeleteRepositories: null }),
    finds: [],
    undecided: 1,
  },
]);
