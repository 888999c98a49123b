import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { allPages } from "../../shared/paging.ts";
import type { RawControlPolicy, RawOrganization } from "../raw.ts";

type Sdk = typeof import("@aws-sdk/client-organizations");
type Target = NonNullable<RawOrganization["targets"]>[number];

/** The organization's tree from the root down, with the SCPs and RCPs of each target. Each policy is read once. */
export async function readOrganization(client: OrganizationsClient, sdk: Sdk): Promise<RawOrganization> {
  const { Organization } = await client.send(new sdk.DescribeOrganizationCommand({}));
  const documents = new Map<string, RawControlPolicy>();
  const policies = async (
    TargetId: string,
    Filter: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY",
  ): Promise<RawControlPolicy[]> => {
    let listed;
    try {
      listed = await allPages(async (token) => {
        const answer = await client.send(
          new sdk.ListPoliciesForTargetCommand({
            TargetId,
            Filter,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        return { items: answer.Policies ?? [], next: answer.NextToken };
      });
    } catch (error) {
      // A kind of policy that the organization never switched on: nothing of it can be attached.
      if ((error as { name?: string }).name === "PolicyTypeNotEnabledException") return [];
      throw error;
    }
    const found: RawControlPolicy[] = [];
    for (const { Id = "", Name } of listed) {
      if (!documents.has(Id)) {
        const { Policy } = await client.send(new sdk.DescribePolicyCommand({ PolicyId: Id }));
        documents.set(Id, {
          id: Id,
          ...(Name === undefined ? {} : { name: Name }),
          ...(Policy?.Content === undefined ? {} : { document: Policy.Content }),
        });
      }
      const policy = documents.get(Id);
      if (policy !== undefined) found.push(policy);
    }
    return found;
  };
  const targets: Target[] = [];
  const add = async (target: Omit<Target, "scps" | "rcps">): Promise<void> =>
    void targets.push({
      ...target,
      scps: await policies(target.id, "SERVICE_CONTROL_POLICY"),
      rcps: await policies(target.id, "RESOURCE_CONTROL_POLICY"),
    });
  const below = async (parentId: string): Promise<void> => {
    const tenants = await allPages(async (token) => {
      const answer = await client.send(
        new sdk.ListAccountsForParentCommand({
          ParentId: parentId,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      return { items: answer.Accounts ?? [], next: answer.NextToken };
    });
    for (const { Id = "", Name } of tenants)
      await add({ id: Id, parentId, kind: "tenant", tenant: Id, ...(Name === undefined ? {} : { name: Name }) });
    const units = await allPages(async (token) => {
      const answer = await client.send(
        new sdk.ListOrganizationalUnitsForParentCommand({
          ParentId: parentId,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      return { items: answer.OrganizationalUnits ?? [], next: answer.NextToken };
    });
    for (const { Id = "", Name } of units) {
      await add({ id: Id, parentId, kind: "ou", ...(Name === undefined ? {} : { name: Name }) });
      await below(Id);
    }
  };
  const roots = await allPages(async (token) => {
    const answer = await client.send(new sdk.ListRootsCommand(token === undefined ? {} : { NextToken: token }));
    return { items: answer.Roots ?? [], next: answer.NextToken };
  });
  for (const { Id = "", Name } of roots) {
    await add({ id: Id, parentId: null, kind: "root", ...(Name === undefined ? {} : { name: Name }) });
    await below(Id);
  }
  return {
    ...(Organization?.MasterAccountId === undefined ? {} : { managementTenant: Organization.MasterAccountId }),
    targets,
  };
}
