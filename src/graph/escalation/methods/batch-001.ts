import type { EscalationMethod } from "../method.ts";

/** A new job definition that runs as the role in an existing queue. */
export const batch001: EscalationMethod = {
  id: "batch-001",
  name: "registers a Batch job definition with the role and submits a job",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "batch:RegisterJobDefinition", on: "somewhere" },
    { action: "batch:SubmitJob", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a job queue has to exist",
};
