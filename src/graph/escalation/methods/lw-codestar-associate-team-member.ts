import type { EscalationMethod } from "../method.ts";

/** Ownership of a CodeStar project, which came with a policy on the user (Rhino's 25th method). */
export const lwCodestarAssociateTeamMember: EscalationMethod = {
  id: "lw-codestar-associate-team-member",
  name: "makes itself the owner of a CodeStar project",
  category: "self-escalation",
  actor: "user",
  permissions: [
    { action: "codestar:CreateProject", on: "somewhere" },
    { action: "codestar:AssociateTeamMember", on: "somewhere" },
  ],
  gains: "writes-own-policy",
  note: "AWS ended CodeStar in July 2024; owners got the policy of their project, not one of their choice",
  legacy: true,
};
