import type { EscalationMethod } from "../method.ts";

/** A stack that CloudFormation updates as the role it was created with. */
export const cloudformation002: EscalationMethod = {
  id: "cloudformation-002",
  name: "updates a CloudFormation stack that is built as the role",
  category: "existing-resource",
  permissions: [{ action: "cloudformation:UpdateStack", on: "reached-through" }],
  target: { kind: "role", runsOn: ["cloudformation:stack"] },
  gains: "becomes-target",
};
