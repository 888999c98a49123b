import { conditionalEscalationToAdmin } from "../../../src/analyse/rules/conditional-escalation-to-admin.ts";
import { allow, checkRule, document, type Given } from "../given.ts";

const MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const OFFICE = { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
const own = (more: object = {}): string => document(allow("iam:PutUserPolicy", more));

/** A role with administration whose trust names the user, under a condition. */
function openAdmin(g: Given, condition: object): void {
  const ana = g.user("ana");
  const role = g.role(
    "admin-role",
    {},
    { Effect: "Allow", Principal: { AWS: ana.locator }, Action: "sts:AssumeRole", ...condition },
  );
  g.attach(role, "everything", document(allow("*")));
  g.trusted(role, ana.id);
}

checkRule(conditionalEscalationToAdmin, [
  {
    name: "a way with a second factor is found, and the condition is named",
    given: (g) => openAdmin(g, MFA),
    finds: ["ana"],
    says: "assumes the role `admin-role`, under a condition on `aws:MultiFactorAuthPresent`",
  },
  {
    name: "a way from the office is found as well",
    given: (g) => void g.inline(g.user("ana"), "own", own(OFFICE)),
    finds: ["ana"],
    says: "on its own user, under a condition on `aws:SourceIp`",
  },
  {
    name: "where another way is free the finding is that one",
    given: (g) => {
      openAdmin(g, MFA);
      const ana = g.records.principals.find(({ displayName }) => displayName === "ana") ?? g.user("ana");
      g.inline(ana, "own", own());
    },
    finds: [],
  },
  {
    name: "who is administrator under a condition is told as that",
    given: (g) => {
      const ana = g.user("ana");
      g.inline(ana, "break-glass", document(allow("*", MFA)));
      g.inline(ana, "own", own(OFFICE));
    },
    finds: [],
  },
  {
    name: "a condition that is never met is no way",
    given: (g) =>
      openAdmin(g, { Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/kim" } } }),
    finds: [],
    examined: 2,
  },
  {
    name: "what was not read is not a condition",
    given: (g) => {
      const ana = g.user("ana");
      g.inline(ana, "own", own(OFFICE));
      g.attach(ana, "not-read", null);
    },
    finds: [],
  },
]);
