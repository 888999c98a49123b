import type { EscalationMethod } from "../method.ts";

/** A new instance with the role, running what the actor puts into its user data. */
export const ec2001: EscalationMethod = {
  id: "ec2-001",
  name: "launches an EC2 instance with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "ec2:RunInstances", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile",
};
