import type { EscalationMethod } from "../method.ts";

/** A service in a cluster of the actor's making whose tasks run as the role. */
export const ecs001: EscalationMethod = {
  id: "ecs-001",
  name: "creates an ECS cluster and a service whose tasks have the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:CreateCluster", on: "somewhere" },
    { action: "ecs:RegisterTaskDefinition", on: "somewhere" },
    { action: "ecs:CreateService", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
};
