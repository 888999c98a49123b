import type {
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import { managedPolicies } from "../managed-policies.ts";
import type { HolderState } from "../tenant-state.ts";
import { attachmentCount, encodeDocument, isBoundary, page, type HandlerMap, type IamCall } from "./call.ts";
import { shownPolicy } from "./policies.ts";
import { boundaryOf } from "./users.ts";

const attachedOf = (holder: HolderState) =>
  [...holder.attached].map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn }));

const inlineOf = (holder: HolderState) =>
  [...holder.inline].map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encodeDocument(document) }));

type Entry =
  | { readonly list: "UserDetailList"; readonly detail: UserDetail }
  | { readonly list: "GroupDetailList"; readonly detail: GroupDetail }
  | { readonly list: "RoleDetailList"; readonly detail: RoleDetail }
  | { readonly list: "Policies"; readonly detail: ManagedPolicyDetail };

function entriesOf(filter: readonly string[], call: IamCall): Entry[] {
  const wanted = (kind: string): boolean => filter.length === 0 || filter.includes(kind);
  const { users, groups, roles, policies } = call.tenant;
  const entries: Entry[] = [];
  if (wanted("User")) {
    for (const user of users.values()) {
      const { Path, UserName, UserId, Arn, CreateDate } = user;
      const inline = inlineOf(user);
      entries.push({
        list: "UserDetailList",
        detail: {
          Path,
          UserName,
          UserId,
          Arn,
          CreateDate,
          ...(inline.length === 0 ? {} : { UserPolicyList: inline }),
          GroupList: [...groups.values()]
            .filter((group) => group.members.has(UserName))
            .map((group) => group.GroupName),
          AttachedManagedPolicies: attachedOf(user),
          PermissionsBoundary: boundaryOf(user.boundary),
          Tags: user.tags,
        },
      });
    }
  }
  if (wanted("Group")) {
    for (const group of groups.values()) {
      const { Path, GroupName, GroupId, Arn, CreateDate } = group;
      const detail = {
        Path,
        GroupName,
        GroupId,
        Arn,
        CreateDate,
        GroupPolicyList: inlineOf(group),
        AttachedManagedPolicies: attachedOf(group),
      };
      entries.push({ list: "GroupDetailList", detail });
    }
  }
  if (wanted("Role")) {
    for (const role of roles.values()) {
      const { Path, RoleName, RoleId, Arn, CreateDate } = role;
      entries.push({
        list: "RoleDetailList",
        detail: {
          Path,
          RoleName,
          RoleId,
          Arn,
          CreateDate,
          AssumeRolePolicyDocument: encodeDocument(role.trust),
          InstanceProfileList: [],
          RolePolicyList: inlineOf(role),
          AttachedManagedPolicies: attachedOf(role),
          PermissionsBoundary: boundaryOf(role.boundary),
          Tags: role.tags,
          RoleLastUsed: role.lastUsed ?? {},
        },
      });
    }
  }
  const managed = [
    // AWS leaves out a policy that only limits somebody and is attached to nobody.
    ...(wanted("LocalManagedPolicy")
      ? [...policies.values()].filter(
          ({ Arn }) => attachmentCount(call.tenant, Arn) > 0 || !isBoundary(call.tenant, Arn),
        )
      : []),
    ...(wanted("AWSManagedPolicy") ? managedPolicies() : []),
  ];
  for (const policy of managed) {
    const versions = policy.versions.map(({ document, ...version }) => ({
      ...version,
      Document: encodeDocument(document),
    }));
    entries.push({ list: "Policies", detail: { ...shownPolicy(policy, call), PolicyVersionList: versions } });
  }
  return entries;
}

/** The one sweep: users, groups, roles and policies in one paged list. */
export const authorizationDetailsHandlers = {
  GetAccountAuthorizationDetails(
    input: GetAccountAuthorizationDetailsRequest,
    call: IamCall,
  ): GetAccountAuthorizationDetailsResponse {
    const { items, ...rest } = page(entriesOf(input.Filter ?? [], call), input, call);
    const of = <L extends Entry["list"]>(list: L) =>
      items.filter((entry): entry is Extract<Entry, { list: L }> => entry.list === list).map((entry) => entry.detail);
    return {
      UserDetailList: of("UserDetailList") as UserDetail[],
      GroupDetailList: of("GroupDetailList") as GroupDetail[],
      RoleDetailList: of("RoleDetailList") as RoleDetail[],
      Policies: of("Policies") as ManagedPolicyDetail[],
      ...rest,
    };
  },
} satisfies HandlerMap;
