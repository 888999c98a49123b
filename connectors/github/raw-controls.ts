import { z } from "zod";

/** Shapes of GitHub's answers about controls: protections, environments, workflows, settings. */
const text = z.string();
const maybeText = text.nullable().optional();
const flag = z.boolean();
const maybeFlag = flag.nullable().optional();
const count = z.number();

/** Answers of `nodes(ids:)`; null where GitHub does not show one. */
export const nodesOf = (node: z.ZodType): z.ZodType => z.object({ nodes: z.array(node.nullable()) });

const bypassActor = z.object({
  actor_id: count.nullable().optional(),
  actor_type: text,
  bypass_mode: text.optional(),
});
/** Somebody a ruleset does not hold for. */
export type RawBypassActor = z.infer<typeof bypassActor>;

const names = z.array(text).optional();
const conditions = z.object({
  ref_name: z.object({ include: names, exclude: names }).optional(),
  repository_name: z.object({ include: names, exclude: names }).optional(),
  repository_id: z.object({ repository_ids: z.array(count).optional() }).optional(),
  repository_property: z.unknown().optional(),
  organization_name: z.unknown().optional(),
  organization_id: z.unknown().optional(),
  organization_property: z.unknown().optional(),
});
const rule = z.object({ type: text, parameters: z.record(text, z.unknown()).optional() });
/** A rule of a ruleset. */
export type RawRule = z.infer<typeof rule>;

/** A ruleset; lists lack rules, conditions and bypass, and bypass is shown only to those who may change the ruleset. */
export const rawRuleset = z.object({
  id: count,
  name: text,
  target: text.optional(),
  source_type: text.optional(),
  source: text,
  enforcement: z.enum(["disabled", "active", "evaluate"]),
  bypass_actors: z.array(bypassActor).nullable().optional(),
  conditions: conditions.nullable().optional(),
  rules: z.array(rule).optional(),
  updated_at: text.optional(),
});
export type RawRuleset = z.infer<typeof rawRuleset>;

const allowances = z.object({
  pageInfo: z.object({ hasNextPage: flag }).optional(),
  nodes: z.array(
    z
      .object({
        actor: z
          .object({
            __typename: text,
            id: text,
            databaseId: count.nullable().optional(),
            login: text.optional(),
            slug: text.optional(),
          })
          .nullable(),
      })
      .nullable(),
  ),
});
/** Who a classic rule does not hold for. */
export type RawAllowances = z.infer<typeof allowances>;

const branchRule = z.object({
  id: text,
  pattern: text,
  isAdminEnforced: flag,
  restrictsPushes: flag,
  blocksCreations: flag,
  allowsForcePushes: flag,
  allowsDeletions: flag,
  lockBranch: flag,
  requiresApprovingReviews: flag,
  requiredApprovingReviewCount: count.nullable(),
  dismissesStaleReviews: flag,
  requiresCodeOwnerReviews: flag,
  requireLastPushApproval: flag,
  requiresConversationResolution: flag,
  requiresStatusChecks: flag,
  requiresStrictStatusChecks: flag,
  requiredStatusCheckContexts: z.array(text.nullable()).nullable(),
  requiresDeployments: flag,
  requiredDeploymentEnvironments: z.array(text.nullable()).nullable(),
  requiresLinearHistory: flag,
  requiresCommitSignatures: flag,
  pushAllowances: allowances.nullable(),
  bypassPullRequestAllowances: allowances.nullable(),
  bypassForcePushAllowances: allowances.nullable(),
});
/** A classic rule of branch protection. */
export type RawBranchRule = z.infer<typeof branchRule>;

/** A repository with its classic rules; null where the token may not see them. */
export const rawBranchProtections = z.object({
  id: text,
  nameWithOwner: text,
  branchProtectionRules: z
    .object({
      totalCount: count.optional(),
      pageInfo: z.object({ hasNextPage: flag }).optional(),
      nodes: z.array(branchRule.nullable()),
    })
    .nullable(),
});
export type RawBranchProtections = z.infer<typeof rawBranchProtections>;

/** A deployment environment as REST lists it. `can_admins_bypass` is answered though GitHub's description lacks it. */
export const rawEnvironment = z.object({
  name: text,
  can_admins_bypass: maybeFlag,
  updated_at: text.optional(),
  protection_rules: z
    .array(
      z.object({
        type: text,
        wait_timer: count.optional(),
        prevent_self_review: flag.optional(),
        reviewers: z
          .array(
            z.object({
              type: text.optional(),
              reviewer: z.object({ node_id: text, login: text.optional(), slug: text.optional() }).optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  deployment_branch_policy: z.object({ protected_branches: flag, custom_branch_policies: flag }).nullable().optional(),
});
export type RawEnvironment = z.infer<typeof rawEnvironment>;

/** Which branches and tags may deploy. */
export const rawBranchPolicies = z.object({
  branch_policies: z.array(z.object({ name: text, type: z.enum(["branch", "tag"]).optional() })),
});
export type RawBranchPolicies = z.infer<typeof rawBranchPolicies>;

/** Apps that decide about deployments. */
export const rawGates = z.object({
  custom_deployment_protection_rules: z.array(z.object({ enabled: flag, app: z.object({ slug: text }) })).optional(),
});
export type RawGates = z.infer<typeof rawGates>;

const blob = z.object({ text: maybeText, isTruncated: flag.optional(), isBinary: maybeFlag });
/** A file; what is no file (a folder, a submodule) has no text. */
export type RawBlob = z.infer<typeof blob>;

/** A repository with the texts of its workflow files. */
export const rawWorkflows = z.object({
  id: text,
  nameWithOwner: text,
  workflows: z
    .object({
      entries: z
        .array(z.object({ name: text, type: text.optional(), object: blob.nullable() }))
        .nullable()
        .optional(),
    })
    .nullable(),
});
export type RawWorkflows = z.infer<typeof rawWorkflows>;

/** A repository with its CODEOWNERS files, in the order in which GitHub looks for them. */
export const rawCodeOwners = z.object({
  id: text,
  nameWithOwner: text,
  inGithub: blob.nullable(),
  inRoot: blob.nullable(),
  inDocs: blob.nullable(),
  codeowners: z
    .object({ errors: z.array(z.object({ line: count, kind: text, message: text, path: text })) })
    .nullable(),
});
export type RawCodeOwners = z.infer<typeof rawCodeOwners>;

/** `GET /orgs/{org}/actions/permissions`. */
export const rawActionsPermissions = z.object({ enabled_repositories: text, allowed_actions: text.optional() });
export type RawActionsPermissions = z.infer<typeof rawActionsPermissions>;

/** What the job token may do where the workflow does not say. */
export const rawTokenDefaults = z.object({
  default_workflow_permissions: z.enum(["read", "write"]),
  can_approve_pull_request_reviews: flag,
});
export type RawTokenDefaults = z.infer<typeof rawTokenDefaults>;

/** What workflows of forks of private repositories get. */
export const rawForkWorkflows = z.object({
  run_workflows_from_fork_pull_requests: flag,
  send_write_tokens_to_workflows: flag,
  require_approval_for_fork_pr_workflows: flag.optional(),
});
export type RawForkWorkflows = z.infer<typeof rawForkWorkflows>;

/** Who may call the reusable workflows of a repository. */
export const rawReusableAccess = z.object({ access_level: text });
export type RawReusableAccess = z.infer<typeof rawReusableAccess>;

/** How subjects of OIDC tokens are built; the organization's has no `use_default` and no prefix. */
export const rawSubject = z.object({
  use_default: flag.optional(),
  include_claim_keys: z.array(text).optional(),
  use_immutable_subject: flag.optional(),
  sub_claim_prefix: text.optional(),
});
export type RawSubject = z.infer<typeof rawSubject>;

/** The IP allow list below `organization`. */
export const rawIpAllowList = z.object({
  organization: z.object({
    ipAllowListEnabledSetting: maybeText,
    ipAllowListForInstalledAppsEnabledSetting: maybeText,
    ipAllowListEntries: z.object({
      totalCount: count.optional(),
      nodes: z.array(
        z
          .object({
            id: text,
            allowListValue: text,
            name: maybeText,
            isActive: flag,
            createdAt: text,
            updatedAt: text,
          })
          .nullable(),
      ),
    }),
  }),
});
export type RawIpAllowList = z.infer<typeof rawIpAllowList>;

/** Domains below `organization`, without a scheme although GitHub's schema calls them addresses. */
export const rawDomains = z.object({
  organization: z.object({
    domains: z.object({
      totalCount: count.optional(),
      nodes: z.array(z.object({ domain: text, isVerified: flag, isApproved: flag }).nullable()),
    }),
  }),
});
export type RawDomains = z.infer<typeof rawDomains>;
