import type { EscalationMethod } from "../method.ts";

/** A new HealthOmics workflow whose tasks run as the role. */
export const omics001: EscalationMethod = {
  id: "omics-001",
  name: "creates a HealthOmics workflow and starts a run with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "omics.amazonaws.com" } },
    { action: "omics:CreateWorkflow", on: "somewhere" },
    { action: "omics:StartRun", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["omics.amazonaws.com"] },
  gains: "becomes-target",
  note: "tasks reach S3 only, so the role has to write where the actor reads; an image in a private ECR repository is needed",
};
