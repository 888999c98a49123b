import type { EscalationMethod } from "../method.ts";

/**
 * The plain way from one role to the next, in the tenant and across tenants. That a trust asks for no external id
 * (sts-002) or lets anybody in (sts-003) needs nothing else of the actor: it is the same hop, and a finding about the
 * trust.
 */
export const sts001: EscalationMethod = {
  id: "sts-001",
  alsoKnownAs: ["sts-002", "sts-003"],
  name: "assumes the role",
  category: "principal-access",
  permissions: [{ action: "sts:AssumeRole", on: "target" }],
  target: { kind: "role", trustsActor: true },
  gains: "becomes-target",
};
