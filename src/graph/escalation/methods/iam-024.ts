import type { EscalationMethod } from "../method.ts";

/** A user under a boundary of its own choice, such as one that allows everything. */
export const iam024: EscalationMethod = {
  id: "iam-024",
  name: "replaces the permissions boundary of its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:PutUserPermissionsBoundary", on: "self" }],
  gains: "sheds-boundary",
};
