import type { EscalationMethod } from "../method.ts";

/** A new notebook instance in which the actor works as the role. */
export const sagemaker001: EscalationMethod = {
  id: "sagemaker-001",
  name: "creates a SageMaker notebook instance with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    { action: "sagemaker:CreateNotebookInstance", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["sagemaker.amazonaws.com"] },
  gains: "becomes-target",
  note: "the actor opens it by console, presigned address or lifecycle configuration",
};
