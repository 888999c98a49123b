import type { EscalationMethod } from "../method.ts";

/** A user without the managed policies that denied it something. */
export const iam025: EscalationMethod = {
  id: "iam-025",
  name: "detaches a policy that denies from its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:DetachUserPolicy", on: "self" }],
  gains: "sheds-denies",
  sheds: "attached",
};
