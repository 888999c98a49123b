import { escalationToAdmin } from "../../../src/analyse/rules/escalation-to-admin.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { allow, checkRule, deny, document, type Given } from "../given.ts";

const EVERYTHING = document(allow("*"));
const OWN_POLICY = document(allow("iam:PutUserPolicy", { Resource: "arn:aws:iam::111122223333:user/${aws:username}" }));
const trusting = (principal: object, more: object = {}) => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  ...more,
});
/** A role with administration that trusts somebody of the tenant by name. */
function openAdmin(g: Given, user: Principal, more: object = {}): Principal {
  const role = g.role("admin-role", {}, trusting({ AWS: user.locator }, more));
  g.attach(role, "everything", EVERYTHING);
  g.trusted(role, user.id);
  return role;
}

checkRule(escalationToAdmin, [
  {
    name: "who may write policies for himself is found, with what he would do",
    given: (g) => void g.inline(g.user("ana"), "own", OWN_POLICY),
    finds: ["ana"],
    says: "`ana` can become administrator: writes an inline policy on its own user",
  },
  {
    name: "steps follow one another, and each names whom it leads to",
    given: (g) => {
      const ana = g.user("ana");
      const builder = g.role("builder", {}, trusting({ AWS: ana.locator }));
      g.trusted(builder, ana.id);
      const target = g.user("kim");
      g.join(target, g.group("administrators"));
      g.attach(
        g.records.principals.find(({ displayName }) => displayName === "administrators") ?? target,
        "everything",
        EVERYTHING,
      );
      g.inline(builder, "keys", document(allow("iam:CreateAccessKey", { Resource: target.locator })));
    },
    finds: ["ana", "builder"],
    says: "`ana` can become administrator: assumes the role `builder`, then creates an access key for the user `kim` (in group `administrators`)",
  },
  {
    name: "the group that the first step is taken with stands behind the name",
    given: (g) => {
      const group = g.group("helpers");
      g.inline(group, "own", OWN_POLICY);
      g.join(g.user("ana"), group);
    },
    finds: ["ana"],
    says: "`ana` (in group `helpers`) can become administrator: writes",
  },
  {
    name: "who is administrator needs no way to it",
    given: (g) => {
      const ana = g.user("ana");
      g.attach(ana, "everything", EVERYTHING);
      g.inline(ana, "own", OWN_POLICY);
    },
    finds: [],
  },
  {
    name: "a boundary without IAM cuts the way",
    given: (g) => {
      const ana = g.user("ana");
      g.inline(ana, "own", OWN_POLICY);
      g.bounded(ana, document(allow("s3:*")));
    },
    finds: [],
  },
  {
    name: "an explicit denial in another policy cuts it",
    given: (g) => {
      const ana = g.user("ana");
      g.inline(ana, "own", OWN_POLICY);
      g.inline(ana, "not", document(deny("iam:Put*")));
    },
    finds: [],
  },
  {
    name: "a role that trusts somebody else is not reached by a policy that allows to assume it",
    given: (g) => {
      const role = g.role("admin-role");
      g.attach(role, "everything", EVERYTHING);
      g.inline(g.user("ana"), "assume", document(allow("sts:AssumeRole")));
    },
    finds: [],
  },
  {
    name: "a way under a condition is another finding",
    given: (g) => void openAdmin(g, g.user("ana"), { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    finds: [],
  },
  {
    name: "a role whose policy was not read may become anything, and so may whoever assumes it: nobody knows of both",
    given: (g) => {
      const ana = g.user("ana");
      const role = g.role("unread-role", {}, trusting({ AWS: ana.locator }));
      g.trusted(role, ana.id);
      g.attach(role, "not-read", null);
    },
    finds: [],
    undecided: 2,
  },
  {
    name: "who may join the administrators is found, and the group is named",
    given: (g) => {
      g.attach(g.group("administrators"), "everything", EVERYTHING);
      g.inline(g.user("ana"), "join", document(allow("iam:AddUserToGroup")));
    },
    finds: ["ana"],
    says: "`ana` can become administrator: adds itself to the group `administrators`",
  },
  {
    name: "what AWS itself governs is left alone",
    given: (g) => {
      g.inline(
        g.role("AWSReservedSSO_x", { attributes: { reserved: true } }),
        "all",
        document(allow("iam:PutRolePolicy")),
      );
    },
    finds: [],
    examined: 0,
  },
  {
    name: "a foreign tenant that an administrator's role trusts is found, and the vendor is named where one is known",
    given: (g) => {
      const role = g.role("vendor", {}, trusting({ AWS: "arn:aws:iam::464622532012:root" }));
      g.attach(role, "everything", EVERYTHING);
      g.trusted(role, g.foreignTenant("464622532012").id);
    },
    finds: ["tenant 464622532012"],
    says: "tenant `464622532012` (Datadog) can become administrator of sample-production: assumes the role `vendor`",
  },
  {
    name: "what runs as an administrator is reached by whoever may change what it runs",
    given: (g) => {
      const role = g.role("reporter", {}, trusting({ Service: "lambda.amazonaws.com" }));
      g.trusted(role, g.service("lambda").id);
      g.attach(role, "everything", EVERYTHING);
      g.awsResource("lambda:eu-west-1:111122223333:function:report", "none", {
        type: "lambda:function",
        runsAs: role.locator,
      });
      g.inline(g.user("ana"), "code", document(allow("lambda:UpdateFunctionCode")));
      g.inline(g.user("kim"), "code", document(allow("lambda:UpdateFunctionCode", { Resource: "*:function:other" })));
    },
    finds: ["ana"],
    says: "replaces the code of a Lambda function with the role `reporter`",
  },
]);
