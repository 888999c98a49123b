import { accessWithoutApproval } from "../../../src/analyse/rules/access-without-approval.ts";
import { checkRule, allow, document } from "../given.ts";

checkRule(accessWithoutApproval, [
  {
    name: "an administrator without approval is found",
    given: (g) => void g.attach(g.user("u"), "Admin", document(allow("*"))),
    finds: ["u"],
    says: "no approval is on record",
  },
  {
    name: "an approval is enough",
    given: (g) => {
      g.attach(g.user("u"), "Admin", document(allow("*")));
      g.approved("aws", "u", "policy Admin");
    },
    finds: [],
  },
  {
    name: "an approval of the group covers its members",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Admin", document(allow("*")));
      g.join(g.user("u"), team);
      g.approved("aws", "team", "policy Admin");
    },
    finds: [],
  },
  {
    name: "ordinary access needs none",
    given: (g) => void g.attach(g.user("u"), "Read", document(allow("s3:Get*"))),
    finds: [],
    examined: 0,
  },
  {
    name: "an organization owner without approval is found",
    given: (g) => void g.organizationRole(g.member("m"), "owner"),
    finds: ["m"],
  },
  {
    name: "writing to a repository directly needs one",
    given: (g) => void g.onRepository("collaboration", g.member("m").id, g.repository("web"), "write"),
    finds: ["m"],
  },
  {
    name: "reading does not",
    given: (g) => void g.onRepository("collaboration", g.member("m").id, g.repository("web"), "read"),
    finds: [],
  },
  {
    name: "a policy that could not be read may be privileged: undecided",
    given: (g) => void g.attach(g.user("u"), "Hidden", null),
    finds: [],
    undecided: 1,
  },
]);
