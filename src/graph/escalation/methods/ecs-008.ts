import type { EscalationMethod } from "../method.ts";

/** An existing task definition, run with another command and role. */
export const ecs008: EscalationMethod = {
  id: "ecs-008",
  name: "runs an existing ECS task definition with another command and the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:RunTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a cluster and a task definition whose execution role may be passed too have to exist",
};
