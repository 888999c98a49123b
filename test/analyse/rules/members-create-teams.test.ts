import { membersCreateTeams } from "../../../src/analyse/rules/members-create-teams.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(membersCreateTeams, [
  {
    name: "members who may make teams are found",
    given: (g) => organizationIs(g, { membersCanCreateTeams: true }),
    finds: ["sample"],
    says: "create teams",
  },
  {
    name: "owners alone may do it",
    given: (g) => organizationIs(g, { membersCanCreateTeams: false }),
    finds: [],
    examined: 1,
  },
  {
    name: "a setting that GitHub did not show is undecided",
    given: (g) => organizationIs(g, { membersCanCreateTeams: null }),
    finds: [],
    undecided: 1,
  },
  { name: "a setting that was not read is undecided", given: () => undefined, finds: [], undecided: 1 },
]);
