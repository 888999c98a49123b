import type { EscalationMethod } from "../method.ts";

/** A new automation document whose steps call AWS as the role. */
export const ssm003: EscalationMethod = {
  id: "ssm-003",
  name: "creates a Systems Manager automation and starts it with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ssm.amazonaws.com" } },
    { action: "ssm:CreateDocument", on: "somewhere" },
    { action: "ssm:StartAutomationExecution", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ssm.amazonaws.com"] },
  gains: "becomes-target",
};
