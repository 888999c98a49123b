import type { EscalationMethod } from "../method.ts";

/** A role on an instance that had none. */
export const lwEc2AssociateInstanceProfile: EscalationMethod = {
  id: "lw-ec2-associate-instance-profile",
  name: "gives an EC2 instance without a role the role",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "ec2:AssociateIamInstanceProfile", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile, and the actor has to be able to run code on the instance",
};
