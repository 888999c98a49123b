import type { EscalationMethod } from "../method.ts";

/** The user data of an instance that has the role, replaced while it is stopped. */
export const ec2002: EscalationMethod = {
  id: "ec2-002",
  name: "replaces the user data of an EC2 instance with the role",
  category: "existing-resource",
  permissions: [
    { action: "ec2:StopInstances", on: "reached-through" },
    { action: "ec2:ModifyInstanceAttribute", on: "reached-through" },
    { action: "ec2:StartInstances", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["ec2:instance"] },
  gains: "becomes-target",
  note: "the instance has to be stopped and started",
};
