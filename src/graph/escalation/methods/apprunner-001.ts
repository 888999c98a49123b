import type { EscalationMethod } from "../method.ts";

/** A new App Runner service whose start command runs as the instance role. */
export const apprunner001: EscalationMethod = {
  id: "apprunner-001",
  name: "creates an App Runner service with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "apprunner.amazonaws.com" } },
    { action: "apprunner:CreateService", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["tasks.apprunner.amazonaws.com"] },
  gains: "becomes-target",
  note: "a first service in the tenant needs its service-linked role created too",
};
