import type { EscalationMethod } from "../method.ts";

/** A new function that runs as a role the actor may pass, called by the actor. */
export const lambda001: EscalationMethod = {
  id: "lambda-001",
  name: "creates a Lambda function with the role and invokes it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "lambda.amazonaws.com" } },
    { action: "lambda:CreateFunction", on: "somewhere" },
    { action: "lambda:InvokeFunction", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["lambda.amazonaws.com"] },
  gains: "becomes-target",
};
