import type { EscalationMethod } from "../method.ts";

/** Membership of a group that holds more than the actor. */
export const iam013: EscalationMethod = {
  id: "iam-013",
  name: "adds itself to the group",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:AddUserToGroup", on: "target" }],
  target: { kind: "group" },
  gains: "joins-target-group",
};
