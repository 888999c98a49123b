import type { EscalationMethod } from "../method.ts";

/** An existing task definition with another command and role, started on a machine the actor puts into the cluster. */
export const ecs007: EscalationMethod = {
  id: "ecs-007",
  name: "adds a container instance to an ECS cluster and starts a task on it with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:RegisterContainerInstance", on: "somewhere" },
    { action: "ecs:StartTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "the actor has to control an EC2 instance; cluster and task definition have to exist",
};
