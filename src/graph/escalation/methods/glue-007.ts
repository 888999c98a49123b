import type { EscalationMethod } from "../method.ts";

/** A new interactive session in which the actor's statements run as the role. */
export const glue007: EscalationMethod = {
  id: "glue-007",
  name: "creates a Glue session with the role and runs statements in it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "glue.amazonaws.com" } },
    { action: "glue:CreateSession", on: "somewhere" },
    { action: "glue:RunStatement", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["glue.amazonaws.com"] },
  gains: "becomes-target",
};
