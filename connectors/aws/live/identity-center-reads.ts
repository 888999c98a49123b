import type { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { allPages, bounded } from "../../shared/paging.ts";
import type { RawIdentityCenter } from "../raw.ts";

type Admin = typeof import("@aws-sdk/client-sso-admin");
type Store = typeof import("@aws-sdk/client-identitystore");

const next = (token: string | undefined): { NextToken: string } | Record<string, never> =>
  token === undefined ? {} : { NextToken: token };

/** Identity Center whole: permission sets with what they hold, assignments per tenant, people, groups and memberships. */
export async function readIdentityCenter(
  admin: SSOAdminClient,
  adminSdk: Admin,
  store: IdentitystoreClient,
  storeSdk: Store,
  concurrency: number,
): Promise<RawIdentityCenter> {
  const instances = await allPages(async (token) => {
    const answer = await admin.send(new adminSdk.ListInstancesCommand(next(token)));
    return { items: answer.Instances ?? [], next: answer.NextToken };
  });
  const permissionSets: NonNullable<RawIdentityCenter["permissionSets"]>[number][] = [];
  const assignments: NonNullable<RawIdentityCenter["assignments"]>[number][] = [];
  const people: { users: unknown[]; groups: unknown[]; memberships: unknown[] } = {
    users: [],
    groups: [],
    memberships: [],
  };
  for (const { InstanceArn, IdentityStoreId } of instances) {
    const instance = { InstanceArn };
    const arns = await allPages(async (token) => {
      const answer = await admin.send(new adminSdk.ListPermissionSetsCommand({ ...instance, ...next(token) }));
      return { items: answer.PermissionSets ?? [], next: answer.NextToken };
    });
    for (const set of await bounded(arns, concurrency, async (PermissionSetArn) => {
      const of = { ...instance, PermissionSetArn };
      const { PermissionSet } = await admin.send(new adminSdk.DescribePermissionSetCommand(of));
      const managed = await allPages(async (token) => {
        const answer = await admin.send(
          new adminSdk.ListManagedPoliciesInPermissionSetCommand({ ...of, ...next(token) }),
        );
        return { items: answer.AttachedManagedPolicies ?? [], next: answer.NextToken };
      });
      const customerManaged = await allPages(async (token) => {
        const answer = await admin.send(
          new adminSdk.ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...of, ...next(token) }),
        );
        return { items: answer.CustomerManagedPolicyReferences ?? [], next: answer.NextToken };
      });
      const { InlinePolicy } = await admin.send(new adminSdk.GetInlinePolicyForPermissionSetCommand(of));
      const boundary = await admin.send(new adminSdk.GetPermissionsBoundaryForPermissionSetCommand(of)).then(
        ({ PermissionsBoundary }) => PermissionsBoundary ?? null,
        (error: unknown) => {
          if ((error as { name?: string }).name === "ResourceNotFoundException") return null;
          throw error;
        },
      );
      const tenants = await allPages(async (token) => {
        const answer = await admin.send(
          new adminSdk.ListAccountsForProvisionedPermissionSetCommand({ ...of, ...next(token) }),
        );
        return { items: answer.AccountIds ?? [], next: answer.NextToken };
      });
      for (const AccountId of tenants) {
        assignments.push(
          ...((await allPages(async (token) => {
            const answer = await admin.send(
              new adminSdk.ListAccountAssignmentsCommand({ ...of, AccountId, ...next(token) }),
            );
            return { items: answer.AccountAssignments ?? [], next: answer.NextToken };
          })) as typeof assignments),
        );
      }
      return {
        ...PermissionSet,
        PermissionSetArn,
        managed,
        customerManaged,
        inline: InlinePolicy === undefined || InlinePolicy === "" ? null : InlinePolicy,
        boundary,
      } as (typeof permissionSets)[number];
    }))
      permissionSets.push(set);
    const at = { IdentityStoreId };
    people.users.push(
      ...(await allPages(async (token) => {
        const answer = await store.send(new storeSdk.ListUsersCommand({ ...at, ...next(token) }));
        return { items: answer.Users ?? [], next: answer.NextToken };
      })),
    );
    const groups = await allPages(async (token) => {
      const answer = await store.send(new storeSdk.ListGroupsCommand({ ...at, ...next(token) }));
      return { items: answer.Groups ?? [], next: answer.NextToken };
    });
    people.groups.push(...groups);
    for (const list of await bounded(groups, concurrency, ({ GroupId }) =>
      allPages(async (token) => {
        const answer = await store.send(new storeSdk.ListGroupMembershipsCommand({ ...at, GroupId, ...next(token) }));
        return { items: answer.GroupMemberships ?? [], next: answer.NextToken };
      }),
    ))
      people.memberships.push(...list);
  }
  // In order of id: the same answers in another order would be another recording.
  assignments.sort((a, b) =>
    `${a.AccountId} ${a.PermissionSetArn} ${a.PrincipalId}`.localeCompare(
      `${b.AccountId} ${b.PermissionSetArn} ${b.PrincipalId}`,
      "en",
    ),
  );
  return { instances, permissionSets, assignments, ...people } as RawIdentityCenter;
}
