import type { EscalationMethod } from "../method.ts";

/** A user without the boundary that kept its policies small. */
export const iam022: EscalationMethod = {
  id: "iam-022",
  name: "deletes the permissions boundary of its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:DeleteUserPermissionsBoundary", on: "self" }],
  gains: "sheds-boundary",
};
