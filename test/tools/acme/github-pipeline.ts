/** GitHub's answers about secrets, variables, runners, webhooks, codespaces and what waits: names and ages, never a value. */
import { restRepository, restUser } from "./github-credentials.ts";
import { ENVIRONMENTS } from "./github-protection.ts";
import { ORGANIZATION, REPOSITORIES } from "./github-organization.ts";
import { WORKFLOWS } from "./github-workflows.ts";
import { daysAgoZulu as daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";

const org = { org: ORGANIZATION };
const place = (repo: string): Json => ({ owner: ORGANIZATION, repo });
const request = (route: string, parameters: Json, answer: unknown): Json => ({ route, parameters, answer });

/** A secret or variable: name, days since it was made and since it was set last. */
type Named = readonly [name: string, made: number, set: number];
const named = ([name, made, set]: Named): Json => ({ name, created_at: daysAgo(made), updated_at: daysAgo(set) });

const ORGANIZATION_SECRETS: readonly (readonly [
  secret: Named,
  visibility: string,
  repositories?: readonly string[],
])[] = [
  [["PACKAGES_READ", 500, 80], "all"],
  [["SIGNING_KEY", 700, 120], "selected", ["release-tools", "mobile-app"]],
  [["CHAT_HOOK", 900, 250], "private"],
];
const REPOSITORY_SECRETS: Readonly<Record<string, readonly Named[]>> = {
  web: [["CDN_PURGE", 300, 60]],
  "web-assets": [["AWS_ACCESS_KEY_ID", 1_100, 1_100]],
  "data-pipeline": [["WAREHOUSE_LOGIN", 400, 90]],
};
const ENVIRONMENT_SECRETS: Readonly<Record<string, readonly Named[]>> = {
  "payments-ledger production": [["LEDGER_SIGNING", 200, 40]],
  "sdk-python registry": [["REGISTRY_LOGIN", 300, 100]],
};
const ORGANIZATION_VARIABLES: readonly Named[] = [["AWS_REGION", 500, 500]];

const secretOf = ([secret, visibility]: (typeof ORGANIZATION_SECRETS)[number]): Json => ({
  ...named(secret),
  visibility,
});

/** What repositories with jobs, and their environments, hold of `secrets` or `variables`. */
const ofRepositories = (
  member: "secrets" | "variables",
  own: Readonly<Record<string, readonly Named[]>>,
  inEnvironments: Readonly<Record<string, readonly Named[]>>,
): Json[] => {
  const list = (rows: readonly Named[] = []): Json => ({ total_count: rows.length, [member]: rows.map(named) });
  return Object.keys(WORKFLOWS).flatMap((name) => [
    request(`GET /repos/{owner}/{repo}/actions/${member}`, place(name), list(own[name])),
    ...(ENVIRONMENTS[name] ?? []).map(({ name: environment }) =>
      request(
        `GET /repos/{owner}/{repo}/environments/{environment_name}/${member}`,
        { ...place(name), environment_name: environment },
        list(inEnvironments[`${name} ${environment}`]),
      ),
    ),
  ]);
};

const secrets = (): Json => ({
  requests: [
    request("GET /orgs/{org}/actions/secrets", org, {
      total_count: ORGANIZATION_SECRETS.length,
      secrets: ORGANIZATION_SECRETS.map(secretOf),
    }),
    ...ORGANIZATION_SECRETS.flatMap(([[name], , repositories]) =>
      repositories === undefined
        ? []
        : [
            request(
              "GET /orgs/{org}/actions/secrets/{secret_name}/repositories",
              { ...org, secret_name: name },
              { total_count: repositories.length, repositories: repositories.map(restRepository) },
            ),
          ],
    ),
    request("GET /orgs/{org}/dependabot/secrets", org, { total_count: 0, secrets: [] }),
    request("GET /orgs/{org}/codespaces/secrets", org, { total_count: 0, secrets: [] }),
    ...ofRepositories("secrets", REPOSITORY_SECRETS, ENVIRONMENT_SECRETS),
  ],
});

const variables = (): Json => ({
  requests: [
    // Its value is dropped where it is read.
    request("GET /orgs/{org}/actions/variables", org, {
      total_count: ORGANIZATION_VARIABLES.length,
      variables: ORGANIZATION_VARIABLES.map((one) => ({ ...named(one), visibility: "all" })),
    }),
    ...ofRepositories("variables", { web: [["CDN_HOST", 400, 400]] }, {}),
  ],
});

const runners = (): Json => {
  const group = (id: number, name: string, more: Json): Json => ({
    id,
    name,
    visibility: "selected",
    default: false,
    runners_url: `https://api.github.invalid/orgs/${ORGANIZATION}/actions/runner-groups/${id}/runners`,
    inherited: false,
    allows_public_repositories: false,
    restricted_to_workflows: false,
    selected_workflows: [],
    ...more,
  });
  const groups = [
    group(1, "Default", { visibility: "all", default: true, allows_public_repositories: true }),
    group(2, "deliveries", {
      selected_repositories_url: `https://api.github.invalid/orgs/${ORGANIZATION}/actions/runner-groups/2/repositories`,
    }),
  ];
  const runner = (id: number, name: string, runner_group_id: number, ephemeral: boolean, status = "online"): Json => ({
    id,
    name,
    os: "linux",
    status,
    busy: false,
    ephemeral,
    runner_group_id,
    labels: [
      { id: 1, name: "self-hosted", type: "read-only" },
      { id: 2, name: "linux", type: "read-only" },
    ],
  });
  const all = [
    runner(11, "old-builder", 1, false),
    runner(12, "delivery-1", 2, true),
    runner(13, "delivery-2", 2, true),
  ];
  const chosen = ["infrastructure", "network", "release-tools"];
  return {
    requests: [
      request("GET /orgs/{org}/actions/runners", org, { total_count: all.length, runners: all }),
      request("GET /orgs/{org}/actions/runner-groups", org, { total_count: groups.length, runner_groups: groups }),
      request(
        "GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories",
        { ...org, runner_group_id: 2 },
        { total_count: chosen.length, repositories: chosen.map(restRepository) },
      ),
    ],
  };
};

const ANSWERS = { last_response: { code: 200, status: "active", message: "OK" } };
const hook = (id: number, host: string, made: number, config: Json, where: string, more: Json = {}): Json => ({
  id,
  type: where === "" ? "Organization" : "Repository",
  name: "web",
  active: true,
  events: ["push"],
  config: { content_type: "json", insecure_ssl: "0", host, has_secret: true, ...config },
  created_at: daysAgo(made),
  updated_at: daysAgo(made),
  url: `https://api.github.invalid/${where === "" ? `orgs/${ORGANIZATION}` : `repos/${ORGANIZATION}/${where}`}/hooks/${id}`,
  ping_url: `https://api.github.invalid/hooks/${id}/pings`,
  ...more,
});

/** Repository → its webhooks. */
const REPOSITORY_HOOKS: Readonly<Record<string, readonly Json[]>> = {
  web: [hook(711, "builds.acme.invalid", 400, {}, "web", ANSWERS)],
  // Sends unsigned, to whoever answers under that name.
  "support-tools": [
    hook(712, "old-chat.acme.invalid", 1_200, { insecure_ssl: "1", has_secret: false }, "support-tools", ANSWERS),
  ],
};

const webhooks = (): Json => ({
  requests: [
    request("GET /orgs/{org}/hooks", org, [hook(701, "audit.acme.invalid", 600, {}, "")]),
    ...REPOSITORIES.map((name) =>
      request("GET /repos/{owner}/{repo}/hooks", place(name), REPOSITORY_HOOKS[name] ?? []),
    ),
  ],
});

const repositoryInvitations = (): Json => ({
  requests: REPOSITORIES.map((name) =>
    request(
      "GET /repos/{owner}/{repo}/invitations",
      place(name),
      name !== "web-assets"
        ? []
        : [
            {
              id: 5_100_001,
              node_id: "RI_sample01",
              repository: restRepository(name),
              invitee: restUser("Ida Agency"),
              inviter: restUser("Uma Garply"),
              permissions: "read",
              created_at: daysAgo(5),
              expired: false,
              url: "https://api.github.invalid/user/repository_invitations/5100001",
              html_url: `https://github.invalid/${ORGANIZATION}/${name}/invitations`,
            },
          ],
    ),
  ),
});

const codespaces = (): Json => ({
  requests: [
    request("GET /orgs/{org}/codespaces", org, {
      total_count: 2,
      codespaces: [
        { id: 801, owner: restUser("Wyn Fred"), created_at: daysAgo(40), last_used_at: daysAgo(1) },
        { id: 802, owner: restUser("Zoe Thud"), created_at: daysAgo(12), last_used_at: daysAgo(3) },
      ],
    }),
  ],
});

/** Nobody of the organization owns the enterprise above it. */
const enterpriseOwners = (): Json => ({
  requests: [
    request(
      "POST /graphql",
      { operation: "enterpriseOwners", variables: { organization: ORGANIZATION } },
      {
        organization: {
          enterpriseOwners: {
            totalCount: 1,
            nodes: [{ id: "U_sampleX04", databaseId: 9_900_004, login: "acme-enterprise-owner" }],
          },
        },
      },
    ),
  ],
});

/** Answers by step; of a webhook only its host is kept, and whether it has a secret. */
export const pipelineAnswers = (): Readonly<Record<string, Json>> => ({
  secrets: secrets(),
  variables: variables(),
  runners: runners(),
  webhooks: webhooks(),
  "repository-invitations": repositoryInvitations(),
  codespaces: codespaces(),
  "enterprise-owners": enterpriseOwners(),
});
