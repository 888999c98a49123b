import type { EscalationMethod } from "../method.ts";

/** A start-up script of the actor's on a notebook instance that has the role. */
export const sagemaker005: EscalationMethod = {
  id: "sagemaker-005",
  name: "gives a SageMaker notebook instance with the role a start-up script",
  category: "existing-resource",
  permissions: [
    { action: "sagemaker:CreateNotebookInstanceLifecycleConfig", on: "somewhere" },
    { action: "sagemaker:StopNotebookInstance", on: "reached-through" },
    { action: "sagemaker:UpdateNotebookInstance", on: "reached-through" },
    { action: "sagemaker:StartNotebookInstance", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["sagemaker:notebook-instance"] },
  gains: "becomes-target",
  note: "the notebook instance has to be stopped and started",
};
