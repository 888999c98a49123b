import { AuditError } from "../../../src/model/audit-error.ts";
import type { RevocationTarget, TargetPart } from "../../../src/model/revocation.ts";
import type { PolicyHolder } from "../client.ts";

/** A part of the target that the operation cannot do without; its absence is our bug. */
export function needed(target: RevocationTarget, part: "principal" | "entitlement" | "credential"): TargetPart {
  const found = target[part];
  if (found === null)
    throw new AuditError("invariant", "target-part", `the target \`${target.subjectId}\` has no ${part}`);
  return found;
}

/** The principal as IAM's calls name it. */
export function holderOf(target: RevocationTarget): PolicyHolder {
  const principal = needed(target, "principal");
  if (principal.kind !== "user" && principal.kind !== "group" && principal.kind !== "role") {
    throw new AuditError("invariant", "target-holder", `\`${principal.kind}\` holds no policies`);
  }
  return { kind: principal.kind, name: principal.displayName };
}
