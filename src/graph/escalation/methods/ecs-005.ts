import type { EscalationMethod } from "../method.ts";

/** A task on a machine of an existing cluster that runs as the role. */
export const ecs005: EscalationMethod = {
  id: "ecs-005",
  name: "registers an ECS task definition with the role and starts it on a container instance",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:RegisterTaskDefinition", on: "somewhere" },
    { action: "ecs:StartTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a cluster with a container instance has to exist",
};
