import type { EscalationMethod } from "../method.ts";

/** An interactive session that has the role. */
export const lwGlueRunStatement: EscalationMethod = {
  id: "lw-glue-run-statement",
  name: "runs statements in a Glue session with the role",
  category: "existing-resource",
  permissions: [{ action: "glue:RunStatement", on: "reached-through" }],
  target: { kind: "role", runsOn: ["glue:session"] },
  gains: "becomes-target",
  note: "the session has to be open",
};
