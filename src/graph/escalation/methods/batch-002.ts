import type { EscalationMethod } from "../method.ts";

/** A job definition that has the role, submitted with another command. */
export const batch002: EscalationMethod = {
  id: "batch-002",
  name: "submits a Batch job with the role and a command of its own",
  category: "existing-resource",
  permissions: [{ action: "batch:SubmitJob", on: "reached-through" }],
  target: { kind: "role", runsOn: ["batch:job-definition", "batch:job-definition-revision"] },
  gains: "becomes-target",
  note: "the image has to contain what the command needs",
};
