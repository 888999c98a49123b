import { AwsFault } from "./aws-fault.ts";
import { jsonPage } from "./json-page.ts";
import type { IdentityCenterSeed } from "./seed.ts";
import type { FakeWorld } from "./world.ts";

/** A request of sso-admin or identitystore, as far as the fake looks at it. */
interface IdentityCenterRequest {
  readonly PermissionSetArn?: string;
  readonly AccountId?: string;
  readonly GroupId?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

const INSTANCE = "ssoins-0000000000000001";
const STORE = "d-0000000001";
const INSTANCE_ARN = `arn:aws:sso:::instance/${INSTANCE}`;
const CREATED = 1_705_309_200;

/** Permission sets and assignments (sso-admin). */
export function ssoAdminHandlers(world: FakeWorld) {
  const sets = () => world.identityCenter?.permissionSets ?? [];
  const arnOf = (id: string): string => `arn:aws:sso:::permissionSet/${INSTANCE}/${id}`;
  const setOf = (input: IdentityCenterRequest): IdentityCenterSeed["permissionSets"][number] => {
    const set = sets().find(({ id }) => arnOf(id) === input.PermissionSetArn);
    if (set === undefined) throw new AwsFault("ResourceNotFoundException", "PermissionSet not found.");
    return set;
  };
  return {
    ListInstances(input: IdentityCenterRequest) {
      const instances =
        world.identityCenter === undefined
          ? []
          : [
              {
                InstanceArn: INSTANCE_ARN,
                IdentityStoreId: STORE,
                OwnerAccountId: world.caller.tenant,
                Status: "ACTIVE",
              },
            ];
      return jsonPage("Instances", instances, input, world);
    },
    ListPermissionSets: (input: IdentityCenterRequest) =>
      jsonPage(
        "PermissionSets",
        sets().map(({ id }) => arnOf(id)),
        input,
        world,
      ),
    DescribePermissionSet(input: IdentityCenterRequest) {
      const { id, name } = setOf(input);
      return {
        PermissionSet: { Name: name, PermissionSetArn: arnOf(id), CreatedDate: CREATED, SessionDuration: "PT1H" },
      };
    },
    ListManagedPoliciesInPermissionSet(input: IdentityCenterRequest) {
      const policies = (setOf(input).managed ?? []).map((arn) => ({
        Name: arn.slice(arn.lastIndexOf("/") + 1),
        Arn: arn,
      }));
      return jsonPage("AttachedManagedPolicies", policies, input, world);
    },
    ListCustomerManagedPolicyReferencesInPermissionSet(input: IdentityCenterRequest) {
      const policies = (setOf(input).customerManaged ?? []).map((name) => ({ Name: name, Path: "/" }));
      return jsonPage("CustomerManagedPolicyReferences", policies, input, world);
    },
    GetInlinePolicyForPermissionSet(input: IdentityCenterRequest) {
      const { inline } = setOf(input);
      return { InlinePolicy: inline === undefined ? "" : JSON.stringify(inline) };
    },
    GetPermissionsBoundaryForPermissionSet(input: IdentityCenterRequest) {
      const { boundary } = setOf(input);
      if (boundary === undefined) throw new AwsFault("ResourceNotFoundException", "No permissions boundary.");
      return { PermissionsBoundary: { ManagedPolicyArn: boundary } };
    },
    ListAccountsForProvisionedPermissionSet(input: IdentityCenterRequest) {
      const tenants = [...new Set(setOf(input).assignments.map(({ tenant }) => tenant))];
      return jsonPage("AccountIds", tenants, input, world);
    },
    ListAccountAssignments(input: IdentityCenterRequest) {
      const assignments = setOf(input)
        .assignments.filter(({ tenant }) => tenant === input.AccountId)
        .map(({ tenant, user, group }) => ({
          AccountId: tenant,
          PermissionSetArn: input.PermissionSetArn,
          PrincipalType: user === undefined ? "GROUP" : "USER",
          PrincipalId: user ?? group,
        }));
      return jsonPage("AccountAssignments", assignments, input, world);
    },
  };
}

/** People and groups (identitystore). */
export function identityStoreHandlers(world: FakeWorld) {
  return {
    ListUsers(input: IdentityCenterRequest) {
      const users = (world.identityCenter?.users ?? []).map(({ id, userName, email }) => ({
        IdentityStoreId: STORE,
        UserId: id,
        UserName: userName,
        DisplayName: userName,
        Emails: [{ Value: email, Primary: true }],
      }));
      return jsonPage("Users", users, input, world);
    },
    ListGroups(input: IdentityCenterRequest) {
      const groups = (world.identityCenter?.groups ?? []).map(({ id, name }) => ({
        IdentityStoreId: STORE,
        GroupId: id,
        DisplayName: name,
      }));
      return jsonPage("Groups", groups, input, world);
    },
    ListGroupMemberships(input: IdentityCenterRequest) {
      const members = world.identityCenter?.groups.find(({ id }) => id === input.GroupId)?.members ?? [];
      const memberships = members.map((UserId, index) => ({
        IdentityStoreId: STORE,
        MembershipId: `${input.GroupId ?? ""}-m${index}`,
        GroupId: input.GroupId,
        MemberId: { UserId },
      }));
      return jsonPage("GroupMemberships", memberships, input, world);
    },
  };
}
