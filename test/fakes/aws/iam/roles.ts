import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRolePermissionsBoundaryRequest,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  PutRolePermissionsBoundaryRequest,
  Role,
  UpdateAssumeRolePolicyRequest,
} from "@aws-sdk/client-iam";
import { alreadyExists } from "../aws-fault.ts";
import type { RoleState } from "../tenant-state.ts";
import {
  documentOf,
  encodeDocument,
  page,
  refuseWhilePoliciesHang,
  roleOf,
  type HandlerMap,
  type IamCall,
} from "./call.ts";
import { boundaryOf } from "./users.ts";

const shown = (role: RoleState): Role => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: role.CreateDate,
  AssumeRolePolicyDocument: encodeDocument(role.trust),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
});

/** Roles and their trust. */
export const roleHandlers = {
  ListRoles(input: ListRolesRequest, call: IamCall): ListRolesResponse {
    const { items, ...rest } = page([...call.tenant.roles.values()], input, call);
    return { Roles: items.map(shown), ...rest };
  },

  GetRole(input: GetRoleRequest, call: IamCall): GetRoleResponse {
    const role = roleOf(call, input.RoleName);
    return {
      Role: {
        ...shown(role),
        Tags: role.tags,
        PermissionsBoundary: boundaryOf(role.boundary),
        RoleLastUsed: role.lastUsed ?? {},
      },
    };
  },

  CreateRole(input: CreateRoleRequest, call: IamCall): CreateRoleResponse {
    const name = input.RoleName ?? "";
    if (call.tenant.roles.has(name)) throw alreadyExists("Role", name);
    const path = input.Path ?? "/";
    const role: RoleState = {
      Path: path,
      RoleName: name,
      RoleId: call.ids.make("AROA"),
      Arn: `arn:aws:iam::${call.tenant.id}:role${path}${name}`,
      CreateDate: call.now,
      attached: new Set(),
      inline: new Map(),
      trust: documentOf(input.AssumeRolePolicyDocument),
      description: input.Description,
      maxSessionSeconds: input.MaxSessionDuration ?? 3600,
      boundary: input.PermissionsBoundary,
      tags: [...(input.Tags ?? [])],
      lastUsed: undefined,
    };
    call.tenant.roles.set(name, role);
    return { Role: shown(role) };
  },

  UpdateAssumeRolePolicy(input: UpdateAssumeRolePolicyRequest, call: IamCall): object {
    roleOf(call, input.RoleName).trust = documentOf(input.PolicyDocument);
    return {};
  },

  DeleteRole(input: DeleteRoleRequest, call: IamCall): object {
    const role = roleOf(call, input.RoleName);
    refuseWhilePoliciesHang(role);
    call.tenant.roles.delete(role.RoleName);
    return {};
  },

  PutRolePermissionsBoundary(input: PutRolePermissionsBoundaryRequest, call: IamCall): object {
    roleOf(call, input.RoleName).boundary = input.PermissionsBoundary;
    return {};
  },

  DeleteRolePermissionsBoundary(input: DeleteRolePermissionsBoundaryRequest, call: IamCall): object {
    roleOf(call, input.RoleName).boundary = undefined;
    return {};
  },
} satisfies HandlerMap;
