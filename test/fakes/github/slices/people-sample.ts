import type { RawAssignedUser } from "../../../../connectors/github/raw-people.ts";
import { CANARY } from "../fake-github.ts";
import { invitationEvent, type GitHubState } from "../github-state.ts";
import { noPeople, peopleOf } from "./people-state.ts";

const WEB = "acme-sample/web";
const PAYMENTS = "acme-sample/payments-api";
const DAY = "2025-02-01T00:00:00Z";

/** A member as REST lists people. */
function user(state: GitHubState, nodeId: string): RawAssignedUser {
  const node = state.members.find((edge) => edge.node?.id === nodeId)?.node;
  if (node === null || node === undefined) throw new Error(`no member ${nodeId}`);
  return { login: node.login, id: node.databaseId ?? 0, node_id: node.id };
}

/** Some of everything, and nothing of what the sample has itself; what must not be kept is in it. */
export function setPeople(state: GitHubState): void {
  const all = Object.assign(peopleOf(state), noPeople());
  const ada = user(state, "U_samplep001");
  const other = user(state, "U_samplep002");
  const platform = state.teams.find(({ slug }) => slug === "platform");
  if (platform === undefined) throw new Error("no team platform");
  const team = {
    id: platform.databaseId ?? 2,
    node_id: platform.id,
    slug: "platform",
    name: platform.name,
    type: "organization",
  };
  all.roles = [
    {
      role: {
        id: 8136,
        name: "all_repo_admin",
        base_role: "admin",
        source: "Predefined",
        permissions: [],
        updated_at: DAY,
      },
      users: [
        { ...ada, assignment: "direct" },
        { ...other, assignment: "indirect" },
      ],
      teams: [],
    },
    {
      role: {
        id: 20_001,
        name: "auditor",
        base_role: null,
        source: "Organization",
        permissions: ["read_audit_logs"],
        updated_at: DAY,
      },
      users: [],
      teams: [{ ...team, assignment: "direct" }],
    },
  ];
  all.customRoles = [
    { id: 30_001, name: "releaser", base_role: "write", permissions: ["create_tag"], updated_at: DAY },
  ];
  all.enterprise = {
    slug: "acme",
    databaseId: 4711,
    teams: [{ id: 77, name: "everyone", slug: "everyone", group_id: "g-1", group_name: "Staff" }],
    memberships: { everyone: [ada] },
    roles: [{ id: 5, name: "Cost reader", users: [ada] }],
    licenses: [
      { github_com_login: other.login, license_type: "enterprise", visual_studio_subscription_user: false },
      { github_com_login: "somebody-elsewhere", license_type: "enterprise", visual_studio_subscription_user: true },
    ],
    identities: null,
  };
  all.enterpriseOwners = [{ id: other.node_id, databaseId: other.id, login: other.login }];
  all.enterpriseTeams = [
    {
      team: {
        id: 77,
        node_id: "ET_1",
        slug: "ent:everyone",
        name: "everyone",
        type: "enterprise",
        enterprise_id: 4711,
      },
      members: [ada],
      repositories: { [WEB]: "write" },
    },
  ];
  all.externalGroups = [
    { group_id: 9, group_name: "Platform people", teams: [{ team_id: team.id, team_name: platform.name }] },
  ];
  all.identities = [
    {
      guid: "1",
      samlIdentity: { nameId: "ada@acme.invalid" },
      scimIdentity: null,
      user: { id: ada.node_id, login: ada.login },
    },
  ];
  all.scimUsers = [{ id: "1", userName: "ada@acme.invalid", active: false }];
  all.authorizations = [
    {
      login: ada.login,
      credential_id: 61,
      credential_type: "personal access token",
      token_last_eight: "abcd9999",
      credential_authorized_at: DAY,
      credential_accessed_at: "2026-11-01T00:00:00Z",
      scopes: ["repo", "admin:org"],
      authorized_credential_note: "old script ghp_noteOfNobodyAtAll00000001",
      authorized_credential_expires_at: "2027-01-01T00:00:00Z",
    },
    {
      login: "gone-sample",
      credential_id: 62,
      credential_type: "SSH key",
      fingerprint: "SHA256:nobodys-fingerprint",
      credential_authorized_at: DAY,
      credential_accessed_at: null,
    },
  ];
  all.asApp = true;
  all.tokenRequests = [
    {
      id: 71,
      owner: ada,
      repository_selection: "subset",
      permissions: { repository: { contents: "write" } },
      created_at: DAY,
      token_name: "page checker",
      token_expired: false,
      token_expires_at: null,
      token_last_used_at: null,
    },
  ];
  for (const token of state.tokens) token.repository_selection = token.id === 2_000_001 ? "subset" : "all";
  all.tokenRepositories = { 2_000_001: [WEB] };
  for (const one of state.installations) one.repository_selection = one.id === 4_000_003 ? "selected" : "all";
  all.installationRepositories.enterprise = { 4_000_003: [WEB, PAYMENTS] };
  const dated = { created_at: DAY, updated_at: DAY };
  all.secrets.actions = [{ name: "SIGNING", ...dated, visibility: "selected", repositories: [WEB] }];
  all.secrets.dependabot = [{ name: "REGISTRY", ...dated, visibility: "all" }];
  all.repositorySecrets[WEB] = [{ name: "DEPLOY", ...dated }];
  all.environmentSecrets[`${PAYMENTS} production`] = [{ name: "LEDGER", ...dated }];
  all.variables = [{ name: "REGION", ...dated, visibility: "all", value: CANARY }];
  all.repositoryVariables[WEB] = [{ name: "STAGE", ...dated, value: CANARY }];
  all.environmentVariables[`${PAYMENTS} production`] = [{ name: "QUEUE", ...dated, value: CANARY }];
  all.runners = [
    {
      id: 11,
      name: "builder",
      os: "linux",
      status: "online",
      runner_group_id: 2,
      ephemeral: false,
      labels: [{ name: "linux" }],
    },
  ];
  all.runnerGroups = [
    { id: 1, name: "Default", visibility: "all", default: true, inherited: false, allows_public_repositories: false },
    {
      id: 2,
      name: "deliveries",
      visibility: "selected",
      default: false,
      inherited: false,
      allows_public_repositories: true,
      repositories: [PAYMENTS],
    },
  ];
  const hook = { active: true, events: ["push"], ...dated };
  const url = `https://hooks.acme.invalid/services/${CANARY}`;
  all.hooks = [{ id: 701, ...hook, config: { url, content_type: "json", insecure_ssl: "0", secret: CANARY } as never }];
  all.repositoryHooks[WEB] = [
    { id: 711, ...hook, config: { url, insecure_ssl: "1" }, last_response: { code: null, status: "unused" } },
  ];
  const web = state.repositories.find(({ nameWithOwner }) => nameWithOwner === WEB);
  all.invitations[WEB] = [
    {
      id: 81,
      repository: { id: web?.databaseId ?? 1, node_id: web?.id ?? "", full_name: WEB },
      invitee: { login: "newcomer-sample", id: 9_900_004, node_id: "U_invited" },
      inviter: { login: "acme-uma-garply" },
      permissions: "write",
      created_at: "2026-11-01T00:00:00Z",
      expired: true,
    },
  ];
  state.audit.push(...all.invitations[WEB].map(invitationEvent));
  all.seats = [
    {
      assignee: ada,
      assigning_team: { ...team } as never,
      pending_cancellation_date: null,
      last_activity_at: "2026-08-01T00:00:00Z",
      created_at: DAY,
      plan_type: "business",
    },
  ];
  all.codespaces = [
    { owner: ada, created_at: DAY, last_used_at: "2026-10-01T00:00:00Z" },
    { owner: ada, created_at: DAY, last_used_at: "2026-10-02T00:00:00Z" },
  ];
}
