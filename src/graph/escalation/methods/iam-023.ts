import type { EscalationMethod } from "../method.ts";

/** A role the actor may assume, without the boundary that kept its policies small. */
export const iam023: EscalationMethod = {
  id: "iam-023",
  name: "deletes the permissions boundary of the role and assumes it",
  category: "principal-access",
  permissions: [
    { action: "iam:DeleteRolePermissionsBoundary", on: "target" },
    { action: "sts:AssumeRole", on: "target" },
  ],
  target: { kind: "role", trustsActor: true },
  gains: "becomes-target-without-boundary",
};
