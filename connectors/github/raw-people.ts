/** Shapes of answers about roles, sign-in, credentials and what they open; only what is used is named. */
import { z } from "zod";
import { rawUser } from "./raw.ts";

const text = z.string();
const maybeText = text.nullable().optional();
const count = z.number();
const total = count.optional();

/** A repository as REST names it inside other answers; the enterprise's routes leave its node id out. */
export const rawNamedRepository = z.object({ id: count, node_id: text.optional(), full_name: text });
export type RawNamedRepository = z.infer<typeof rawNamedRepository>;

/** An envelope of repositories. */
export const rawRepositoryList = z.object({ total_count: total, repositories: z.array(rawNamedRepository) });
export type RawRepositoryList = z.infer<typeof rawRepositoryList>;

/** A role of the organization, predefined or its own. */
export const rawOrganizationRoles = z.object({
  roles: z.array(
    z.object({
      id: count,
      name: text,
      base_role: maybeText,
      source: maybeText,
      permissions: z.array(text).optional(),
      updated_at: text.optional(),
    }),
  ),
});
export type RawOrganizationRole = z.infer<typeof rawOrganizationRoles>["roles"][number];

/** Who was assigned a role; `indirect` is through a team, which stands in the other list. */
export const rawAssignedUser = rawUser.extend({ assignment: text.optional() });
export type RawAssignedUser = z.infer<typeof rawAssignedUser>;

/** A team as REST lists it. */
export const rawRestTeam = z.object({
  id: count,
  node_id: text,
  slug: text,
  name: text,
  type: text.optional(),
  assignment: text.optional(),
  enterprise_id: count.optional(),
});
export type RawRestTeam = z.infer<typeof rawRestTeam>;

/** A custom role on repositories. */
export const rawCustomRoles = z.object({
  total_count: total,
  custom_roles: z.array(
    z.object({
      id: count,
      name: text,
      base_role: maybeText,
      permissions: z.array(text).optional(),
      updated_at: text.optional(),
    }),
  ),
});
export type RawCustomRole = z.infer<typeof rawCustomRoles>["custom_roles"][number];

/** A repository of a team, with the team's role on it. */
export const rawTeamRepository = rawNamedRepository.extend({
  role_name: text.optional(),
  permissions: z.record(text, z.boolean()).optional(),
});
export type RawTeamRepository = z.infer<typeof rawTeamRepository>;

/** A team as its enterprise lists it. */
export const rawEnterpriseTeam = z.object({
  id: count,
  name: text,
  slug: text,
  group_id: maybeText,
  group_name: maybeText,
});
export type RawEnterpriseTeam = z.infer<typeof rawEnterpriseTeam>;

/** Groups of the identity provider, by either of GitHub's two ways. */
export const rawExternalGroups = z.object({ groups: z.array(z.object({ group_id: count, group_name: text })) });
export const rawExternalGroup = z.object({
  teams: z.array(z.object({ team_id: count, team_name: text })),
});
export const rawGroupMappings = z.object({
  groups: z.array(z.object({ group_id: text, group_name: text, synced_at: maybeText })).optional(),
});

/** A credential that its owner let into an organization with single sign-on. */
export const rawAuthorization = z.object({
  login: text,
  credential_id: count,
  credential_type: text,
  token_last_eight: text.optional(),
  fingerprint: text.optional(),
  credential_authorized_at: text,
  credential_accessed_at: maybeText,
  scopes: z.array(text).optional(),
  authorized_credential_title: maybeText,
  authorized_credential_note: maybeText,
  authorized_credential_expires_at: maybeText,
});
export type RawAuthorization = z.infer<typeof rawAuthorization>;

/** A fine-grained token that waits to be granted access. */
export const rawTokenRequest = z.object({
  id: count,
  owner: rawUser,
  repository_selection: text,
  permissions: z.record(text, z.record(text, text).optional()),
  created_at: text,
  token_name: text.optional(),
  token_expired: z.boolean(),
  token_expires_at: maybeText,
  token_last_used_at: maybeText,
});
export type RawTokenRequest = z.infer<typeof rawTokenRequest>;

/** A secret: its name and age. A variable is the same; its value is dropped where it is read. */
const rawNamed = z.object({
  name: text,
  created_at: text,
  updated_at: text,
  visibility: text.optional(),
});
export type RawNamed = z.infer<typeof rawNamed>;
export const rawSecrets = z.object({ total_count: total, secrets: z.array(rawNamed) });
export const rawVariables = z.object({ total_count: total, variables: z.array(rawNamed) });

/** A self-hosted runner. */
export const rawRunner = z.object({
  id: count,
  name: text,
  os: text.optional(),
  status: text,
  runner_group_id: count.optional(),
  ephemeral: z.boolean().optional(),
  version: maybeText,
  labels: z.array(z.object({ name: text })),
});
export type RawRunner = z.infer<typeof rawRunner>;

/** A group of runners. */
export const rawRunnerGroup = z.object({
  id: count,
  name: text,
  visibility: text,
  default: z.boolean().optional(),
  inherited: z.boolean().optional(),
  allows_public_repositories: z.boolean(),
  restricted_to_workflows: z.boolean().optional(),
  selected_workflows: z.array(text).optional(),
});
export type RawRunnerGroup = z.infer<typeof rawRunnerGroup>;

/** A webhook. Where it was read by us, `host` and `has_secret` stand in place of the address and the secret. */
export const rawHook = z.object({
  id: count,
  active: z.boolean(),
  events: z.array(text),
  created_at: text.optional(),
  updated_at: text.optional(),
  config: z.object({
    url: text.optional(),
    host: text.nullable().optional(),
    secret: text.optional(),
    has_secret: z.boolean().optional(),
    insecure_ssl: z.union([text, count]).optional(),
  }),
  last_response: z.object({ code: count.nullable(), status: maybeText }).optional(),
});
export type RawHook = z.infer<typeof rawHook>;

/** Somebody who was asked to collaborate on a repository and did not answer yet. */
export const rawRepositoryInvitation = z.object({
  id: count,
  repository: rawNamedRepository,
  invitee: rawUser.nullable(),
  inviter: z.object({ login: text }).nullable().optional(),
  permissions: text,
  created_at: text,
  expired: z.boolean().optional(),
});
export type RawRepositoryInvitation = z.infer<typeof rawRepositoryInvitation>;

/** Users of SCIM, cut to what is kept. */
export const rawScimUsers = z.object({
  totalResults: count,
  Resources: z.array(
    z.object({
      id: text,
      userName: maybeText,
      active: z.boolean(),
      meta: z.object({ lastModified: maybeText }).optional(),
    }),
  ),
});
export type RawScimUsers = z.infer<typeof rawScimUsers>;

/** An entry of the audit log about an invitation that was sent. */
export const rawInvitationEvent = z.object({
  action: text.optional(),
  repo: maybeText,
  repo_id: count.nullable().optional(),
  created_at: count.optional(),
  "@timestamp": count.optional(),
});
export type RawInvitationEvent = z.infer<typeof rawInvitationEvent>;

/** A seat of Copilot. */
const rawSeat = z.object({
  assignee: rawUser.nullable().optional(),
  assigning_team: z.object({ slug: text.optional(), name: text.optional() }).nullable().optional(),
  pending_cancellation_date: maybeText,
  last_activity_at: maybeText,
  last_authenticated_at: maybeText,
  created_at: text,
  plan_type: text.optional(),
});
export type RawSeat = z.infer<typeof rawSeat>;
export const rawSeats = z.object({ total_seats: total, total_count: total, seats: z.array(rawSeat) });

/** A codespace of somebody. */
export const rawCodespace = z.object({ owner: rawUser, created_at: text, last_used_at: text });
export type RawCodespace = z.infer<typeof rawCodespace>;

/** A user who takes a license of the enterprise. */
const rawLicensedUser = z.object({
  github_com_login: maybeText,
  license_type: maybeText,
  visual_studio_subscription_user: z.boolean().optional(),
});
export type RawLicensedUser = z.infer<typeof rawLicensedUser>;
export const rawLicenses = z.object({
  total_seats_consumed: total,
  total_seats_purchased: total,
  users: z.array(rawLicensedUser),
});

const identity = z.object({
  guid: text.optional(),
  samlIdentity: z.object({ nameId: maybeText }).nullable().optional(),
  scimIdentity: z.object({ username: maybeText }).nullable().optional(),
  user: z.object({ id: text, login: text }).nullable(),
});
export type RawIdentity = z.infer<typeof identity>;

/** The list of identities below a provider. */
const rawIdentityList = z.object({
  totalCount: count.optional(),
  pageInfo: z.object({ hasNextPage: z.boolean() }).optional(),
  nodes: z.array(identity.nullable()),
});
export type RawIdentityList = z.infer<typeof rawIdentityList>;

const provider = z
  .object({ id: text.optional(), issuer: maybeText, externalIdentities: rawIdentityList.optional() })
  .nullable();

/** The identity provider of the organization or of its enterprise, by GraphQL. */
export const rawSingleSignOn = z.union([
  z.object({ organization: z.object({ samlIdentityProvider: provider }) }),
  z.object({ enterprise: z.object({ ownerInfo: z.object({ samlIdentityProvider: provider }).nullable() }) }),
]);

/** Owners of the enterprise that the organization belongs to. */
export const rawEnterpriseOwner = z.object({ id: text, databaseId: count.nullable().optional(), login: text });
export type RawEnterpriseOwner = z.infer<typeof rawEnterpriseOwner>;

/** The enterprise itself. */
export const rawEnterprise = z.object({
  enterprise: z.object({ id: text, databaseId: count.nullable(), slug: text }).nullable(),
});
