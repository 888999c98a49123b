import type { EscalationMethod } from "../method.ts";

/** A batch build of a project that has the role, with the actor's own build specification. */
export const codebuild003: EscalationMethod = {
  id: "codebuild-003",
  name: "starts a CodeBuild batch build with the role and its own commands",
  category: "existing-resource",
  permissions: [{ action: "codebuild:StartBuildBatch", on: "reached-through" }],
  target: { kind: "role", runsOn: ["codebuild:project"] },
  gains: "becomes-target",
  note: "the project has to be set up for batch builds",
};
