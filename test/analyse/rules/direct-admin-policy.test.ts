import { directAdminPolicy } from "../../../src/analyse/rules/direct-admin-policy.ts";
import { checkRule, allow, deny, document } from "../given.ts";

checkRule(directAdminPolicy, [
  {
    name: "everything on everything attached to a user is found",
    given: (g) => void g.attach(g.user("u"), "Admin", document(allow("*"))),
    finds: ["u"],
    says: "policy Admin",
  },
  {
    name: "the same inline is found",
    given: (g) => void g.inline(g.role("r"), "all", document(allow("*:*"))),
    finds: ["r"],
  },
  {
    name: "through a group it is another rule's",
    given: (g) => {
      const team = g.group("team");
      g.attach(team, "Admin", document(allow("*")));
      g.join(g.user("u"), team);
    },
    finds: [],
  },
  {
    name: "an explicit deny of IAM takes it away",
    given: (g) => void g.attach(g.user("u"), "Most", document(allow("*"), deny("iam:*"))),
    finds: [],
  },
  {
    name: "a deny of everything in another policy takes it away",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "Admin", document(allow("*")));
      g.inline(u, "none", document(deny("*")));
    },
    finds: [],
  },
  {
    name: "a deny of one service leaves an administrator",
    given: (g) => void g.attach(g.user("u"), "Most", document(allow("*"), deny("s3:*"))),
    finds: ["u"],
  },
  {
    name: "a boundary that allows less takes it away",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "Admin", document(allow("*")));
      g.bounded(u, document(allow("s3:*")));
    },
    finds: [],
  },
  {
    name: "a boundary that could not be read leaves it in doubt, and says so",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "Admin", document(allow("*")));
      g.bounded(u, null);
    },
    finds: ["u"],
    says: "unless what could not be read takes it away: boundary `boundary-of-u`: the policy was not read",
  },
  {
    name: "a condition is named",
    given: (g) =>
      void g.attach(
        g.user("u"),
        "Admin",
        document(allow("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
      ),
    finds: ["u"],
    says: "under a condition on `aws:MultiFactorAuthPresent`",
  },
  {
    name: "all of one service is no administrator",
    given: (g) => void g.attach(g.user("u"), "S3", document(allow("s3:*"))),
    finds: [],
  },
  {
    name: "everything on one bucket is no administrator",
    given: (g) => void g.attach(g.user("u"), "Bucket", document(allow("*", { Resource: "arn:aws:s3:::sample" }))),
    finds: [],
  },
  {
    name: "everything but one service is all of IAM, which is another rule's",
    given: (g) => void g.attach(g.user("u"), "Not", document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" })),
    finds: [],
  },
  {
    name: "who is found is not undecided as well because of another policy",
    given: (g) => {
      const u = g.user("u");
      g.attach(u, "Admin", document(allow("*")));
      g.attach(u, "Hidden", null);
    },
    finds: ["u"],
    undecided: 0,
  },
  {
    name: "a policy that is attached but could not be read is undecided, through a group it is another rule's",
    given: (g) => {
      g.attach(g.user("u"), "Hidden", null);
      const team = g.group("team");
      g.attach(team, "Hidden", null);
      g.join(g.user("v"), team);
    },
    finds: [],
    undecided: 1,
  },
]);
