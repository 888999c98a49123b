import type { RawHook } from "../../../../connectors/github/raw-people.ts";
import type { RawDeployKey, RawInstallation, RawToken } from "../../../../connectors/github/raw.ts";
import { noPeople, type PeopleState } from "../slices/people-state.ts";
import { Chance, four, upTo } from "./chance.ts";
import { asRest, assigned, daysAgo, type Organization } from "./organization.ts";
import type { Size } from "./size.ts";

/** Its enterprise, for settings. */
export const ENTERPRISE = "acme-holding";

/** Identities, roles, secrets, runners, hooks, invitations and seats of a large organization. */
export function largePeople(size: Size, organization: Organization): PeopleState {
  const { people, teams, repositories } = organization;
  const chance = new Chance(37);
  const names = repositories.map(({ nameWithOwner }) => nameWithOwner);
  const some = (): string[] => chance.some(names, 2 + chance.below(6));
  const dated = (n: number) => ({ created_at: daysAgo(300 + (n % 400)), updated_at: daysAgo(n % 300) });
  const state = noPeople();
  // Whoever reads so large an organization is an app: fine-grained tokens are shown to nobody else.
  state.asApp = true;
  state.installationRepositories.own = names;
  state.identities = people.map(({ login, node_id: id }, i) => ({
    guid: `guid-${four(i + 1)}`,
    samlIdentity: { nameId: `${login.replace("acme-", "")}@acme.invalid` },
    scimIdentity: null,
    user: { id, login },
  }));
  state.scimUsers = state.identities.map(({ guid = "", samlIdentity }) => ({
    id: guid,
    userName: samlIdentity?.nameId ?? null,
    active: true,
  }));
  state.roles = upTo(size.roles).map((n) => ({
    role: {
      id: 8_100 + n,
      name: n === 1 ? "all_repo_read" : `role-${four(n)}`,
      base_role: n === 1 ? "read" : null,
      source: n === 1 ? "Predefined" : "Organization",
      permissions: n === 1 ? [] : ["read_audit_logs"],
      updated_at: daysAgo(200),
    },
    users: chance.some(people, 1 + (n % 4)).map(assigned),
    teams: chance.some(teams, 1 + (n % 2)).map((team) => ({ ...asRest(team), assignment: "direct" })),
  }));
  state.customRoles = [
    { id: 30_001, name: "releaser", base_role: "write", permissions: ["create_tag"], updated_at: daysAgo(400) },
  ];
  state.authorizations = upTo(size.authorizations).map((n) => {
    const person = people[(n * 7) % people.length] ?? people[0];
    const isKey = n % 3 === 0;
    return {
      login: person?.login ?? "",
      credential_id: 1_600_000 + n,
      credential_type: isKey ? "SSH key" : "personal access token",
      ...(isKey
        ? { fingerprint: `SHA256:nobodys-fingerprint-${four(n)}` }
        : { token_last_eight: `none${four(n)}`, scopes: ["repo", "read:org"] }),
      credential_authorized_at: daysAgo(10 + (n % 700)),
      credential_accessed_at: n % 6 === 0 ? null : daysAgo(n % 250),
    };
  });
  state.secrets.actions = upTo(size.secrets).map((n) => ({
    name: `SECRET_${four(n)}`,
    ...dated(n),
    ...(n <= size.selectiveSecrets ? { visibility: "selected", repositories: some() } : { visibility: "private" }),
  }));
  state.variables = upTo(size.secrets / 2).map((n) => ({
    name: `VARIABLE_${four(n)}`,
    ...dated(n),
    value: "sample",
    visibility: "all",
  }));
  state.runnerGroups = upTo(size.runnerGroups).map((n) => ({
    id: n,
    name: n === 1 ? "Default" : `group-${four(n)}`,
    visibility: n === 1 ? "all" : "selected",
    default: n === 1,
    inherited: false,
    allows_public_repositories: false,
    ...(n === 1 ? {} : { repositories: some() }),
  }));
  state.runners = upTo(size.runnerGroups * 3).map((n) => ({
    id: 100 + n,
    name: `runner-${four(n)}`,
    os: "linux",
    status: n % 5 === 0 ? "offline" : "online",
    runner_group_id: 1 + (n % size.runnerGroups),
    ephemeral: n % 2 === 0,
    labels: [{ name: "self-hosted" }, { name: "linux" }],
  }));
  state.hooks = [hook(700_001, "2024-02-01T00:00:00Z")];
  for (const [i, name] of chance.some(names, size.withWebhooks).entries())
    state.repositoryHooks[name] = [hook(710_001 + i, daysAgo(100 + i))];
  for (const [i, one] of chance.some(repositories, size.withInvitations).entries())
    state.invitations[one.nameWithOwner] = [
      {
        id: 810_001 + i,
        repository: { id: one.databaseId ?? 0, node_id: one.id, full_name: one.nameWithOwner },
        invitee: { login: `acme-newcomer-${four(i + 1)}`, id: 9_800_001 + i, node_id: `U_newcomer${four(i + 1)}` },
        inviter: { login: chance.one(people.slice(0, size.owners)).login },
        permissions: "write",
        // They end after a week.
        created_at: daysAgo(1 + (i % 5)),
        expired: false,
      },
    ];
  state.seats = people.slice(-size.seats).map((assignee, i) => ({
    assignee,
    assigning_team: null,
    pending_cancellation_date: null,
    last_activity_at: i % 8 === 0 ? null : daysAgo(i % 60),
    created_at: daysAgo(300),
    plan_type: "business",
  }));
  // What only the enterprise shows.
  state.enterprise = {
    slug: ENTERPRISE,
    databaseId: 4_711,
    teams: [],
    memberships: {},
    roles: upTo(6).map((n) => ({
      id: 9_100 + n,
      name: `enterprise-role-${n}`,
      users: chance.some(people, 2).map(assigned),
    })),
    licenses: people.map(({ login }) => ({
      github_com_login: login,
      license_type: "enterprise",
      visual_studio_subscription_user: false,
    })),
    identities: null,
  };
  state.enterpriseOwners = people.slice(0, 3).map(({ login, id, node_id }) => ({ id: node_id, databaseId: id, login }));
  state.installationRepositories.enterprise = Object.fromEntries(
    upTo(size.installations).flatMap((n) => (n % 3 === 0 ? [[4_100_000 + n, some()]] : [])),
  );
  state.tokenRepositories = Object.fromEntries(upTo(size.selectiveTokens).map((n) => [2_100_000 + n, some()]));
  return state;
}

/** A webhook that nobody answers. */
export const hook = (id: number, created: string): RawHook => ({
  id,
  active: true,
  events: ["push"],
  created_at: created,
  updated_at: created,
  config: { url: `https://hooks.acme.invalid/${id}`, insecure_ssl: "0" },
  last_response: { code: 200, status: "active" },
});

/** A deploy key whose public half is nobody's. */
export const deployKey = (id: number, created: string): RawDeployKey => ({
  id,
  key: `ssh-ed25519 AAAAnobodysSampleKey${id}`,
  title: `deployment ${id}`,
  read_only: id % 3 !== 0,
  created_at: created,
  last_used: id % 4 === 0 ? null : daysAgo(id % 200),
  added_by: "acme-person-0001",
  enabled: true,
});

/** Apps, fine-grained tokens, deploy keys and who was given something on a repository directly. */
export function largeCredentials(size: Size, { people, outside, repositories }: Organization) {
  const chance = new Chance(41);
  const installations = upTo(size.installations).map((n): RawInstallation => ({
    id: 4_100_000 + n,
    app_id: 3_100_000 + n,
    app_slug: `sample-app-${four(n)}`,
    repository_selection: n % 3 === 0 ? "selected" : "all",
    permissions: { metadata: "read", contents: n % 4 === 0 ? "write" : "read" },
    created_at: daysAgo(100 + n),
    suspended_at: n % 25 === 0 ? daysAgo(30) : null,
  }));
  const tokens = upTo(size.tokens).map((n): RawToken => ({
    id: 2_100_000 + n,
    owner: chance.one(people),
    repository_selection: n <= size.selectiveTokens ? "subset" : "all",
    permissions: { organization: {}, repository: { contents: n % 3 === 0 ? "write" : "read", metadata: "read" } },
    access_granted_at: daysAgo(5 + n),
    token_name: `token ${four(n)}`,
    token_expired: false,
    token_expires_at: n % 10 === 0 ? null : daysAgo(-30 - (n % 200)),
    token_last_used_at: n % 6 === 0 ? null : daysAgo(n % 150),
  }));
  const deployKeys = new Map(
    chance
      .some(repositories, size.withDeployKeys)
      .map(({ nameWithOwner }, i) => [nameWithOwner, [deployKey(9_600_001 + i, daysAgo(50 + i))]]),
  );
  const collaborators: Organization["people"] = [...outside.users, ...chance.some(people, size.outsideCollaborators)];
  const direct = new Map<string, ReturnType<typeof directEdge>[]>();
  for (const person of collaborators)
    for (const { nameWithOwner } of chance.some(repositories, 1 + chance.below(4)))
      direct.set(nameWithOwner, [
        ...(direct.get(nameWithOwner) ?? []),
        directEdge(person, chance.one(["READ", "WRITE", "ADMIN"])),
      ]);
  const invitations = upTo(Math.ceil(size.members / 100)).map((n) => ({
    id: 820_000 + n,
    login: `acme-invited-${four(n)}`,
    email: null,
    node_id: `OI_large${four(n)}`,
    role: "direct_member",
    created_at: daysAgo(n),
    inviter: { login: "acme-person-0001" },
  }));
  return { installations, tokens, deployKeys, collaborators: direct, invitations };
}

const directEdge = ({ node_id: id, id: databaseId, login }: Organization["people"][number], permission: string) => ({
  permission,
  permissionSources: [{ permission, roleName: permission.toLowerCase(), source: { __typename: "Repository" } }],
  node: { id, databaseId, login },
});
