/** GitHub's answers about roles, tokens, apps and seats of the sample: names and ages, never a value. */
import {
  members,
  numberOf,
  ORGANIZATION,
  PUBLIC,
  repositoryNode,
  repositoryNumber,
  teamNode,
  userNode,
} from "./github-organization.ts";
import { teamNumber } from "./github-protection.ts";
import { daysAgoZulu as daysAgo } from "./moment.ts";
import { loginOf, person } from "./people.ts";
import type { Json } from "./policy.ts";

const org = { org: ORGANIZATION };
const request = (route: string, parameters: Json, answer: unknown): Json => ({ route, parameters, answer });

/** A person as REST lists them. */
export const restUser = (name: string): Json => {
  const login = loginOf(person(name));
  return {
    login,
    id: numberOf(person(name)),
    node_id: userNode(person(name)),
    avatar_url: "https://github.invalid/avatar.png",
    gravatar_id: "",
    url: `https://api.github.invalid/users/${login}`,
    html_url: `https://github.invalid/${login}`,
    type: "User",
    site_admin: false,
  };
};

/** A team as REST lists it. */
const restTeam = (slug: string): Json => ({
  id: teamNumber(slug),
  node_id: teamNode(slug),
  name: slug,
  slug,
  description: null,
  privacy: "closed",
  permission: "pull",
  url: `https://api.github.invalid/teams/${teamNumber(slug)}`,
  html_url: `https://github.invalid/orgs/${ORGANIZATION}/teams/${slug}`,
  members_url: `https://api.github.invalid/teams/${teamNumber(slug)}/members`,
  repositories_url: `https://api.github.invalid/teams/${teamNumber(slug)}/repos`,
  parent: null,
});

/** A repository as REST lists it, shortened to what names it. */
export const restRepository = (name: string): Json => ({
  id: repositoryNumber(name),
  node_id: repositoryNode(name),
  name,
  full_name: `${ORGANIZATION}/${name}`,
  private: !PUBLIC.has(name),
});

const organizationRoles = (): Json => {
  const role = (id: number, name: string, source: string, base: string | null, permissions: string[]): Json => ({
    id,
    name,
    description: `Role ${name}`,
    base_role: base,
    source,
    permissions,
    organization: null,
    created_at: daysAgo(700),
    updated_at: daysAgo(700),
  });
  const roles = [
    role(8132, "all_repo_read", "Predefined", "read", []),
    role(8133, "all_repo_triage", "Predefined", "triage", []),
    role(8134, "all_repo_write", "Predefined", "write", []),
    role(8135, "all_repo_maintain", "Predefined", "maintain", []),
    role(8136, "all_repo_admin", "Predefined", "admin", []),
    role(20_001, "ruleset-keeper", "Organization", null, ["manage_organization_ref_rules", "read_audit_logs"]),
  ];
  return {
    requests: [
      request("GET /orgs/{org}/organization-roles", org, { total_count: roles.length, roles }),
      ...roles.flatMap(({ id }) => [
        request(
          "GET /orgs/{org}/organization-roles/{role_id}/teams",
          { ...org, role_id: String(id) },
          id === 8132 ? [restTeam("security")] : [],
        ),
        request(
          "GET /orgs/{org}/organization-roles/{role_id}/users",
          { ...org, role_id: String(id) },
          id === 20_001 ? [{ ...restUser("Ike Dummyfield"), assignment: "direct", inherited_from: [] }] : [],
        ),
      ]),
    ],
  };
};

const customRepositoryRoles = (): Json => ({
  requests: [
    request("GET /orgs/{org}/custom-repository-roles", org, {
      total_count: 1,
      custom_roles: [
        {
          id: 30_001,
          name: "releaser",
          description: "Writes, and makes releases",
          base_role: "write",
          permissions: ["create_tag", "delete_tag"],
          organization: null,
          created_at: daysAgo(500),
          updated_at: daysAgo(500),
        },
      ],
    }),
  ],
});

/** Where apps and tokens with a selection of their own are open to. */
const SELECTIONS: Readonly<Record<"installation" | "token", Readonly<Record<number, readonly string[]>>>> = {
  installation: { 4_000_003: ["web", "payments-api"], 4_000_004: ["sandbox-two"] },
  token: { 2_000_001: ["web", "web-assets", "website"], 2_000_002: ["data-pipeline", "data-models"] },
};

const installationRepositories = (): Json => ({
  requests: Object.entries(SELECTIONS.installation).map(([id, names]) =>
    request(
      "GET /user/installations/{installation_id}/repositories",
      { installation_id: id },
      { total_count: names.length, repository_selection: "selected", repositories: names.map(restRepository) },
    ),
  ),
});

const tokenRepositories = (): Json => ({
  requests: Object.entries(SELECTIONS.token).map(([id, names]) =>
    request(
      "GET /orgs/{org}/personal-access-tokens/{pat_id}/repositories",
      { ...org, pat_id: id },
      names.map(restRepository),
    ),
  ),
});

const tokenRequests = (): Json => {
  const one = (id: number, who: string, name: string, days: number, contents: string): Json => ({
    id,
    reason: null,
    owner: restUser(who),
    repository_selection: "subset",
    repositories_url: `https://api.github.invalid/orgs/${ORGANIZATION}/personal-access-token-requests/${id}/repositories`,
    permissions: { organization: {}, repository: { contents, metadata: "read" }, other: {} },
    created_at: daysAgo(days),
    token_id: id + 500_000,
    token_name: name,
    token_expired: false,
    token_expires_at: daysAgo(-60),
    token_last_used_at: null,
  });
  return {
    requests: [
      request("GET /orgs/{org}/personal-access-token-requests", org, [
        one(2_500_001, "Vic Waldo", "page checker", 45, "read"),
        one(2_500_002, "Bea Nullson", "notebook sync", 2, "write"),
      ]),
    ],
  };
};

/** Classic tokens and keys that were let in: one of either is as it should not be. */
const singleSignOnAuthorizations = (): Json => {
  const one = (
    id: number,
    who: string,
    type: string,
    title: string,
    days: readonly [made: number, used: number],
    more: Json,
  ): Json => ({
    login: loginOf(person(who)),
    credential_id: id,
    credential_type: type,
    credential_authorized_at: daysAgo(days[0]),
    credential_accessed_at: daysAgo(days[1]),
    authorized_credential_id: id + 1,
    authorized_credential_title: title,
    ...more,
  });
  return {
    requests: [
      request("GET /orgs/{org}/credential-authorizations", org, [
        one(1_500_001, "Kai Lorem", "personal access token", "", [400, 2], {
          token_last_eight: "0001",
          scopes: ["repo", "workflow"],
          authorized_credential_note: "laptop",
          authorized_credential_expires_at: daysAgo(-30),
        }),
        one(1_500_011, "Val Monader", "SSH key", "workstation", [900, 150], { fingerprint: "0011" }),
        one(1_500_021, "Uma Garply", "SSH key", "laptop", [300, 1], { fingerprint: "0021" }),
      ]),
    ],
  };
};

const copilotSeats = (): Json => {
  const seats = members
    .filter(({ department, employment }) => !["security", "management"].includes(department) && employment !== "left")
    .slice(0, 14)
    .map(({ name }, at) => ({
      created_at: daysAgo(300),
      updated_at: daysAgo(30),
      pending_cancellation_date: null,
      last_activity_at: daysAgo(name === "Nia Sitamet" ? 95 : at % 6),
      last_activity_editor: "an editor",
      plan_type: "business",
      assignee: restUser(name),
      assigning_team: null,
    }));
  return {
    requests: [request("GET /orgs/{org}/copilot/billing/seats", org, { total_seats: seats.length, seats })],
  };
};

/** The enterprise gave the organization no team of its own. */
const enterpriseTeams = (): Json => ({
  requests: [request("GET /orgs/{org}/teams", { ...org, team_type: "enterprise" }, [])],
});

/** The identity provider decides who is in the security team. */
const identityProviderGroups = (): Json => ({
  requests: [
    request("GET /orgs/{org}/external-groups", org, {
      groups: [{ group_id: 901, group_name: "security people", updated_at: daysAgo(20) }],
    }),
    request(
      "GET /orgs/{org}/external-group/{group_id}",
      { ...org, group_id: "901" },
      { teams: [{ team_id: teamNumber("security"), team_name: "security" }] },
    ),
  ],
});

/** Everybody of the roster signs in by it; who is nobody's does not. */
const singleSignOnIdentities = (): Json => {
  const answer = (operation: string, samlIdentityProvider: Json): Json =>
    request(
      "POST /graphql",
      { operation, variables: { organization: ORGANIZATION } },
      { organization: { samlIdentityProvider } },
    );
  const nodes = members.map((one) => ({
    guid: `sample-${one.id}`,
    samlIdentity: { nameId: one.email },
    scimIdentity: null,
    user: { id: userNode(one), login: loginOf(one) },
  }));
  return {
    requests: [
      answer("identityProvider", { id: "SAMLIP_sample01", issuer: "https://idp.acme.invalid" }),
      answer("identities", { externalIdentities: { totalCount: nodes.length, nodes } }),
    ],
  };
};

/** The identity provider suspended somebody who left, and GitHub let him in all the same. */
const scimUsers = (): Json => {
  const Resources = members.map((one) => ({
    id: `sample-${one.id}`,
    userName: one.email,
    active: loginOf(one) !== "acme-odo-amet",
    meta: { lastModified: daysAgo(80) },
  }));
  return {
    requests: [
      request(
        "GET /scim/v2/organizations/{org}/Users",
        { ...org, startIndex: "1", count: "100" },
        { totalResults: Resources.length, Resources },
      ),
    ],
  };
};

/** Answers by step. */
export const credentialAnswers = (): Readonly<Record<string, Json>> => ({
  "organization-roles": organizationRoles(),
  "custom-repository-roles": customRepositoryRoles(),
  "installation-repositories": installationRepositories(),
  "token-repositories": tokenRepositories(),
  "token-requests": tokenRequests(),
  "single-sign-on-authorizations": singleSignOnAuthorizations(),
  "copilot-seats": copilotSeats(),
  "enterprise-teams": enterpriseTeams(),
  "identity-provider-groups": identityProviderGroups(),
  "single-sign-on-identities": singleSignOnIdentities(),
  "scim-users": scimUsers(),
});
