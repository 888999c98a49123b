/** The GitHub side of the sample company: one organization, 40 repositories, one true case of every GitHub rule, and decoys. */
import {
  ARCHIVED,
  COLLABORATORS,
  DEPLOY_KEYS,
  ORGANIZATION,
  PUBLIC,
  REPOSITORIES,
  STRANGERS,
  TEAMS,
  bySms,
  inactive,
  members,
  numberOf,
  outside,
  owners,
  repositoryNode,
  repositoryNumber,
  teamNode,
  userNode,
  withoutSecondFactor,
} from "./github-organization.ts";
import { credentialAnswers } from "./github-credentials.ts";
import { controlAnswers, totalsOf } from "./github-controls.ts";
import { nameAnswers } from "./github-names.ts";
import { pipelineAnswers } from "./github-pipeline.ts";
import { teamNumber } from "./github-protection.ts";
import { daysAgoZulu as daysAgo } from "./moment.ts";
import { loginOf, person, type Person } from "./people.ts";
import type { Json } from "./policy.ts";

const simpleUser = (login: string, id: number, nodeId: string): Json => ({
  login,
  id,
  node_id: nodeId,
  avatar_url: "https://github.invalid/avatar.png",
  gravatar_id: "",
  url: `https://api.github.invalid/users/${login}`,
  html_url: `https://github.invalid/${login}`,
  type: "User",
  site_admin: false,
});
const simple = (one: Person): Json => simpleUser(loginOf(one), numberOf(one), userNode(one));
const request = (route: string, parameters: Json, answer: unknown): Json => ({ route, parameters, answer });
const graphql = (operation: string, answer: unknown): Json => ({
  requests: [
    request("POST /graphql", { operation, variables: { organization: ORGANIZATION } }, { organization: answer }),
  ],
});

/** File path below the recording → content. */
export function githubFiles(): Record<string, unknown> {
  const files: Record<string, unknown> = {
    organization: {
      requests: [
        request(
          "GET /orgs/{org}",
          { org: ORGANIZATION },
          {
            login: ORGANIZATION,
            id: 8_000_001,
            node_id: "O_sample0001",
            name: "Acme Sample Company",
            description: null,
            default_repository_permission: "read",
            two_factor_requirement_enabled: false,
            members_can_create_repositories: true,
            members_allowed_repository_creation_type: "all",
            members_can_create_public_repositories: true,
            members_can_create_private_repositories: true,
            members_can_create_internal_repositories: false,
            members_can_create_teams: true,
            members_can_fork_private_repositories: true,
            members_can_delete_repositories: true,
            members_can_change_repo_visibility: false,
            members_can_invite_outside_collaborators: false,
            members_can_delete_issues: false,
            deploy_keys_enabled_for_repositories: true,
            web_commit_signoff_required: false,
            is_verified: false,
            plan: { name: "enterprise", space: 976_562_499, private_repos: 999_999, filled_seats: 44, seats: 60 },
            created_at: daysAgo(2_500),
          },
        ),
      ],
    },
    members: graphql("members", {
      id: "O_sample0001",
      membersWithRole: {
        totalCount: members.length + STRANGERS.length,
        edges: [
          ...members.map((one) => ({
            role: owners.has(one.name) ? "ADMIN" : "MEMBER",
            hasTwoFactorEnabled: !withoutSecondFactor.has(one.name),
            node: {
              id: userNode(one),
              databaseId: numberOf(one),
              login: loginOf(one),
              name: one.name,
              email: "",
              createdAt: daysAgo(1_500),
              organizationVerifiedDomainEmails: one.department === "platform" ? [one.email] : [],
            },
          })),
          ...STRANGERS.map(({ id, databaseId, login, createdAt }) => ({
            role: "MEMBER",
            hasTwoFactorEnabled: true,
            node: { id, databaseId, login, name: null, email: "", createdAt, organizationVerifiedDomainEmails: [] },
          })),
        ],
      },
    }),
    "outside-collaborators": {
      requests: [
        request("GET /orgs/{org}/outside_collaborators", { org: ORGANIZATION }, outside.map(simple)),
        request(
          "GET /orgs/{org}/outside_collaborators",
          { org: ORGANIZATION, filter: "2fa_disabled" },
          outside.filter((one) => withoutSecondFactor.has(one.name)).map(simple),
        ),
      ],
    },
    "insecure-second-factors": {
      requests: Object.entries({ members, outside_collaborators: outside }).map(([list, people]) =>
        request(
          `GET /orgs/{org}/${list}`,
          { org: ORGANIZATION, filter: "2fa_insecure" },
          people.filter((one) => bySms.has(one.name)).map(simple),
        ),
      ),
    },
    teams: graphql("teams", {
      teams: {
        totalCount: TEAMS.length,
        nodes: TEAMS.map((team) => ({
          id: teamNode(team.slug),
          databaseId: teamNumber(team.slug),
          slug: team.slug,
          name: team.slug,
          description: team.description,
          privacy: "VISIBLE",
          parentTeam: team.parent === undefined ? null : { id: teamNode(team.parent), slug: team.parent },
          members: {
            edges: team.people.map((name, i) => ({
              role: i === 0 ? "MAINTAINER" : "MEMBER",
              node: { id: userNode(person(name)), login: loginOf(person(name)) },
            })),
          },
          repositories: {
            edges: Object.entries(team.repositories).map(([name, permission]) => ({
              permission,
              node: { id: repositoryNode(name), nameWithOwner: `${ORGANIZATION}/${name}` },
            })),
          },
        })),
      },
    }),
    repositories: graphql("repositories", {
      repositories: {
        totalCount: REPOSITORIES.length,
        nodes: REPOSITORIES.map((name, i) => ({
          id: repositoryNode(name),
          databaseId: repositoryNumber(name),
          name,
          nameWithOwner: `${ORGANIZATION}/${name}`,
          visibility: PUBLIC.has(name) ? "PUBLIC" : "PRIVATE",
          isArchived: ARCHIVED.has(name),
          createdAt: daysAgo(1_000 - i),
          pushedAt: daysAgo(ARCHIVED.has(name) ? 700 : i % 9),
          defaultBranchRef: { name: "main" },
          deployKeys: { totalCount: DEPLOY_KEYS[name]?.length ?? 0 },
          ...totalsOf(name),
        })),
      },
    }),
    collaborators: graphql("collaborators", {
      repositories: {
        nodes: Object.entries(COLLABORATORS).map(([name, people]) => ({
          id: repositoryNode(name),
          nameWithOwner: `${ORGANIZATION}/${name}`,
          collaborators: {
            edges: Object.entries(people).map(([who, permission]) => ({
              permission,
              permissionSources: [
                {
                  permission,
                  roleName: null,
                  source: { __typename: "Repository", nameWithOwner: `${ORGANIZATION}/${name}` },
                },
              ],
              node: { id: userNode(person(who)), databaseId: numberOf(person(who)), login: loginOf(person(who)) },
            })),
          },
        })),
      },
    }),
    "deploy-keys": {
      requests: Object.entries(DEPLOY_KEYS).map(([name, keys], i) =>
        request(
          "GET /repos/{owner}/{repo}/keys",
          { owner: ORGANIZATION, repo: name },
          keys.map((key, k) => ({
            id: 6_000_001 + i * 10 + k,
            key: `ssh-ed25519 SAMPLEPUBLICKEY${String(i * 10 + k).padStart(4, "0")}`,
            url: `https://api.github.invalid/repos/${ORGANIZATION}/${name}/keys/${6_000_001 + i * 10 + k}`,
            title: key.title,
            verified: true,
            created_at: daysAgo(key.made),
            read_only: key.readOnly,
            added_by: loginOf(person(key.by)),
            last_used: key.used === null ? null : daysAgo(key.used),
            enabled: true,
          })),
        ),
      ),
    },
    installations: {
      requests: [
        request(
          "GET /orgs/{org}/installations",
          { org: ORGANIZATION },
          {
            total_count: 4,
            installations: [
              installation(1, "sample-ci", "all", { contents: "read", metadata: "read", checks: "write" }, 600),
              installation(
                2,
                "sample-autofix",
                "all",
                { contents: "write", metadata: "read", workflows: "write", pull_requests: "write" },
                300,
              ),
              installation(3, "sample-settings", "selected", { administration: "write", metadata: "read" }, 200),
              { ...installation(4, "sample-trial", "selected", { metadata: "read" }, 500), suspended_at: daysAgo(220) },
            ],
          },
        ),
      ],
    },
    invitations: {
      requests: [
        request("GET /orgs/{org}/invitations", { org: ORGANIZATION }, [
          {
            id: 5_000_001,
            login: "newcomer-sample",
            node_id: "OI_sample01",
            email: null,
            role: "direct_member",
            created_at: daysAgo(40),
            inviter: simple(person("Cleo Sample")),
            team_count: 1,
            invitation_source: "member",
          },
          {
            id: 5_000_002,
            login: null,
            node_id: "OI_sample02",
            email: "soon@acme.example",
            role: "direct_member",
            created_at: daysAgo(3),
            inviter: simple(person("Cleo Sample")),
            team_count: 0,
            invitation_source: "member",
          },
          {
            id: 5_000_003,
            login: null,
            node_id: "OI_sample03",
            email: "helper@agency.example",
            role: "direct_member",
            created_at: daysAgo(6),
            inviter: simple(person("Eli Mockley")),
            team_count: 0,
            invitation_source: "member",
          },
        ]),
      ],
    },
    "fine-grained-tokens": {
      requests: [
        request("GET /orgs/{org}/personal-access-tokens", { org: ORGANIZATION }, [
          token(
            1,
            "deploy script",
            person("Uma Garply"),
            "subset",
            { contents: "write", metadata: "read" },
            200,
            1,
            90,
          ),
          token(
            2,
            "weekly numbers",
            person("Fay Stubbs"),
            "subset",
            { contents: "read", metadata: "read" },
            400,
            130,
            200,
          ),
          token(
            3,
            "one for everything",
            person("Kai Lorem"),
            "all",
            { contents: "write", administration: "write", metadata: "read" },
            300,
            2,
            null,
          ),
        ]),
      ],
    },
    "audit-log": {
      requests: [
        request("GET /orgs/{org}/audit-log", { org: ORGANIZATION, include: "all" }, [
          ...[...members, ...outside].flatMap((one) => {
            const days = inactive[one.name] === undefined ? Number(one.id.slice(1)) % 7 : inactive[one.name];
            return days === null || days === undefined
              ? []
              : [
                  {
                    action: "git.push",
                    actor: loginOf(one),
                    actor_id: numberOf(one),
                    created_at: Date.parse(daysAgo(days)),
                    org: ORGANIZATION,
                  },
                ];
          }),
          ...STRANGERS.map((one) => ({
            action: "git.fetch",
            actor: one.login,
            actor_id: one.databaseId,
            created_at: Date.parse(daysAgo(one.active)),
            org: ORGANIZATION,
          })),
          // Apps act as bots; of the third one the log holds nothing.
          ...[
            { slug: "sample-ci", days: 1 },
            { slug: "sample-autofix", days: 120 },
          ].map(({ slug, days }, i) => ({
            action: "pull_request.create",
            actor: `${slug}[bot]`,
            actor_id: 8_500_001 + i,
            actor_is_bot: true,
            created_at: Date.parse(daysAgo(days)),
            org: ORGANIZATION,
          })),
        ]),
      ],
    },
    ...controlAnswers(),
    ...nameAnswers(),
    ...credentialAnswers(),
    ...pipelineAnswers(),
  };
  return Object.fromEntries(
    Object.entries(files).map(([step, content]) => [`github/${ORGANIZATION}/${step}.json`, content]),
  );
}

function installation(n: number, slug: string, selection: string, permissions: Json, made: number): Json {
  return {
    id: 4_000_000 + n,
    app_id: 3_000_000 + n,
    app_slug: slug,
    target_id: 8_000_001,
    target_type: "Organization",
    repository_selection: selection,
    permissions,
    events: [],
    created_at: daysAgo(made),
    updated_at: daysAgo(made - 10),
    suspended_at: null,
  };
}

function token(
  n: number,
  name: string,
  owner: Person,
  selection: string,
  repository: Json,
  granted: number,
  used: number | null,
  expiresIn: number | null,
): Json {
  return {
    id: 2_000_000 + n,
    owner: simple(owner),
    repository_selection: selection,
    repositories_url: `https://api.github.invalid/orgs/${ORGANIZATION}/personal-access-tokens/${2_000_000 + n}/repositories`,
    permissions: { organization: {}, repository, other: {} },
    access_granted_at: daysAgo(granted),
    token_id: 1_000_000 + n,
    token_name: name,
    token_expired: false,
    token_expires_at: expiresIn === null ? null : daysAgo(-expiresIn),
    token_last_used_at: used === null ? null : daysAgo(used),
  };
}
