import type { EscalationMethod } from "../method.ts";

/** An SSH session on an instance that has the role. */
export const ec2instanceconnect003: EscalationMethod = {
  id: "ec2instanceconnect-003",
  name: "sends an SSH key to an EC2 instance with the role and signs in",
  category: "existing-resource",
  permissions: [{ action: "ec2-instance-connect:SendSSHPublicKey", on: "reached-through" }],
  target: { kind: "role", runsOn: ["ec2:instance"] },
  gains: "becomes-target",
  note: "the instance has to run EC2 Instance Connect and to be reachable by SSH",
};
