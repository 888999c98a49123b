import type {
  RawAssignedUser,
  RawAuthorization,
  RawCodespace,
  RawCustomRole,
  RawEnterpriseOwner,
  RawEnterpriseTeam,
  RawHook,
  RawIdentity,
  RawLicensedUser,
  RawNamed,
  RawOrganizationRole,
  RawRepositoryInvitation,
  RawRestTeam,
  RawRunner,
  RawRunnerGroup,
  RawScimUsers,
  RawSeat,
  RawTokenRequest,
} from "../../../../connectors/github/raw-people.ts";
import type { RawUser } from "../../../../connectors/github/raw.ts";
import type { GitHubState } from "../github-state.ts";

/** A secret or variable, with the repositories (`owner/name`) that were selected; a variable has a value. */
export type StateNamed = RawNamed & { value?: string; repositories?: string[] };

/** A team of the enterprise as the organization sees it. */
export interface StateEnterpriseTeam {
  team: RawRestTeam;
  members: RawUser[];
  /** `owner/name` → role. */
  repositories: Record<string, string>;
}

/** What the fake holds about people and credentials; whatever belongs to a repository stands under its `owner/name`. */
export interface PeopleState {
  roles: { role: RawOrganizationRole; users: RawAssignedUser[]; teams: RawRestTeam[] }[];
  customRoles: RawCustomRole[];
  /** Null where the organization has no enterprise that the token may see. */
  enterprise: {
    slug: string;
    databaseId: number;
    teams: RawEnterpriseTeam[];
    memberships: Record<string, RawUser[]>;
    roles: { id: number; name: string; users: RawAssignedUser[] }[];
    licenses: RawLicensedUser[];
    identities: RawIdentity[] | null;
  } | null;
  enterpriseOwners: RawEnterpriseOwner[];
  enterpriseTeams: StateEnterpriseTeam[];
  /** Null where the enterprise does not manage its users: GitHub refuses. */
  externalGroups: { group_id: number; group_name: string; teams: { team_id: number; team_name: string }[] }[] | null;
  /** Team slug → groups; null where there is no team synchronization. */
  synchronized: Record<string, string[]> | null;
  /** Null where the organization has no single sign-on. */
  identities: RawIdentity[] | null;
  authorizations: RawAuthorization[];
  tokenRequests: RawTokenRequest[];
  /** Tokens by number → `owner/name`; null to people's tokens, which GitHub refuses. */
  tokenRepositories: Record<number, string[]> | null;
  /** Whether fine-grained tokens are listed: to apps only. */
  asApp: boolean;
  /** Installations by number → `owner/name`, in each of GitHub's views; null where it is refused. */
  installationRepositories: {
    enterprise: Record<number, string[]> | null;
    own: string[] | null;
    user: Record<number, string[]> | null;
  };
  secrets: Record<"actions" | "dependabot" | "codespaces", StateNamed[]>;
  repositorySecrets: Record<string, RawNamed[]>;
  /** Under `owner/name environment`. */
  environmentSecrets: Record<string, RawNamed[]>;
  variables: StateNamed[];
  repositoryVariables: Record<string, StateNamed[]>;
  environmentVariables: Record<string, StateNamed[]>;
  runners: RawRunner[];
  runnerGroups: (RawRunnerGroup & { repositories?: string[] })[];
  hooks: RawHook[];
  repositoryHooks: Record<string, RawHook[]>;
  invitations: Record<string, RawRepositoryInvitation[]>;
  seats: RawSeat[];
  codespaces: RawCodespace[];
  /** Whose second factor is an SMS, members and outside collaborators apart. */
  /** Null where the organization is not provisioned by SCIM: GitHub refuses. */
  scimUsers: RawScimUsers["Resources"] | null;
  insecureFactors: { members: RawUser[]; outside: RawUser[] };
}

/** The people of a fake, for tests that set them. */
export const peopleOf = (state: GitHubState): PeopleState => state.slices["people"] as PeopleState;

/** An organization that uses none of it. */
export const noPeople = (): PeopleState => ({
  roles: [],
  customRoles: [],
  enterprise: null,
  enterpriseOwners: [],
  enterpriseTeams: [],
  externalGroups: null,
  synchronized: null,
  identities: null,
  authorizations: [],
  tokenRequests: [],
  tokenRepositories: null,
  asApp: false,
  installationRepositories: { enterprise: null, own: null, user: null },
  secrets: { actions: [], dependabot: [], codespaces: [] },
  repositorySecrets: {},
  environmentSecrets: {},
  variables: [],
  repositoryVariables: {},
  environmentVariables: {},
  runners: [],
  runnerGroups: [],
  hooks: [],
  repositoryHooks: {},
  invitations: {},
  seats: [],
  codespaces: [],
  scimUsers: null,
  insecureFactors: { members: [], outside: [] },
});
