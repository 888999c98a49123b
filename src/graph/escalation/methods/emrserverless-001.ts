import type { EscalationMethod } from "../method.ts";

/** A new EMR Serverless application whose job runs as the role. */
export const emrserverless001: EscalationMethod = {
  id: "emrserverless-001",
  name: "creates an EMR Serverless application and starts a job with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "emr-serverless.amazonaws.com" } },
    { action: "emr-serverless:CreateApplication", on: "somewhere" },
    { action: "emr-serverless:StartJobRun", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["emr-serverless.amazonaws.com"] },
  gains: "becomes-target",
};
