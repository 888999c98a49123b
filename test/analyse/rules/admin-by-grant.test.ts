import { adminByGrant } from "../../../src/analyse/rules/admin-by-grant.ts";
import { checkRule, allow, deny, document } from "../given.ts";

checkRule(adminByGrant, [
  {
    name: "through a group it is found with its path",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Admin", document(allow("*")));
      g.join(g.user("u"), team);
    },
    finds: ["u"],
    says: "through `team`",
  },
  {
    name: "all of IAM by an own policy is found",
    given: (g) => void g.attach(g.user("u"), "IamAll", document(allow("iam:*"))),
    finds: ["u"],
    says: "all of IAM",
  },
  {
    name: "everything but S3 leaves all of IAM",
    given: (g) => void g.attach(g.user("u"), "Not", document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" })),
    finds: ["u"],
  },
  {
    name: "everything but IAM is no administrator",
    given: (g) => void g.attach(g.user("u"), "Not", document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })),
    finds: [],
  },
  {
    name: "what is attached directly is another rule's",
    given: (g) => void g.attach(g.user("u"), "Admin", document(allow("*"))),
    finds: [],
  },
  {
    name: "reading IAM is fine",
    given: (g) => void g.attach(g.user("u"), "IamRead", document(allow(["iam:Get*", "iam:List*"]))),
    finds: [],
  },
  {
    name: "a deny the member holds itself takes the group's grant away",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Admin", document(allow("*")));
      const u = g.user("u");
      g.join(u, team);
      g.inline(u, "no", document(deny("iam:*")));
    },
    finds: [],
  },
  {
    name: "a boundary that could not be read leaves the question open instead of answering it",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Admin", document(allow("*")));
      const u = g.user("u");
      g.join(u, team);
      g.bounded(u, null);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "a policy that could not be read, through a group or own, is undecided and not clean",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Hidden", null);
      g.join(g.user("u"), team);
      g.inline(g.role("r"), "broken", "{");
      g.attach(g.user("v"), "S3", document(allow("s3:*")));
    },
    finds: [],
    undecided: 2,
  },
  {
    name: "whoever administers by a grant that was read is no open question because of another",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "IamAll", document(allow("iam:*")));
      g.bounded(g.user("v"), null);
    },
    finds: ["u"],
    undecided: 0,
  },
]);
