import type { EscalationMethod } from "../method.ts";

/** A new stack that CloudFormation builds as the role. */
export const cloudformation001: EscalationMethod = {
  id: "cloudformation-001",
  name: "creates a CloudFormation stack with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
    { action: "cloudformation:CreateStack", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["cloudformation.amazonaws.com"] },
  gains: "becomes-target",
};
