import type { EscalationMethod } from "../method.ts";

/** An existing job with another script and the role, started by a trigger. */
export const glue006: EscalationMethod = {
  id: "glue-006",
  name: "gives a Glue job another script and the role and creates a trigger that starts it",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:UpdateJob", on: "somewhere" },
    { action: "glue:CreateTrigger", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
  note: "a job has to exist",
};
