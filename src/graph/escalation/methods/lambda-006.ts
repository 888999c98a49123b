import type { EscalationMethod } from "../method.ts";

/** A new function that runs as the role, opened to a caller elsewhere. */
export const lambda006: EscalationMethod = {
  id: "lambda-006",
  name: "creates a Lambda function with the role and lets another principal invoke it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "lambda.amazonaws.com" } },
    { action: "lambda:CreateFunction", on: "somewhere" },
    { action: "lambda:AddPermission", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["lambda.amazonaws.com"] },
  gains: "becomes-target",
};
