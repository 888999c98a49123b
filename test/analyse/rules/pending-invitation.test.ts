import { pendingInvitation } from "../../../src/analyse/rules/pending-invitation.ts";
import { known } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(pendingInvitation, [
  {
    name: "a week is still fine",
    given: (g) => void g.organizationRole(g.invited("i"), "member", "invitation", { grantedAt: known(daysAgo(7)) }),
    finds: [],
  },
  {
    name: "beyond a week is found",
    given: (g) => void g.organizationRole(g.invited("i"), "member", "invitation", { grantedAt: known(daysAgo(8)) }),
    finds: ["i"],
    says: "pending for 8 days",
  },
  {
    name: "an unknown date is undecided",
    given: (g) => void g.organizationRole(g.invited("i"), "member", "invitation"),
    finds: [],
    undecided: 1,
  },
  {
    name: "members are no invitations",
    given: (g) => void g.organizationRole(g.member("m"), "member"),
    finds: [],
    examined: 0,
  },
]);
