import type { EscalationMethod } from "../method.ts";

/** A service in an existing cluster whose tasks run as the role. */
export const ecs003: EscalationMethod = {
  id: "ecs-003",
  name: "creates an ECS service whose tasks have the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:RegisterTaskDefinition", on: "somewhere" },
    { action: "ecs:CreateService", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a cluster has to exist",
};
