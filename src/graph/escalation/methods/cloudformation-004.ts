import type { EscalationMethod } from "../method.ts";

/**
 * A stack set with another template, and the role as its administration role; it acts through the execution roles
 * that trust it.
 */
export const cloudformation004: EscalationMethod = {
  id: "cloudformation-004",
  name: "gives a CloudFormation stack set another template and the role",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
    { action: "cloudformation:UpdateStackSet", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["cloudformation.amazonaws.com"] },
  gains: "becomes-target",
  note: "a stack set has to exist; what is built is limited to the execution roles that trust the role",
};
