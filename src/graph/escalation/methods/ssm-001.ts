import type { EscalationMethod } from "../method.ts";

/** A shell on a machine or in a task that has the role. */
export const ssm001: EscalationMethod = {
  id: "ssm-001",
  name: "starts a Systems Manager session on a machine with the role",
  category: "existing-resource",
  permissions: [{ action: "ssm:StartSession", on: "reached-through" }],
  target: { kind: "role", runsOn: ["ec2:instance", "ecs:task", "ssm:managed-instance"] },
  gains: "becomes-target",
  note: "the machine has to run the SSM agent and be registered",
};
