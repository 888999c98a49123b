import type { EscalationMethod } from "../method.ts";

/** A new function that runs as the role, called by a stream or queue. */
export const lambda002: EscalationMethod = {
  id: "lambda-002",
  name: "creates a Lambda function with the role and an event source that invokes it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "lambda.amazonaws.com" } },
    { action: "lambda:CreateFunction", on: "somewhere" },
    { action: "lambda:CreateEventSourceMapping", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["lambda.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role has to read the stream or queue, into which something must be written",
};
