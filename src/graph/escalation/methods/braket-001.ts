import type { EscalationMethod } from "../method.ts";

/** A new Braket hybrid job whose script runs as the role. */
export const braket001: EscalationMethod = {
  id: "braket-001",
  name: "creates a Braket job with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "braket.amazonaws.com" } },
    { action: "braket:CreateJob", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["braket.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role has to reach the bucket with the script",
};
