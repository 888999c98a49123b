import type { EscalationMethod } from "../method.ts";

/** Other code in a function that has the role, opened to a caller elsewhere. */
export const lambda005: EscalationMethod = {
  id: "lambda-005",
  name: "replaces the code of a Lambda function with the role and lets another principal invoke it",
  category: "existing-resource",
  permissions: [
    { action: "lambda:UpdateFunctionCode", on: "reached-through" },
    { action: "lambda:AddPermission", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["lambda:function"] },
  gains: "becomes-target",
};
