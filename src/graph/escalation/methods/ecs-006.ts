import type { EscalationMethod } from "../method.ts";

/** A command in a running task that has the role. */
export const ecs006: EscalationMethod = {
  id: "ecs-006",
  name: "runs a command in an ECS task with the role",
  category: "existing-resource",
  permissions: [
    { action: "ecs:ExecuteCommand", on: "reached-through" },
    { action: "ecs:DescribeTasks", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["ecs:task"] },
  gains: "becomes-target",
  note: "the task has to run with ECS Exec enabled",
};
