import type { EscalationMethod } from "../method.ts";

/** A new processing job whose container runs as the role. */
export const sagemaker003: EscalationMethod = {
  id: "sagemaker-003",
  name: "starts a SageMaker processing job with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    { action: "sagemaker:CreateProcessingJob", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["sagemaker.amazonaws.com"] },
  gains: "becomes-target",
};
