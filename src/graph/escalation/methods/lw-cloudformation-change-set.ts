import type { EscalationMethod } from "../method.ts";

/** A change set that creates a stack: the way round a denied CreateStack. */
export const lwCloudformationChangeSet: EscalationMethod = {
  id: "lw-cloudformation-change-set",
  name: "creates and executes a CloudFormation change set for a new stack with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
    { action: "cloudformation:CreateChangeSet", on: "somewhere" },
    { action: "cloudformation:ExecuteChangeSet", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["cloudformation.amazonaws.com"] },
  gains: "becomes-target",
};
