import type { EscalationMethod } from "../method.ts";

/** A state machine with another definition; the role stays. */
export const stepfunctions002: EscalationMethod = {
  id: "stepfunctions-002",
  name: "changes the definition of a Step Functions state machine with the role and starts it",
  category: "existing-resource",
  permissions: [
    { action: "states:UpdateStateMachine", on: "reached-through" },
    { action: "states:StartExecution", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["states:statemachine"] },
  gains: "becomes-target",
};
