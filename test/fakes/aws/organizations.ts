import { AwsFault } from "./aws-fault.ts";
import { jsonPage } from "./json-page.ts";
import type { OrganizationSeed } from "./seed.ts";
import type { Caller } from "./sts.ts";
import type { FakeWorld } from "./world.ts";

/** A request of AWS Organizations, as far as the fake looks at it. */
interface OrganizationsRequest {
  readonly ParentId?: string;
  readonly TargetId?: string;
  readonly PolicyId?: string;
  readonly Filter?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

const TYPES = { scp: "SERVICE_CONTROL_POLICY", rcp: "RESOURCE_CONTROL_POLICY" } as const;
const isTenant = (id: string): boolean => /^\d{12}$/.test(id);

function organizationOf(world: FakeWorld, caller: Caller): OrganizationSeed {
  const organization = world.organization;
  if (organization === undefined) {
    throw new AwsFault("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
  }
  if (caller.tenant !== organization.managementTenant) {
    throw new AwsFault("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  return organization;
}

/** The tree of an organization and its control policies; the management tenant alone may read it. */
export function organizationsHandlers(world: FakeWorld) {
  const policySummary = (organization: OrganizationSeed, id: string) => {
    const policy = organization.policies.find((candidate) => candidate.id === id);
    if (policy === undefined)
      throw new AwsFault("PolicyNotFoundException", "You specified a policy that doesn't exist.");
    return {
      Id: policy.id,
      Arn: `arn:aws:organizations::${organization.managementTenant}:policy/o-example/${policy.kind}/${policy.id}`,
      Name: policy.name,
      Type: TYPES[policy.kind],
      AwsManaged: false,
    };
  };
  const children = (organization: OrganizationSeed, parent: string | undefined) =>
    organization.targets.filter((target) => target.parent === parent);

  return {
    DescribeOrganization(_input: OrganizationsRequest, caller: Caller) {
      if (world.organization === undefined) {
        throw new AwsFault("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
      }
      const id = world.organization.managementTenant;
      if (!world.tenants.has(caller.tenant)) throw new AwsFault("AccessDeniedException", "not allowed");
      return {
        Organization: {
          Id: "o-example",
          MasterAccountId: id,
          FeatureSet: "ALL",
          MasterAccountArn: `arn:aws:organizations::${id}:account/o-example/${id}`,
        },
      };
    },
    ListRoots(input: OrganizationsRequest, caller: Caller) {
      const roots = children(organizationOf(world, caller), undefined).concat(
        organizationOf(world, caller).targets.filter((target) => target.parent === null),
      );
      return jsonPage(
        "Roots",
        roots.map(({ id, name }) => ({ Id: id, Name: name, Arn: `arn:aws:organizations::root/${id}` })),
        input,
        world,
      );
    },
    ListOrganizationalUnitsForParent(input: OrganizationsRequest, caller: Caller) {
      const units = children(organizationOf(world, caller), input.ParentId).filter(({ id }) => !isTenant(id));
      return jsonPage(
        "OrganizationalUnits",
        units.map(({ id, name }) => ({ Id: id, Name: name })),
        input,
        world,
      );
    },
    ListAccountsForParent(input: OrganizationsRequest, caller: Caller) {
      const tenants = children(organizationOf(world, caller), input.ParentId).filter(({ id }) => isTenant(id));
      return jsonPage(
        "Accounts",
        tenants.map(({ id, name }) => ({ Id: id, Name: name, Status: "ACTIVE" })),
        input,
        world,
      );
    },
    ListPoliciesForTarget(input: OrganizationsRequest, caller: Caller) {
      const organization = organizationOf(world, caller);
      const target = organization.targets.find(({ id }) => id === input.TargetId);
      const ids = (input.Filter === TYPES.rcp ? target?.rcps : target?.scps) ?? [];
      return jsonPage(
        "Policies",
        ids.map((id) => policySummary(organization, id)),
        input,
        world,
      );
    },
    DescribePolicy(input: OrganizationsRequest, caller: Caller) {
      const organization = organizationOf(world, caller);
      const policy = organization.policies.find(({ id }) => id === input.PolicyId);
      return {
        Policy: {
          PolicySummary: policySummary(organization, input.PolicyId ?? ""),
          Content: JSON.stringify(policy?.document),
        },
      };
    },
  };
}
