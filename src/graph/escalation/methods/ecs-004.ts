import type { EscalationMethod } from "../method.ts";

/** A task in an existing cluster that runs as the role. */
export const ecs004: EscalationMethod = {
  id: "ecs-004",
  name: "registers an ECS task definition with the role and runs it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    { action: "ecs:RegisterTaskDefinition", on: "somewhere" },
    { action: "ecs:RunTask", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ecs-tasks.amazonaws.com"] },
  gains: "becomes-target",
  note: "a cluster has to exist",
};
