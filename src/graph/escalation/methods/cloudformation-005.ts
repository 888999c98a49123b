import type { EscalationMethod } from "../method.ts";

/** A change set on a stack that CloudFormation updates as the role it was created with. */
export const cloudformation005: EscalationMethod = {
  id: "cloudformation-005",
  name: "creates and executes a change set on a CloudFormation stack that is built as the role",
  category: "existing-resource",
  permissions: [
    { action: "cloudformation:CreateChangeSet", on: "reached-through" },
    { action: "cloudformation:ExecuteChangeSet", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["cloudformation:stack"] },
  gains: "becomes-target",
};
