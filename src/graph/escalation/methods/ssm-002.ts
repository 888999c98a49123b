import type { EscalationMethod } from "../method.ts";

/** A command on a machine that has the role; the policy has to allow a document such as `AWS-RunShellScript` too. */
export const ssm002: EscalationMethod = {
  id: "ssm-002",
  name: "runs a command through Systems Manager on a machine with the role",
  category: "existing-resource",
  permissions: [{ action: "ssm:SendCommand", on: "reached-through" }],
  target: { kind: "role", runsOn: ["ec2:instance", "ssm:managed-instance"] },
  gains: "becomes-target",
  note: "the machine has to run the SSM agent, and a document that runs commands has to be allowed as well",
};
