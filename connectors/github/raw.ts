import { z } from "zod";
import type { JsonValue } from "../../src/model/json.ts";

/** One request with GitHub's answer, pages merged. */
export interface RecordedRequest {
  readonly route: string;
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly answer: unknown;
}

/** `owner/name` of the repository a request was about. */
export function repositoryOf({ parameters }: Pick<RecordedRequest, "parameters">): string {
  const part = (name: string): string => (typeof parameters[name] === "string" ? parameters[name] : "");
  return `${part("owner")}/${part("repo")}`;
}

/** Id of a step: the name of its file in a recording. */
export type StepId = string;

const text = z.string();
const maybeText = text.nullable().optional();
const count = z.number();
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: text.nullable().optional() }).optional();

/** A user as REST lists it. */
export const rawUser = z.object({ login: text, id: count, node_id: text });
export type RawUser = z.infer<typeof rawUser>;

const maybeSwitch = z.boolean().nullable().optional();

/** `GET /orgs/{org}`; settings are shown to owners only. */
export const rawOrganization = z.object({
  login: text,
  id: count,
  node_id: text,
  name: maybeText,
  default_repository_permission: maybeText,
  two_factor_requirement_enabled: maybeSwitch,
  is_verified: maybeSwitch,
  members_can_create_repositories: maybeSwitch,
  members_can_create_public_repositories: maybeSwitch,
  members_can_create_private_repositories: maybeSwitch,
  members_can_create_internal_repositories: maybeSwitch,
  members_can_create_teams: maybeSwitch,
  members_can_fork_private_repositories: maybeSwitch,
  members_can_invite_outside_collaborators: maybeSwitch,
  members_can_change_repo_visibility: maybeSwitch,
  members_can_delete_repositories: maybeSwitch,
  deploy_keys_enabled_for_repositories: maybeSwitch,
  plan: z.object({ name: text, seats: count.optional(), filled_seats: count.optional() }).nullable().optional(),
});
export type RawOrganization = z.infer<typeof rawOrganization>;

/** An edge of `membersWithRole`. */
export const rawMemberEdge = z.object({
  role: z.enum(["ADMIN", "MEMBER"]).nullable(),
  hasTwoFactorEnabled: z.boolean().nullable(),
  node: z
    .object({
      id: text,
      databaseId: count.nullable(),
      login: text,
      name: maybeText,
      email: maybeText,
      createdAt: text.optional(),
      organizationVerifiedDomainEmails: z.array(text).optional(),
    })
    .nullable(),
});
export type RawMemberEdge = z.infer<typeof rawMemberEdge>;

const teamMemberEdge = z.object({ role: text, node: z.object({ id: text, login: text }) });
const teamRepositoryEdge = z.object({ permission: text, node: z.object({ id: text, nameWithOwner: text }) });

/** A node of `teams`. */
export const rawTeam = z.object({
  id: text,
  databaseId: count.nullable().optional(),
  slug: text,
  name: text,
  parentTeam: z.object({ id: text, slug: text }).nullable(),
  members: z.object({ pageInfo, edges: z.array(teamMemberEdge.nullable()) }),
  repositories: z.object({ pageInfo, edges: z.array(teamRepositoryEdge.nullable()) }),
});
export type RawTeam = z.infer<typeof rawTeam>;

/** A node of `repositories`. */
export const rawRepository = z.object({
  id: text,
  databaseId: count.nullable(),
  name: text,
  nameWithOwner: text,
  visibility: text,
  isArchived: z.boolean(),
  createdAt: text,
  pushedAt: text.nullable(),
  viewerCanAdminister: z.boolean().optional(),
  forkingAllowed: z.boolean().optional(),
  defaultBranchRef: z.object({ name: text }).nullable(),
  deployKeys: z.object({ totalCount: count }).nullable(),
  branchProtectionRules: z.object({ totalCount: count }).nullable().optional(),
  rulesets: z
    .object({
      totalCount: count,
      /** The first of them. */
      nodes: z
        .array(z.object({ databaseId: count.nullable(), name: text }).nullable())
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
  environments: z.object({ totalCount: count }).nullable().optional(),
  /** `object(expression: "HEAD:.github/workflows")`: null where there is none. */
  workflows: z
    .object({
      entries: z
        .array(z.object({ name: text }))
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
});
export type RawRepository = z.infer<typeof rawRepository>;

/** A direct collaborator with where each of the permissions comes from. */
export const rawCollaboratorEdge = z.object({
  permission: text,
  permissionSources: z
    .array(z.object({ permission: text, roleName: maybeText, source: z.object({ __typename: text }) }))
    .nullable()
    .optional(),
  node: z.object({ id: text, databaseId: count.nullable(), login: text }),
});
export type RawCollaboratorEdge = z.infer<typeof rawCollaboratorEdge>;

/** A node of `repositories` with its direct collaborators; null where the token may not see them. */
export const rawCollaborators = z.object({
  id: text,
  nameWithOwner: text,
  collaborators: z.object({ pageInfo, edges: z.array(rawCollaboratorEdge.nullable()) }).nullable(),
});
export type RawCollaborators = z.infer<typeof rawCollaborators>;

/** A deploy key as REST lists it; `key` is the public half. */
export const rawDeployKey = z.object({
  id: count,
  key: text,
  title: text,
  created_at: text,
  read_only: z.boolean(),
  added_by: maybeText,
  last_used: maybeText,
  enabled: z.boolean().optional(),
});
export type RawDeployKey = z.infer<typeof rawDeployKey>;

/** An app installation. */
export const rawInstallation = z.object({
  id: count,
  app_id: count,
  app_slug: text,
  repository_selection: z.enum(["all", "selected"]),
  permissions: z.record(text, text),
  created_at: text,
  suspended_at: text.nullable(),
});
export type RawInstallation = z.infer<typeof rawInstallation>;

/** A pending invitation to the organization. */
export const rawInvitation = z.object({
  id: count,
  login: text.nullable(),
  email: text.nullable(),
  node_id: text,
  role: text,
  created_at: text,
  inviter: z.object({ login: text }).nullable().optional(),
});
export type RawInvitation = z.infer<typeof rawInvitation>;

/** A fine-grained token that was granted access. */
export const rawToken = z.object({
  id: count,
  owner: rawUser,
  repository_selection: text,
  permissions: z.record(text, z.record(text, text).optional()),
  access_granted_at: text,
  token_name: text.optional(),
  token_expired: z.boolean(),
  token_expires_at: text.nullable(),
  token_last_used_at: text.nullable(),
});
export type RawToken = z.infer<typeof rawToken>;

/** An entry of the audit log; moments are milliseconds since 1970. */
export const rawAuditEntry = z.object({
  actor: maybeText,
  created_at: count.optional(),
  "@timestamp": count.optional(),
});
export type RawAuditEntry = z.infer<typeof rawAuditEntry>;

/** An entry about a repository's name. GitHub documents `old_name` of `repo.rename` and `old_user` of `repo.transfer`. */
export const rawNameEntry = z.object({
  action: text.optional(),
  created_at: count.optional(),
  "@timestamp": count.optional(),
  repo: maybeText,
  repo_id: count.nullable().optional(),
  old_name: maybeText,
  old_user: maybeText,
});
export type RawNameEntry = z.infer<typeof rawNameEntry>;
