import type { EscalationMethod } from "../method.ts";

/** Other code in a function that has the role, called by the actor. */
export const lambda004: EscalationMethod = {
  id: "lambda-004",
  name: "replaces the code of a Lambda function with the role and invokes it",
  category: "existing-resource",
  permissions: [
    { action: "lambda:UpdateFunctionCode", on: "reached-through" },
    { action: "lambda:InvokeFunction", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["lambda:function"] },
  gains: "becomes-target",
};
