/** Rulesets, classic branch protection and environments of the sample's repositories in GitHub's own shapes. */
import { daysAgoZulu as daysAgo } from "./moment.ts";
import { ORGANIZATION, TEAMS, repositoryNode, teamNode, userNode } from "./github-organization.ts";
import { loginOf, person } from "./people.ts";
import type { Json } from "./policy.ts";

/** Numbers of teams: rulesets name them so. */
export const teamNumber = (slug: string): number => 5_500_001 + TEAMS.findIndex((team) => team.slug === slug);

const DEFAULT_BRANCH = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };
const review = (approvals: number, more: Json = {}): Json => ({
  type: "pull_request",
  parameters: {
    required_approving_review_count: approvals,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_review_thread_resolution: false,
    ...more,
  },
});

const ruleset = (id: number, name: string, level: "Organization" | "Enterprise" | string, more: Json): Json => ({
  id,
  name,
  target: "branch",
  source_type: level === "Organization" || level === "Enterprise" ? level : "Repository",
  source:
    level === "Enterprise"
      ? "acme-sample-enterprise"
      : level === "Organization"
        ? ORGANIZATION
        : `${ORGANIZATION}/${level}`,
  enforcement: "active",
  node_id: `RRS_sample${id}`,
  created_at: daysAgo(300),
  updated_at: daysAgo(120),
  ...more,
});

/** Repositories that the organization's ruleset leaves to themselves: one does nothing, each of the others forgets one thing. */
const OWN_WAYS = ["examples", "support-tools", "support-macros", "security-scanners", "data-models", "on-call"];

/** Rulesets of the organization, and those of the enterprise above it, whose bypass GitHub shows to owners of the enterprise only. */
export const ORGANIZATION_RULESETS: readonly Json[] = [
  ruleset(501, "main is reviewed", "Organization", {
    bypass_actors: [],
    conditions: { ...DEFAULT_BRANCH, repository_name: { include: ["~ALL"], exclude: OWN_WAYS } },
    rules: [{ type: "deletion" }, { type: "non_fast_forward" }, review(1)],
  }),
  ruleset(502, "tags are made by administrators", "Organization", {
    target: "tag",
    bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
    conditions: {
      ref_name: { include: ["~ALL"], exclude: [] },
      repository_name: { include: ["~ALL"], exclude: [] },
    },
    rules: [{ type: "creation" }, { type: "update" }, { type: "deletion" }],
  }),
  ruleset(503, "the network is changed by release managers", "Enterprise", {
    conditions: { ...DEFAULT_BRANCH, repository_name: { include: ["network"], exclude: [] } },
    rules: [{ type: "update" }, { type: "deletion" }, { type: "non_fast_forward" }],
  }),
  ruleset(504, "what releases is reviewed", "Enterprise", {
    conditions: { ...DEFAULT_BRANCH, repository_name: { include: ["release-tools"], exclude: [] } },
    rules: [{ type: "deletion" }, { type: "non_fast_forward" }, review(1)],
  }),
];

/** A repository's own ruleset of its main branch, which holds for everybody. */
const own = (id: number, name: string, rules: readonly Json[]): Json =>
  ruleset(id, "main", name, { bypass_actors: [], conditions: DEFAULT_BRANCH, rules });

/** Rulesets of single repositories. */
export const REPOSITORY_RULESETS: Readonly<Record<string, readonly Json[]>> = {
  // A star stops at a slash here, and does not in AWS.
  monitoring: [
    ruleset(601, "releases", "monitoring", {
      bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
      conditions: { ref_name: { include: ["refs/heads/release/*"], exclude: [] } },
      rules: [{ type: "creation" }, { type: "update" }],
    }),
  ],
  // Nobody has to approve.
  "support-tools": [own(603, "support-tools", [{ type: "deletion" }, { type: "non_fast_forward" }])],
  // Owners of the code need not look.
  "security-scanners": [
    own(604, "security-scanners", [{ type: "deletion" }, review(1, { require_code_owner_review: false })]),
  ],
  // What was approved may be changed before it is merged.
  "data-models": [
    own(605, "data-models", [
      { type: "deletion" },
      review(1, { dismiss_stale_reviews_on_push: false, require_last_push_approval: false }),
    ]),
  ],
  // The branch may be deleted.
  "on-call": [own(606, "on-call", [review(1)])],
  web: [
    ruleset(602, "signed", "web", {
      bypass_actors: [],
      conditions: DEFAULT_BRANCH,
      rules: [
        { type: "required_signatures" },
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: true,
            required_status_checks: [{ context: "test" }],
          },
        },
      ],
    }),
  ],
};

const branchRule = (id: string, pattern: string, more: Json = {}): Json => ({
  id,
  pattern,
  isAdminEnforced: true,
  restrictsPushes: false,
  blocksCreations: false,
  allowsForcePushes: false,
  allowsDeletions: false,
  lockBranch: false,
  requiresApprovingReviews: true,
  requiredApprovingReviewCount: 1,
  dismissesStaleReviews: true,
  requiresCodeOwnerReviews: true,
  requireLastPushApproval: true,
  requiresConversationResolution: false,
  requiresStatusChecks: false,
  requiresStrictStatusChecks: false,
  requiredStatusCheckContexts: [],
  requiresDeployments: false,
  requiredDeploymentEnvironments: [],
  requiresLinearHistory: false,
  requiresCommitSignatures: false,
  pushAllowances: { nodes: [] },
  bypassPullRequestAllowances: { nodes: [] },
  bypassForcePushAllowances: { nodes: [] },
  ...more,
});

/** Classic rules: repository → rules. */
export const BRANCH_RULES: Readonly<Record<string, readonly Json[]>> = {
  infrastructure: [branchRule("BPR_sample001", "main", { requiredApprovingReviewCount: 2 })],
  "payments-ledger": [branchRule("BPR_sample002", "main")],
  // Administrators need no approval.
  "support-macros": [branchRule("BPR_sample005", "main", { isAdminEnforced: false, requiresCodeOwnerReviews: false })],
  "payments-api": [
    branchRule("BPR_sample003", "main"),
    branchRule("BPR_sample004", "release/**/*", {
      restrictsPushes: true,
      blocksCreations: true,
      pushAllowances: { nodes: [{ actor: { __typename: "Team", id: teamNode("payments"), slug: "payments" } }] },
    }),
  ],
};

interface Environment {
  readonly name: string;
  readonly teams?: readonly string[];
  readonly people?: readonly string[];
  readonly selfReview?: boolean;
  readonly adminsBypass?: boolean;
  readonly wait?: number;
  /** Patterns of branches; null lets every ref deploy, `protected` protected branches. */
  readonly branches: readonly string[] | "protected" | null;
}

/** Environments: repository → environments. */
export const ENVIRONMENTS: Readonly<Record<string, readonly Environment[]>> = {
  web: [{ name: "production", teams: ["web"], branches: ["main"] }],
  "web-proxy": [{ name: "preview", branches: null }],
  infrastructure: [{ name: "production", teams: ["platform-leads"], wait: 10, branches: ["main"] }],
  "payments-ledger": [{ name: "production", teams: ["payments"], people: ["Dee Fixture"], branches: ["main"] }],
  "data-pipeline": [{ name: "production", teams: ["data"], branches: ["main"] }],
  "data-quality": [{ name: "production", teams: ["data"], selfReview: true, adminsBypass: true, branches: null }],
  // Nobody has to approve.
  "support-tools": [{ name: "production", branches: ["main"] }],
  "sdk-python": [{ name: "registry", people: ["Kai Lorem", "Uma Garply"], branches: ["main"] }],
};

/** The environments of a repository as REST lists them. */
export const environmentAnswer = (list: readonly Environment[]): Json => ({
  total_count: list.length,
  environments: list.map((one, at) => ({
    id: 160_000_001 + at,
    node_id: `EN_sample${at}`,
    name: one.name,
    can_admins_bypass: one.adminsBypass ?? false,
    created_at: daysAgo(400),
    updated_at: daysAgo(200),
    protection_rules: protectionRules(one),
    deployment_branch_policy:
      one.branches === null
        ? null
        : { protected_branches: one.branches === "protected", custom_branch_policies: one.branches !== "protected" },
  })),
});

function protectionRules({ teams = [], people = [], selfReview, wait, branches }: Environment): Json[] {
  const reviewers = [
    ...people.map((name) => ({
      type: "User",
      reviewer: { login: loginOf(person(name)), node_id: userNode(person(name)), type: "User" },
    })),
    ...teams.map((slug) => ({ type: "Team", reviewer: { slug, name: slug, node_id: teamNode(slug) } })),
  ];
  return [
    ...(wait === undefined ? [] : [{ id: 3_700_001, type: "wait_timer", wait_timer: wait }]),
    ...(reviewers.length === 0
      ? []
      : [{ id: 3_700_002, type: "required_reviewers", prevent_self_review: selfReview !== true, reviewers }]),
    ...(branches === null ? [] : [{ id: 3_700_003, type: "branch_policy" }]),
  ];
}

/** Node of a repository with what is asked about it. */
export const repositoryWith = (name: string, more: Json): Json => ({
  id: repositoryNode(name),
  nameWithOwner: `${ORGANIZATION}/${name}`,
  ...more,
});
