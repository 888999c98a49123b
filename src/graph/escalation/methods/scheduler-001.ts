import type { EscalationMethod } from "../method.ts";

/** A new schedule that calls any AWS action as the role. */
export const scheduler001: EscalationMethod = {
  id: "scheduler-001",
  name: "creates an EventBridge schedule that acts as the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "scheduler.amazonaws.com" } },
    { action: "scheduler:CreateSchedule", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["scheduler.amazonaws.com"] },
  gains: "becomes-target",
};
