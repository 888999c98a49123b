import type { EscalationMethod } from "../method.ts";

/** A launch configuration with the role for a group of machines that exists. */
export const lwAutoscalingUpdateGroup: EscalationMethod = {
  id: "lw-autoscaling-update-group",
  name: "makes an Auto Scaling group launch instances with the role",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "autoscaling:CreateLaunchConfiguration", on: "somewhere" },
    { action: "autoscaling:UpdateAutoScalingGroup", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile; tenants new since October 2024 have no launch configurations",
};
