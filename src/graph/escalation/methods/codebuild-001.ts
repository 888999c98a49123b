import type { EscalationMethod } from "../method.ts";

/** A new build project whose build runs as the role. */
export const codebuild001: EscalationMethod = {
  id: "codebuild-001",
  name: "creates a CodeBuild project with the role and starts a build",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "codebuild.amazonaws.com" } },
    { action: "codebuild:CreateProject", on: "somewhere" },
    { action: "codebuild:StartBuild", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["codebuild.amazonaws.com"] },
  gains: "becomes-target",
};
