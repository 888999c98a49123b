import type { EscalationMethod } from "../method.ts";

/** An existing task definition, started on a container instance with another command and role. */
export const ecs009: EscalationMethod = {
  id: "ecs-009",
  name: "starts an existing ECS task definition with another command and the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:StartTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a container instance and a task definition whose execution role may be passed too have to exist",
};
