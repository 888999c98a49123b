import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserPermissionsBoundaryRequest,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  PutUserPermissionsBoundaryRequest,
  User,
} from "@aws-sdk/client-iam";
import { alreadyExists, deleteConflict } from "../aws-fault.ts";
import type { UserState } from "../tenant-state.ts";
import { page, refuseWhilePoliciesHang, userOf, type HandlerMap, type IamCall } from "./call.ts";

/** A boundary as AWS shows it. */
export const boundaryOf = (arn: string | undefined) =>
  arn === undefined
    ? undefined
    : { PermissionsBoundaryType: "PermissionsBoundaryPolicy" as const, PermissionsBoundaryArn: arn };

const shown = (user: UserState): User => ({
  Path: user.Path,
  UserName: user.UserName,
  UserId: user.UserId,
  Arn: user.Arn,
  CreateDate: user.CreateDate,
  PasswordLastUsed: user.passwordLastUsed,
});

/** Users as such. */
export const userHandlers = {
  ListUsers(input: ListUsersRequest, call: IamCall): ListUsersResponse {
    const users = [...call.tenant.users.values()].filter((user) => user.Path.startsWith(input.PathPrefix ?? "/"));
    const { items, ...rest } = page(users, input, call);
    return { Users: items.map(shown), ...rest };
  },

  GetUser(input: GetUserRequest, call: IamCall): GetUserResponse {
    const user = userOf(call, input.UserName);
    return { User: { ...shown(user), Tags: user.tags, PermissionsBoundary: boundaryOf(user.boundary) } };
  },

  CreateUser(input: CreateUserRequest, call: IamCall): CreateUserResponse {
    const name = input.UserName ?? "";
    if (call.tenant.users.has(name)) throw alreadyExists("User", name);
    const path = input.Path ?? "/";
    const user: UserState = {
      Path: path,
      UserName: name,
      UserId: call.ids.make("AIDA"),
      Arn: `arn:aws:iam::${call.tenant.id}:user${path}${name}`,
      CreateDate: call.now,
      attached: new Set(),
      inline: new Map(),
      passwordLastUsed: undefined,
      boundary: input.PermissionsBoundary,
      tags: [...(input.Tags ?? [])],
      keys: [],
      loginProfile: undefined,
      mfaDevices: [],
      sshKeys: [],
      serviceCredentials: [],
      certificates: [],
    };
    call.tenant.users.set(name, user);
    return { User: { ...shown(user), Tags: user.tags } };
  },

  DeleteUser(input: DeleteUserRequest, call: IamCall): object {
    const user = userOf(call, input.UserName);
    refuseWhilePoliciesHang(user);
    if (user.keys.length > 0) throw deleteConflict("must delete access keys first.");
    if (user.loginProfile !== undefined) throw deleteConflict("must delete login profile first.");
    if (user.mfaDevices.length > 0) throw deleteConflict("must delete MFA device first.");
    if (user.sshKeys.length > 0) throw deleteConflict("must delete SSH public keys first.");
    if (user.certificates.length > 0) throw deleteConflict("must delete signing certificates first.");
    if ([...call.tenant.groups.values()].some((group) => group.members.has(user.UserName))) {
      throw deleteConflict("must remove users from group first.");
    }
    call.tenant.users.delete(user.UserName);
    return {};
  },

  PutUserPermissionsBoundary(input: PutUserPermissionsBoundaryRequest, call: IamCall): object {
    userOf(call, input.UserName).boundary = input.PermissionsBoundary;
    return {};
  },

  DeleteUserPermissionsBoundary(input: DeleteUserPermissionsBoundaryRequest, call: IamCall): object {
    userOf(call, input.UserName).boundary = undefined;
    return {};
  },
} satisfies HandlerMap;
