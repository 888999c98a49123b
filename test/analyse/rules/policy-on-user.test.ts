import { policyOnUser } from "../../../src/analyse/rules/policy-on-user.ts";
import { checkRule, allow, document } from "../given.ts";

checkRule(policyOnUser, [
  {
    name: "an attached policy is found",
    given: (g) => void g.attach(g.user("u"), "Read", document(allow("s3:Get*"))),
    finds: ["u"],
    says: "a policy of its own: policy Read",
  },
  {
    name: "several policies are one finding",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "Read", document(allow("s3:Get*")));
      g.inline(u, "more", document(allow("s3:List*")));
    },
    finds: ["u"],
    says: "2 policies",
  },
  {
    name: "access through a group is fine",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Read", document(allow("s3:Get*")));
      g.join(g.user("u"), team);
    },
    finds: [],
  },
  {
    name: "policies of roles are fine",
    given: (g) => void g.attach(g.role("r"), "Read", document(allow("s3:Get*"))),
    finds: [],
    examined: 0,
  },
]);
