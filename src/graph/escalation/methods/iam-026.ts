import type { EscalationMethod } from "../method.ts";

/** A user without the inline policies that denied it something. */
export const iam026: EscalationMethod = {
  id: "iam-026",
  name: "deletes an inline policy that denies from its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:DeleteUserPolicy", on: "self" }],
  gains: "sheds-denies",
  sheds: "inline",
};
