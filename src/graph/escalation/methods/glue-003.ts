import type { EscalationMethod } from "../method.ts";

/** A new job whose script runs as the role. */
export const glue003: EscalationMethod = {
  id: "glue-003",
  name: "creates a Glue job with the role and starts it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:CreateJob", on: "somewhere" },
    { action: "glue:StartJobRun", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
};
