import type { EscalationMethod } from "../method.ts";

/**
 * A trust policy that names the actor, who then needs no permission of its own to assume the role (sts-004 tells the
 * same).
 */
export const iam012: EscalationMethod = {
  id: "iam-012",
  alsoKnownAs: ["sts-004"],
  name: "rewrites the role's trust policy to name itself",
  category: "principal-access",
  permissions: [{ action: "iam:UpdateAssumeRolePolicy", on: "target" }],
  target: { kind: "role" },
  gains: "becomes-target",
};
