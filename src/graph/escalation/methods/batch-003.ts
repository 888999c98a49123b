import type { EscalationMethod } from "../method.ts";

/** A new job definition that runs as the role, with queue and computers of the actor's making. */
export const batch003: EscalationMethod = {
  id: "batch-003",
  name: "builds a Batch queue, registers a job definition with the role and submits a job",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "batch:CreateComputeEnvironment", on: "somewhere" },
    { action: "batch:CreateJobQueue", on: "somewhere" },
    { action: "batch:RegisterJobDefinition", on: "somewhere" },
    { action: "batch:SubmitJob", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
};
