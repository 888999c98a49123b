import type { EscalationMethod } from "../method.ts";

/**
 * A launch template with the role and the actor's user data, for the next instance launched from it (ec2-005 tells
 * the same).
 */
export const ec2004: EscalationMethod = {
  id: "ec2-004",
  alsoKnownAs: ["ec2-005"],
  name: "makes a new default version of an EC2 launch template with the role",
  category: "existing-resource",
  permissions: [
    { action: "ec2:CreateLaunchTemplateVersion", on: "reached-through" },
    { action: "ec2:ModifyLaunchTemplate", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["ec2:launch-template"] },
  gains: "becomes-target",
  note: "something has to launch an instance from the template's default version",
};
