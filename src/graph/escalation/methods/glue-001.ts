import type { EscalationMethod } from "../method.ts";

/** A new development endpoint, into which the actor signs in as the role. */
export const glue001: EscalationMethod = {
  id: "glue-001",
  name: "creates a Glue development endpoint with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:CreateDevEndpoint", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
  note: "AWS has stopped offering development endpoints in newer Glue versions",
};
