import type { RawOrganization } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { organizationRole } from "./parts.ts";

/** The organization itself: a tenant, and a resource that its roles are held on. */
export const organization: Convert = (requests, context) => {
  const raw = requests[0]?.answer as RawOrganization | undefined;
  if (raw === undefined)
    return { records: {}, kinds: { organization: { items: 0, denied: "GitHub gave no organization" } } };
  context.nodeId = raw.node_id;
  const tenant = {
    id: context.tenantId,
    system: "github" as const,
    nativeId: raw.node_id,
    name: raw.login,
    managementTenantId: null,
    attributes: {
      defaultRepositoryPermission: raw.default_repository_permission ?? null,
      twoFactorRequired: raw.two_factor_requirement_enabled ?? null,
      databaseId: raw.id,
      verified: raw.is_verified ?? null,
      membersCanCreateRepositories: raw.members_can_create_repositories ?? null,
      membersCanCreatePublicRepositories: raw.members_can_create_public_repositories ?? null,
      membersCanCreatePrivateRepositories: raw.members_can_create_private_repositories ?? null,
      membersCanCreateInternalRepositories: raw.members_can_create_internal_repositories ?? null,
      membersCanCreateTeams: raw.members_can_create_teams ?? null,
      membersCanForkPrivateRepositories: raw.members_can_fork_private_repositories ?? null,
      membersCanInviteOutsideCollaborators: raw.members_can_invite_outside_collaborators ?? null,
      membersCanChangeRepositoryVisibility: raw.members_can_change_repo_visibility ?? null,
      membersCanDeleteRepositories: raw.members_can_delete_repositories ?? null,
      deployKeysEnabled: raw.deploy_keys_enabled_for_repositories ?? null,
      plan: raw.plan?.name ?? null,
      seats: raw.plan?.seats ?? null,
      filledSeats: raw.plan?.filled_seats ?? null,
    },
  };
  return {
    records: {
      tenants: [tenant],
      resources: [
        {
          id: context.tenantId,
          system: "github",
          tenantId: context.tenantId,
          kind: "organization",
          nativeId: raw.node_id,
          locator: raw.login,
          displayName: raw.name ?? raw.login,
          attributes: {},
        },
      ],
      entitlements: [organizationRole(context, "owner"), organizationRole(context, "member")],
    },
    kinds: { organization: { items: 1 } },
  };
};
