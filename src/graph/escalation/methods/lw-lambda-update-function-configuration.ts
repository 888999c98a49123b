import type { EscalationMethod } from "../method.ts";

/** A layer or start-up wrapper of the actor's in a function that has the role (Rhino's 26th method). */
export const lwLambdaUpdateFunctionConfiguration: EscalationMethod = {
  id: "lw-lambda-update-function-configuration",
  name: "adds a layer of its own to a Lambda function with the role",
  category: "existing-resource",
  permissions: [{ action: "lambda:UpdateFunctionConfiguration", on: "reached-through" }],
  target: { kind: "role", runsOn: ["lambda:function"] },
  gains: "becomes-target",
  note: "something has to invoke the function",
};
