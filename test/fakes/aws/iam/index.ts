import { authorizationDetailsHandlers } from "./authorization-details.ts";
import type { HandlerMap } from "./call.ts";
import { credentialHandlers } from "./credentials.ts";
import { groupHandlers } from "./groups.ts";
import { holderPolicyHandlers } from "./holder-policies.ts";
import { instanceProfileHandlers } from "./instance-profiles.ts";
import { lastAccessedHandlers } from "./last-accessed.ts";
import { policyHandlers } from "./policies.ts";
import { providerHandlers } from "./providers.ts";
import { roleHandlers } from "./roles.ts";
import { tenantWideHandlers } from "./tenant-wide.ts";
import { userHandlers } from "./users.ts";

/** Every IAM operation the fake knows. */
export const iamHandlers: HandlerMap = {
  ...authorizationDetailsHandlers,
  ...credentialHandlers,
  ...groupHandlers,
  ...holderPolicyHandlers,
  ...instanceProfileHandlers,
  ...lastAccessedHandlers,
  ...policyHandlers,
  ...providerHandlers,
  ...roleHandlers,
  ...tenantWideHandlers,
  ...userHandlers,
};
