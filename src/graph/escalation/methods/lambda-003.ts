import type { EscalationMethod } from "../method.ts";

/** Other code in a function that has the role, run when it is called next. */
export const lambda003: EscalationMethod = {
  id: "lambda-003",
  name: "replaces the code of a Lambda function with the role",
  category: "existing-resource",
  permissions: [{ action: "lambda:UpdateFunctionCode", on: "reached-through" }],
  target: { kind: "role", runsOn: ["lambda:function"] },
  gains: "becomes-target",
  note: "something has to invoke the function",
};
