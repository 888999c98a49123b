import type { RawBranchRule, RawRuleset } from "../../../../connectors/github/raw-controls.ts";
import type { GitHubState } from "../github-state.ts";
import { controlsOf, plainActions } from "./controls-state.ts";

/** A workflow that asks for tokens, with something in it that must never be kept. */
export const LEAKED = "ghp_leakedSampleTokenOfNobody01";
export const DEPLOY = `name: deploy
on:
  push: { branches: [main] }
permissions: { contents: read }
jobs:
  release:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    environment: production
    env: { OLD_TOKEN: ${LEAKED} }
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "arn:aws:iam::111122223333:role/deploy", aws-region: eu-west-1 }
      - run: ./release.sh
        env: { KEY: "\${{ secrets.RELEASE_KEY }}" }
`;

const BY_REPOSITORY = [
  "rulesets",
  "branchRules",
  "environments",
  "branchPolicies",
  "gates",
  "files",
  "codeOwnerErrors",
  "actions",
  "subjects",
] as const;

/** A classic rule that asks for nothing but what is given. */
export const branchRule = (id: string, pattern: string, more: Partial<RawBranchRule> = {}): RawBranchRule => ({
  id,
  pattern,
  isAdminEnforced: false,
  restrictsPushes: false,
  blocksCreations: false,
  allowsForcePushes: true,
  allowsDeletions: true,
  lockBranch: false,
  requiresApprovingReviews: false,
  requiredApprovingReviewCount: null,
  dismissesStaleReviews: false,
  requiresCodeOwnerReviews: false,
  requireLastPushApproval: false,
  requiresConversationResolution: false,
  requiresStatusChecks: false,
  requiresStrictStatusChecks: false,
  requiredStatusCheckContexts: null,
  requiresDeployments: false,
  requiredDeploymentEnvironments: null,
  requiresLinearHistory: false,
  requiresCommitSignatures: false,
  pushAllowances: { nodes: [] },
  bypassPullRequestAllowances: { nodes: [] },
  bypassForcePushAllowances: { nodes: [] },
  ...more,
});

/** A ruleset of a repository. */
export const ruleset = (id: number, name: string, more: Partial<RawRuleset> = {}): RawRuleset => ({
  id,
  name,
  target: "branch",
  source_type: "Repository",
  source: "acme-sample/web",
  enforcement: "active",
  bypass_actors: [],
  conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
  rules: [],
  ...more,
});

/** Some of everything, in repositories of the sample company, and nothing of what the sample has itself. */
export function setSampleControls(state: GitHubState): void {
  const controls = controlsOf(state);
  for (const name of BY_REPOSITORY) controls[name] = {};
  controls.organizationRulesets = [
    ruleset(501, "releases", {
      target: "tag",
      source_type: "Organization",
      source: "acme-sample",
      bypass_actors: [
        { actor_id: 3_000_001, actor_type: "Integration", bypass_mode: "always" },
        { actor_id: 9_000_001, actor_type: "User", bypass_mode: "exempt" },
        { actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" },
      ],
      conditions: {
        ref_name: { include: ["refs/tags/v*"], exclude: ["refs/tags/v0*"] },
        repository_name: { include: ["~ALL"], exclude: ["web-*"] },
      },
      rules: [{ type: "creation" }, { type: "tag_name_pattern", parameters: { operator: "regex", pattern: "v" } }],
    }),
  ];
  controls.rulesets["acme-sample/web"] = [
    ruleset(601, "main", {
      bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "pull_request" }],
      rules: [
        {
          type: "pull_request",
          parameters: {
            required_approving_review_count: 2,
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: true,
            require_last_push_approval: false,
            required_review_thread_resolution: false,
          },
        },
        { type: "required_signatures" },
      ],
    }),
  ];
  controls.branchRules["acme-sample/payments-api"] = [
    branchRule("BPR_1", "main", {
      restrictsPushes: true,
      blocksCreations: true,
      requiresApprovingReviews: true,
      requiredApprovingReviewCount: 1,
      pushAllowances: { nodes: [{ actor: { __typename: "Team", id: "T_sample02", slug: "platform" } }] },
      bypassPullRequestAllowances: {
        nodes: [{ actor: { __typename: "App", id: "A_1", databaseId: 3_000_002, slug: "sample-autofix" } }],
      },
    }),
    branchRule("BPR_2", "release/*", { lockBranch: true, isAdminEnforced: true, allowsDeletions: false }),
  ];
  controls.environments["acme-sample/payments-api"] = [
    {
      name: "production",
      can_admins_bypass: false,
      protection_rules: [
        { type: "wait_timer", wait_timer: 30 },
        {
          type: "required_reviewers",
          prevent_self_review: true,
          reviewers: [
            { type: "User", reviewer: { node_id: "U_samplep001", login: "acme-ada-example" } },
            { type: "Team", reviewer: { node_id: "T_sample02", slug: "platform" } },
          ],
        },
        { type: "sample-gate" },
      ],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    },
    { name: "preview", protection_rules: [], deployment_branch_policy: null },
  ];
  controls.branchPolicies["acme-sample/payments-api production"] = [{ name: "main" }, { name: "v*", type: "tag" }];
  controls.gates["acme-sample/payments-api production"] = [{ enabled: true, app: { slug: "sample-gate" } }];
  controls.files["acme-sample/payments-api"] = {
    ".github/workflows/deploy.yml": DEPLOY,
    ".github/workflows/broken.yaml": "on: [push\njobs: {",
    ".github/workflows/README.md": "none",
    CODEOWNERS: "* @acme-sample/platform # all\n\n/docs\\ old/ @acme-ada-example @acme-bo-placeholder\n",
  };
  controls.codeOwnerErrors["acme-sample/payments-api"] = [
    { line: 3, kind: "Unknown owner", message: "make sure @acme-bo-placeholder can write", path: "CODEOWNERS" },
  ];
  controls.files["acme-sample/web"] = {
    ".github/workflows/test.yml": "on: push\njobs: { test: { runs-on: [self-hosted, linux], steps: [] } }",
  };
  controls.actions["acme-sample/payments-api"] = {
    ...plainActions(),
    workflow: { default_workflow_permissions: "write", can_approve_pull_request_reviews: true },
    access: "organization",
  };
  // A repository cannot be looser than its organization.
  controls.organizationActions.workflow = {
    default_workflow_permissions: "write",
    can_approve_pull_request_reviews: true,
  };
  controls.organizationSubject = { include_claim_keys: ["repo", "context"], use_immutable_subject: false };
  controls.subjects["acme-sample/payments-api"] = {
    use_default: false,
    include_claim_keys: ["repo", "job_workflow_ref"],
    use_immutable_subject: true,
    sub_claim_prefix: "repo:acme-sample@8000001/payments-api@7000006",
  };
  controls.ipAllowList = {
    enabled: "ENABLED",
    entries: [
      {
        id: "IALE_1",
        allowListValue: "192.0.2.0/24",
        name: "office",
        isActive: true,
        createdAt: "2025-01-01T00:00:00Z",
        updatedAt: "2025-01-01T00:00:00Z",
      },
    ],
  };
}
