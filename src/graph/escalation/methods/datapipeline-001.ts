import type { EscalationMethod } from "../method.ts";

/** A new pipeline whose shell commands run on machines with the role. */
export const datapipeline001: EscalationMethod = {
  id: "datapipeline-001",
  name: "creates a Data Pipeline that runs commands as the role and activates it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "datapipeline.amazonaws.com" } },
    { action: "datapipeline:CreatePipeline", on: "somewhere" },
    { action: "datapipeline:PutPipelineDefinition", on: "somewhere" },
    { action: "datapipeline:ActivatePipeline", on: "somewhere" },
  ],
  target: {
    kind: "role",
    trustsService: ["datapipeline.amazonaws.com", "ec2.amazonaws.com", "elasticmapreduce.amazonaws.com"],
  },
  gains: "becomes-target",
  note: "AWS closed Data Pipeline to new customers in July 2024",
};
