import type { EscalationMethod } from "../method.ts";

/** A CodeStar project whose toolchain was built as the role (Rhino's 24th method). */
export const lwCodestarCreateProject: EscalationMethod = {
  id: "lw-codestar-create-project",
  name: "creates a CodeStar project with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "codestar.amazonaws.com" } },
    { action: "codestar:CreateProject", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["codestar.amazonaws.com"] },
  gains: "becomes-target",
  note: "AWS ended CodeStar in July 2024",
  legacy: true,
};
