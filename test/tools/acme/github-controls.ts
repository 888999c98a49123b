/** GitHub's answers about controls of the sample: what protects branches, who deploys, what Actions may do, how tokens are named. */
import { ARCHIVED, ORGANIZATION, PUBLIC, REPOSITORIES, repositoryNumber } from "./github-organization.ts";
import {
  BRANCH_RULES,
  ENVIRONMENTS,
  environmentAnswer,
  ORGANIZATION_RULESETS,
  REPOSITORY_RULESETS,
  repositoryWith,
} from "./github-protection.ts";
import { CODE_OWNER_ERRORS, CODE_OWNERS, WORKFLOWS } from "./github-workflows.ts";
import { daysAgoZulu as daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";

const request = (route: string, parameters: Json, answer: unknown): Json => ({ route, parameters, answer });
const org = { org: ORGANIZATION };
const place = (repo: string): Json => ({ owner: ORGANIZATION, repo });
const nodes = (operation: string, list: readonly Json[]): Json => ({
  requests: [request("POST /graphql", { operation, variables: {} }, { nodes: list })],
});
const blob = (text: string | undefined): Json | null =>
  text === undefined ? null : { text, isTruncated: false, isBinary: false };

/** Totals that the list of repositories shows, so that only those with something to see are asked. */
export const totalsOf = (name: string): Json => ({
  viewerCanAdminister: true,
  branchProtectionRules: { totalCount: BRANCH_RULES[name]?.length ?? 0 },
  rulesets: { totalCount: REPOSITORY_RULESETS[name]?.length ?? 0 },
  environments: { totalCount: ENVIRONMENTS[name]?.length ?? 0 },
  workflows:
    WORKFLOWS[name] === undefined ? null : { entries: Object.keys(WORKFLOWS[name]).map((file) => ({ name: file })) },
});

/** Lists tell neither rules nor whom a ruleset does not hold for. */
const listed = ({ rules: _rules, conditions: _conditions, bypass_actors: _actors, ...shown }: Json): Json => shown;

const rulesets = (): Json => ({
  requests: [
    request("GET /orgs/{org}/rulesets", org, ORGANIZATION_RULESETS.map(listed)),
    ...ORGANIZATION_RULESETS.map((one) =>
      request("GET /orgs/{org}/rulesets/{ruleset_id}", { ...org, ruleset_id: String(one["id"]) }, one),
    ),
    ...Object.entries(REPOSITORY_RULESETS).flatMap(([name, list]) => [
      request("GET /repos/{owner}/{repo}/rulesets", { ...place(name), includes_parents: "false" }, list.map(listed)),
      ...list.map((one) =>
        request(
          "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}",
          { ...place(name), ruleset_id: String(one["id"]) },
          one,
        ),
      ),
    ]),
  ],
});

const environments = (): Json => ({
  requests: Object.entries(ENVIRONMENTS).flatMap(([name, list]) => [
    request("GET /repos/{owner}/{repo}/environments", place(name), environmentAnswer(list)),
    ...list.flatMap(({ name: environment, branches }) =>
      branches === null || branches === "protected"
        ? []
        : [
            request(
              "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
              { ...place(name), environment_name: environment },
              {
                total_count: branches.length,
                branch_policies: branches.map((pattern, at) => ({ id: 360_001 + at, name: pattern, type: "branch" })),
              },
            ),
          ],
    ),
  ]),
});

const live = REPOSITORIES.filter((name) => !ARCHIVED.has(name));

/** Repositories whose jobs ask for OIDC tokens. */
const mints = (name: string): boolean =>
  Object.values(WORKFLOWS[name] ?? {}).some((text) => text.includes("id-token: write"));

const actionsSettings = (): Json => ({
  requests: [
    request("GET /orgs/{org}/actions/permissions", org, { enabled_repositories: "all", allowed_actions: "all" }),
    request("GET /orgs/{org}/actions/permissions/workflow", org, {
      default_workflow_permissions: "write",
      can_approve_pull_request_reviews: true,
    }),
    request("GET /orgs/{org}/actions/permissions/fork-pr-workflows-private-repos", org, {
      run_workflows_from_fork_pull_requests: true,
      send_write_tokens_to_workflows: true,
      send_secrets_and_variables: false,
      require_approval_for_fork_pr_workflows: true,
    }),
    ...live.flatMap((name) => [
      request("GET /repos/{owner}/{repo}/actions/permissions/workflow", place(name), {
        default_workflow_permissions: name === "handbook" ? "write" : "read",
        can_approve_pull_request_reviews: name === "web-tests",
      }),
      ...(!mints(name) || PUBLIC.has(name)
        ? []
        : [
            request("GET /repos/{owner}/{repo}/actions/permissions/access", place(name), {
              access_level: name === "ci-images" ? "organization" : "none",
            }),
            request("GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos", place(name), {
              run_workflows_from_fork_pull_requests: name === "mobile-app",
              send_write_tokens_to_workflows: name === "mobile-app",
              send_secrets_and_variables: false,
              require_approval_for_fork_pr_workflows: true,
            }),
          ]),
    ]),
  ],
});

/** Repositories whose subjects hold ids beside the names. */
const IMMUTABLE = new Set(["sdk-python"]);
/** Repositories whose subjects are built in their own way. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = { "design-system": ["repo", "workflow"] };

const subjectTemplates = (): Json => ({
  requests: [
    request("GET /orgs/{org}/actions/oidc/customization/sub", org, {
      include_claim_keys: ["repo", "context"],
      use_immutable_subject: false,
    }),
    ...live.map((name) =>
      request("GET /repos/{owner}/{repo}/actions/oidc/customization/sub", place(name), {
        use_default: TEMPLATES[name] === undefined,
        ...(TEMPLATES[name] === undefined ? {} : { include_claim_keys: TEMPLATES[name] }),
        use_immutable_subject: IMMUTABLE.has(name),
        sub_claim_prefix: IMMUTABLE.has(name)
          ? `repo:${ORGANIZATION}@8000001/${name}@${repositoryNumber(name)}`
          : `repo:${ORGANIZATION}/${name}`,
      }),
    ),
  ],
});

const ADDRESSES = [
  ["192.0.2.0/24", "office", true, 900],
  ["198.51.100.7", "build machines", true, 500],
  ["203.0.113.0/24", "the old office", false, 1_200],
] as const;

const ipAllowList = (): Json => ({
  requests: [
    request(
      "POST /graphql",
      { operation: "ipAllowList", variables: { organization: ORGANIZATION } },
      {
        organization: {
          ipAllowListEnabledSetting: "DISABLED",
          ipAllowListForInstalledAppsEnabledSetting: "DISABLED",
          ipAllowListEntries: {
            totalCount: ADDRESSES.length,
            nodes: ADDRESSES.map(([allowListValue, name, isActive, made], at) => ({
              id: `IALE_sample${at + 1}`,
              allowListValue,
              name,
              isActive,
              createdAt: daysAgo(made),
              updatedAt: daysAgo(made),
            })),
          },
        },
      },
    ),
  ],
});

const domains = (): Json => ({
  requests: [
    request(
      "POST /graphql",
      { operation: "domains", variables: { organization: ORGANIZATION } },
      {
        organization: {
          domains: {
            totalCount: 2,
            nodes: [
              { domain: "acme.example", isVerified: true, isApproved: false },
              { domain: "acme-labs.example", isVerified: false, isApproved: true },
            ],
          },
        },
      },
    ),
  ],
});

/** Answers by step. */
export const controlAnswers = (): Readonly<Record<string, Json>> => ({
  rulesets: rulesets(),
  "branch-protections": nodes(
    "branchProtections",
    Object.entries(BRANCH_RULES).map(([name, rules]) =>
      repositoryWith(name, { branchProtectionRules: { totalCount: rules.length, nodes: rules } }),
    ),
  ),
  environments: environments(),
  workflows: nodes(
    "workflows",
    Object.entries(WORKFLOWS).map(([name, files]) =>
      repositoryWith(name, {
        workflows: {
          entries: Object.entries(files).map(([file, text]) => ({ name: file, type: "blob", object: blob(text) })),
        },
      }),
    ),
  ),
  "code-owners": nodes(
    "codeOwners",
    REPOSITORIES.map((name) =>
      repositoryWith(name, {
        inGithub: blob(CODE_OWNERS[name]),
        inRoot: null,
        inDocs: null,
        codeowners:
          CODE_OWNERS[name] === undefined
            ? null
            : {
                errors: (CODE_OWNER_ERRORS[name] ?? []).map((error) => ({ ...error, path: ".github/CODEOWNERS" })),
              },
      }),
    ),
  ),
  "actions-settings": actionsSettings(),
  "subject-templates": subjectTemplates(),
  "ip-allow-list": ipAllowList(),
  domains: domains(),
});
