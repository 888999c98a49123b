import { identityCenter as convert } from "../convert/identity-center.ts";
import type { RawSteps } from "../raw.ts";
import { recordOfLists } from "./file-shapes.ts";
import { step } from "./step.ts";

const parse = recordOfLists(["instances", "permissionSets", "assignments", "users", "groups", "memberships"]);

/** People and groups of Identity Center, and which permission sets they hold in which tenant. */
export const identityCenter = step({
  id: "identity-center",
  title: "Identity Center permission sets and assignments",
  dependsOn: [],
  organizationWide: true,
  provides: ["identity-center"],
  permissions: [
    "sso:ListInstances",
    "sso:ListPermissionSets",
    "sso:DescribePermissionSet",
    "sso:ListManagedPoliciesInPermissionSet",
    "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
    "sso:GetInlinePolicyForPermissionSet",
    "sso:GetPermissionsBoundaryForPermissionSet",
    "sso:ListAccountsForProvisionedPermissionSet",
    "sso:ListAccountAssignments",
    "identitystore:ListUsers",
    "identitystore:ListGroups",
    "identitystore:ListGroupMemberships",
  ],
  parse: (content, file) => parse(content, file) as unknown as RawSteps["identity-center"],
  convert,
});
