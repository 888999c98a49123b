import type { EscalationMethod } from "../method.ts";

/** An SSH key of the actor's on a development endpoint that has the role. */
export const glue002: EscalationMethod = {
  id: "glue-002",
  name: "adds its SSH key to a Glue development endpoint with the role",
  category: "existing-resource",
  permissions: [{ action: "glue:UpdateDevEndpoint", on: "reached-through" }],
  target: { kind: "role", runsOn: ["glue:devendpoint"] },
  gains: "becomes-target",
};
