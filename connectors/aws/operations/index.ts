import { deactivateAccessKey } from "./deactivate-access-key.ts";
import { deleteAccessKey } from "./delete-access-key.ts";
import { deleteInlinePolicy } from "./delete-inline-policy.ts";
import { deleteLoginProfile } from "./delete-login-profile.ts";
import { detachManagedPolicy } from "./detach-managed-policy.ts";
import type { AwsOperation } from "./operation.ts";
import { removeFromGroup } from "./remove-from-group.ts";

/** The one list of what this connector can change. The first that fits a subject is planned: the one that can be undone. */
export const OPERATIONS: readonly AwsOperation[] = [
  deactivateAccessKey,
  deleteAccessKey,
  deleteLoginProfile,
  detachManagedPolicy,
  deleteInlinePolicy,
  removeFromGroup,
];
