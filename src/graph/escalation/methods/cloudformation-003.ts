import type { EscalationMethod } from "../method.ts";

/** A new stack set whose administration role is the role; it acts through the execution roles that trust it. */
export const cloudformation003: EscalationMethod = {
  id: "cloudformation-003",
  name: "creates a CloudFormation stack set with the role and deploys it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
    { action: "cloudformation:CreateStackSet", on: "somewhere" },
    { action: "cloudformation:CreateStackInstances", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["cloudformation.amazonaws.com"] },
  gains: "becomes-target",
  note: "what is built is limited to the execution roles that trust the role",
};
