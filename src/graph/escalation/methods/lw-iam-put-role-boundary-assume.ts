import type { EscalationMethod } from "../method.ts";

/** A role the actor may assume, under a boundary of the actor's choice. */
export const lwIamPutRoleBoundaryAssume: EscalationMethod = {
  id: "lw-iam-put-role-boundary-assume",
  name: "replaces the permissions boundary of the role and assumes it",
  category: "principal-access",
  permissions: [
    { action: "iam:PutRolePermissionsBoundary", on: "target" },
    { action: "sts:AssumeRole", on: "target" },
  ],
  target: { kind: "role", trustsActor: true },
  gains: "becomes-target-without-boundary",
};
