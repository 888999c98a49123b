import type { EscalationMethod } from "../method.ts";

/** A new spot instance with the role, running what the actor puts into its user data. */
export const ec2003: EscalationMethod = {
  id: "ec2-003",
  name: "requests an EC2 spot instance with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "ec2:RequestSpotInstances", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile",
};
