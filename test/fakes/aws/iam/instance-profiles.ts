import type { ListInstanceProfilesRequest, ListInstanceProfilesResponse } from "@aws-sdk/client-iam";
import { page, type HandlerMap, type IamCall } from "./call.ts";

/** Instance profiles and the role in each. */
export const instanceProfileHandlers = {
  ListInstanceProfiles(input: ListInstanceProfilesRequest, call: IamCall): ListInstanceProfilesResponse {
    const { items, ...rest } = page([...call.tenant.instanceProfiles], input, call);
    const date = new Date("2024-01-15T09:00:00Z");
    return {
      ...rest,
      InstanceProfiles: items.map(([name, role]) => ({
        Path: "/",
        InstanceProfileName: name,
        InstanceProfileId: `AIPA${name}`,
        Arn: `arn:aws:iam::${call.tenant.id}:instance-profile/${name}`,
        CreateDate: date,
        Roles:
          role === null
            ? []
            : [
                {
                  Path: "/",
                  RoleName: role,
                  RoleId: `AROA${role}`,
                  Arn: `arn:aws:iam::${call.tenant.id}:role/${role}`,
                  CreateDate: date,
                },
              ],
      })),
    };
  },
} satisfies HandlerMap;
