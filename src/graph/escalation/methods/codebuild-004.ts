import type { EscalationMethod } from "../method.ts";

/** A new build project whose batch build runs as the role. */
export const codebuild004: EscalationMethod = {
  id: "codebuild-004",
  name: "creates a CodeBuild project with the role and starts a batch build",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "codebuild.amazonaws.com" } },
    { action: "codebuild:CreateProject", on: "somewhere" },
    { action: "codebuild:StartBuildBatch", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["codebuild.amazonaws.com"] },
  gains: "becomes-target",
};
