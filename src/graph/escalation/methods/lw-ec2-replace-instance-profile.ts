import type { EscalationMethod } from "../method.ts";

/** A role on an instance in the place of another. */
export const lwEc2ReplaceInstanceProfile: EscalationMethod = {
  id: "lw-ec2-replace-instance-profile",
  name: "replaces the role of an EC2 instance by the role",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "ec2:ReplaceIamInstanceProfileAssociation", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile, and the actor has to be able to run code on the instance",
};
