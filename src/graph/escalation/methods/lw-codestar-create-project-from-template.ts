import type { EscalationMethod } from "../method.ts";

/** A CodeStar project from a template, through an action AWS never documented (Rhino's 23rd method). */
export const lwCodestarCreateProjectFromTemplate: EscalationMethod = {
  id: "lw-codestar-create-project-from-template",
  name: "creates a CodeStar project from a template",
  category: "principal-access",
  permissions: [{ action: "codestar:CreateProjectFromTemplate", on: "somewhere" }],
  target: { kind: "role", trustsService: ["codestar.amazonaws.com"] },
  gains: "becomes-target",
  note: "AWS ended CodeStar in July 2024",
  legacy: true,
};
