import type { AccessRequest } from "./access-request.ts";
import type { Applies } from "./applies.ts";
import type { PolicySet } from "./policy-set.ts";
import { isPublicPolicy } from "./public-policy.ts";

/**
 * RestrictPublicBuckets: a public bucket policy lets in nobody but AWS services and the bucket's own tenant. Source: "Blocking
 * public access to your Amazon S3 storage", Amazon S3 User Guide.
 */
export function blockedAsPublic(
  { layers }: PolicySet,
  { principal, action, resourceTenant }: Pick<AccessRequest, "principal" | "action" | "resourceTenant">,
  { sameTenant }: Applies,
): boolean {
  if (layers.publicAccessBlock?.restrictPublicBuckets !== true || !action.startsWith("s3:")) return false;
  if (principal.kind === "service") return false;
  // A caller without a tenant is nobody's own.
  if (sameTenant && principal.tenant !== null && resourceTenant !== null) return false;
  return (layers.resource?.policies ?? []).some(({ policy }) => isPublicPolicy(policy.parsed));
}
