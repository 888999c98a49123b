import type { EscalationMethod } from "../method.ts";

/** An existing job with another script and the role: the role has to be passed at every update. */
export const glue005: EscalationMethod = {
  id: "glue-005",
  name: "gives a Glue job another script and the role and starts it",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:UpdateJob", on: "somewhere" },
    { action: "glue:StartJobRun", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
  note: "a job has to exist",
};
