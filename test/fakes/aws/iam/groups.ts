import type {
  AddUserToGroupRequest,
  CreateGroupRequest,
  CreateGroupResponse,
  DeleteGroupRequest,
  GetGroupRequest,
  GetGroupResponse,
  Group,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  RemoveUserFromGroupRequest,
} from "@aws-sdk/client-iam";
import { alreadyExists, deleteConflict, noSuchEntity } from "../aws-fault.ts";
import type { GroupState } from "../tenant-state.ts";
import { groupOf, page, refuseWhilePoliciesHang, userOf, type HandlerMap, type IamCall } from "./call.ts";

const shown = (group: GroupState): Group => ({
  Path: group.Path,
  GroupName: group.GroupName,
  GroupId: group.GroupId,
  Arn: group.Arn,
  CreateDate: group.CreateDate,
});

/** Groups and who is in them. */
export const groupHandlers = {
  ListGroups(input: ListGroupsRequest, call: IamCall): ListGroupsResponse {
    const { items, ...rest } = page([...call.tenant.groups.values()], input, call);
    return { Groups: items.map(shown), ...rest };
  },

  GetGroup(input: GetGroupRequest, call: IamCall): GetGroupResponse {
    const group = groupOf(call, input.GroupName);
    const { items, ...rest } = page([...group.members], input, call);
    const users = items.map((name) => {
      const { Path, UserName, UserId, Arn, CreateDate } = userOf(call, name);
      return { Path, UserName, UserId, Arn, CreateDate };
    });
    return { Group: shown(group), Users: users, ...rest };
  },

  ListGroupsForUser(input: ListGroupsForUserRequest, call: IamCall): ListGroupsForUserResponse {
    const user = userOf(call, input.UserName);
    const groups = [...call.tenant.groups.values()].filter((group) => group.members.has(user.UserName));
    const { items, ...rest } = page(groups, input, call);
    return { Groups: items.map(shown), ...rest };
  },

  CreateGroup(input: CreateGroupRequest, call: IamCall): CreateGroupResponse {
    const name = input.GroupName ?? "";
    if (call.tenant.groups.has(name)) throw alreadyExists("Group", name);
    const path = input.Path ?? "/";
    const group: GroupState = {
      Path: path,
      GroupName: name,
      GroupId: call.ids.make("AGPA"),
      Arn: `arn:aws:iam::${call.tenant.id}:group${path}${name}`,
      CreateDate: call.now,
      attached: new Set(),
      inline: new Map(),
      members: new Set(),
    };
    call.tenant.groups.set(name, group);
    return { Group: shown(group) };
  },

  DeleteGroup(input: DeleteGroupRequest, call: IamCall): object {
    const group = groupOf(call, input.GroupName);
    refuseWhilePoliciesHang(group);
    if (group.members.size > 0) throw deleteConflict("must remove users from group first.");
    call.tenant.groups.delete(group.GroupName);
    return {};
  },

  AddUserToGroup(input: AddUserToGroupRequest, call: IamCall): object {
    groupOf(call, input.GroupName).members.add(userOf(call, input.UserName).UserName);
    return {};
  },

  RemoveUserFromGroup(input: RemoveUserFromGroupRequest, call: IamCall): object {
    const group = groupOf(call, input.GroupName);
    const user = userOf(call, input.UserName);
    if (!group.members.delete(user.UserName)) throw noSuchEntity("user in the group", user.UserName);
    return {};
  },
} satisfies HandlerMap;
