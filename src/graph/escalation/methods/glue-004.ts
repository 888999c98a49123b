import type { EscalationMethod } from "../method.ts";

/** A new job whose script a trigger runs as the role. */
export const glue004: EscalationMethod = {
  id: "glue-004",
  name: "creates a Glue job with the role and a trigger that starts it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:CreateJob", on: "somewhere" },
    { action: "glue:CreateTrigger", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
};
