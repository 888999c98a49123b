import type { JsonValue } from "../../src/model/json.ts";

/** One request with GitHub's answer, pages merged. */
export interface RecordedRequest {
  readonly route: string;
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly answer: unknown;
}

/** The steps of this connector. */
export const STEP_IDS = [
  "organization",
  "members",
  "outside-collaborators",
  "teams",
  "repositories",
  "collaborators",
  "deploy-keys",
  "installations",
  "invitations",
  "fine-grained-tokens",
  "audit-log",
] as const;

/** One of them. */
export type StepId = (typeof STEP_IDS)[number];

/** A user as REST lists it. */
export interface RawUser {
  readonly login: string;
  readonly id: number;
  readonly node_id: string;
}

/** `GET /orgs/{org}`. */
export interface RawOrganization {
  readonly login: string;
  readonly id: number;
  readonly node_id: string;
  readonly name?: string | null;
  readonly default_repository_permission?: string | null;
  readonly two_factor_requirement_enabled?: boolean | null;
}

/** An edge of `membersWithRole`. */
export interface RawMemberEdge {
  readonly role: "ADMIN" | "MEMBER" | null;
  readonly hasTwoFactorEnabled: boolean | null;
  readonly node: {
    readonly id: string;
    readonly databaseId: number | null;
    readonly login: string;
    readonly name?: string | null;
    readonly email?: string | null;
    readonly createdAt?: string;
    readonly organizationVerifiedDomainEmails?: readonly string[];
  } | null;
}

/** A node of `teams`. */
export interface RawTeam {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parentTeam: { readonly id: string; readonly slug: string } | null;
  readonly members: {
    readonly edges: readonly {
      readonly role: string;
      readonly node: { readonly id: string; readonly login: string };
    }[];
  };
  readonly repositories: {
    readonly edges: readonly {
      readonly permission: string;
      readonly node: { readonly id: string; readonly nameWithOwner: string };
    }[];
  };
}

/** A node of `repositories`. */
export interface RawRepository {
  readonly id: string;
  readonly databaseId: number | null;
  readonly name: string;
  readonly nameWithOwner: string;
  readonly visibility: string;
  readonly isArchived: boolean;
  readonly createdAt: string;
  readonly pushedAt: string | null;
  readonly defaultBranchRef: { readonly name: string } | null;
  readonly deployKeys: { readonly totalCount: number } | null;
}

/** A node of `repositories` with its direct collaborators; null where the token may not see them. */
export interface RawCollaborators {
  readonly id: string;
  readonly nameWithOwner: string;
  readonly collaborators: {
    readonly edges: readonly {
      readonly permission: string;
      readonly permissionSources?:
        | readonly {
            readonly permission: string;
            readonly roleName?: string | null;
            readonly source: { readonly __typename: string };
          }[]
        | null;
      readonly node: { readonly id: string; readonly databaseId: number | null; readonly login: string };
    }[];
  } | null;
}

/** A deploy key as REST lists it. */
export interface RawDeployKey {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly created_at: string;
  readonly read_only: boolean;
  readonly added_by?: string | null;
  readonly last_used?: string | null;
  readonly enabled?: boolean;
}

/** An app installation. */
export interface RawInstallation {
  readonly id: number;
  readonly app_id: number;
  readonly app_slug: string;
  readonly repository_selection: "all" | "selected";
  readonly permissions: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly suspended_at: string | null;
}

/** A pending invitation. */
export interface RawInvitation {
  readonly id: number;
  readonly login: string | null;
  readonly email: string | null;
  readonly node_id: string;
  readonly role: string;
  readonly created_at: string;
  readonly inviter?: RawUser | null;
}

/** A fine-grained token that was granted access. */
export interface RawToken {
  readonly id: number;
  readonly owner: RawUser;
  readonly repository_selection: string;
  readonly permissions: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  readonly access_granted_at: string;
  readonly token_name?: string;
  readonly token_expired: boolean;
  readonly token_expires_at: string | null;
  readonly token_last_used_at: string | null;
}

/** An entry of the audit log. */
export interface RawAuditEntry {
  readonly actor?: string;
  readonly actor_id?: number;
  readonly created_at?: number;
  readonly "@timestamp"?: number;
}
