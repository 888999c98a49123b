import type { EscalationMethod } from "../method.ts";

/** An App Runner service with another image or start command; the role stays. */
export const apprunner002: EscalationMethod = {
  id: "apprunner-002",
  name: "changes what an App Runner service with the role runs",
  category: "existing-resource",
  permissions: [{ action: "apprunner:UpdateService", on: "reached-through" }],
  target: { kind: "role", runsOn: ["apprunner:service"] },
  gains: "becomes-target",
};
