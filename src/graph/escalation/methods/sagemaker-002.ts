import type { EscalationMethod } from "../method.ts";

/** A new training job whose container runs as the role. */
export const sagemaker002: EscalationMethod = {
  id: "sagemaker-002",
  name: "starts a SageMaker training job with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    { action: "sagemaker:CreateTrainingJob", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["sagemaker.amazonaws.com"] },
  gains: "becomes-target",
};
