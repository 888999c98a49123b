import type { EscalationMethod } from "../method.ts";

/** An access key for another user who has two already, so that one has to go first. */
export const iam003: EscalationMethod = {
  id: "iam-003",
  name: "deletes an access key of the user and creates another",
  category: "principal-access",
  permissions: [
    { action: "iam:DeleteAccessKey", on: "target" },
    { action: "iam:CreateAccessKey", on: "target" },
  ],
  target: { kind: "user", keys: "at-limit" },
  gains: "becomes-target",
  note: "whoever uses the deleted key notices",
};
