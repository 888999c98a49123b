import type { EscalationMethod } from "../method.ts";

/** A notebook instance that has the role, opened by the actor. */
export const sagemaker004: EscalationMethod = {
  id: "sagemaker-004",
  name: "opens a SageMaker notebook instance with the role",
  category: "existing-resource",
  permissions: [{ action: "sagemaker:CreatePresignedNotebookInstanceUrl", on: "reached-through" }],
  target: { kind: "role", runsOn: ["sagemaker:notebook-instance"] },
  gains: "becomes-target",
};
