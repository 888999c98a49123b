import type { EscalationMethod } from "../method.ts";

/** A task in a cluster of the actor's making that runs as the role. */
export const ecs002: EscalationMethod = {
  id: "ecs-002",
  name: "creates an ECS cluster and runs a task with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:CreateCluster", on: "somewhere" },
    { action: "ecs:RegisterTaskDefinition", on: "somewhere" },
    { action: "ecs:RunTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
};
