import type { EscalationMethod } from "../method.ts";

/** A new group of machines with the role, running what the actor puts into their user data. */
export const lwAutoscalingCreateGroup: EscalationMethod = {
  id: "lw-autoscaling-create-group",
  name: "creates an Auto Scaling group that launches instances with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "autoscaling:CreateLaunchConfiguration", on: "somewhere" },
    { action: "autoscaling:CreateAutoScalingGroup", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile; tenants new since October 2024 have no launch configurations",
};
