import { membersCreatePublicRepositories } from "../../../src/analyse/rules/members-create-public-repositories.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(membersCreatePublicRepositories, [
  {
    name: "members who may publish repositories are found",
    given: (g) => organizationIs(g, { membersCanCreatePublicRepositories: true }),
    finds: ["sample"],
    says: "create public repositories",
  },
  {
    name: "owners alone may do it",
    given: (g) => organizationIs(g, { membersCanCreatePublicRepositories: false }),
    finds: [],
    examined: 1,
  },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { membersCanCreatePublicRepositories: null }),
    finds: [],
    undecided: 1,
  },
  { name: "a setting that was not read is undecided", given: () => undefined, finds: [], undecided: 1 },
]);
