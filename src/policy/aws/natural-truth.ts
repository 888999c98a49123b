import type { AccessRequest } from "./access-request.ts";
import { NO, YES, type Truth } from "./request-context.ts";

/** Allowed for everybody, whatever any policy says: "GetCallerIdentity", AWS STS API Reference. */
export function isAlwaysAllowed(action: string): boolean {
  return action === "sts:getcalleridentity";
}

/** Needs no Allow, but a Deny counts: "Permissions for GetSessionToken", IAM User Guide. */
export function needsNoAllow(action: string): boolean {
  return action === "sts:getsessiontoken";
}

/**
 * What the identity side comes to without any policy; undefined where the policies decide. The root user may everything but
 * assume a role ("AssumeRole", AWS STS API Reference).
 */
export function naturalTruth({ principal, action }: Pick<AccessRequest, "principal" | "action">): Truth | undefined {
  if (principal.kind === "root") return action === "sts:assumerole" ? NO : YES;
  return needsNoAllow(action) ? YES : undefined;
}
