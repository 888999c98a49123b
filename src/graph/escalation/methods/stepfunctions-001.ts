import type { EscalationMethod } from "../method.ts";

/** A new state machine that calls any AWS action as the role. */
export const stepfunctions001: EscalationMethod = {
  id: "stepfunctions-001",
  name: "creates a Step Functions state machine with the role and starts it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "states.amazonaws.com" } },
    { action: "states:CreateStateMachine", on: "somewhere" },
    { action: "states:StartExecution", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["states.amazonaws.com"] },
  gains: "becomes-target",
};
