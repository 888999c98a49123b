import type { EscalationMethod } from "../method.ts";

/** A build of a project that has the role, with the actor's own build specification. */
export const codebuild002: EscalationMethod = {
  id: "codebuild-002",
  name: "starts a CodeBuild build with the role and its own commands",
  category: "existing-resource",
  permissions: [{ action: "codebuild:StartBuild", on: "reached-through" }],
  target: { kind: "role", runsOn: ["codebuild:project"] },
  gains: "becomes-target",
};
