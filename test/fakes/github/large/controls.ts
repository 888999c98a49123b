import type { RawEnvironment } from "../../../../connectors/github/raw-controls.ts";
import { branchRule, ruleset } from "../slices/controls-sample.ts";
import { noControls, type ControlsState } from "../slices/controls-state.ts";
import { Chance, dealt, four, upTo } from "./chance.ts";
import { daysAgo, LOGIN, type Organization } from "./organization.ts";
import type { Size } from "./size.ts";
import { checkingWorkflow, deployingWorkflow, releasingWorkflow } from "./workflow-texts.ts";

/** Protections, environments, workflows and settings of a large organization. */
export function largeControls(size: Size, { repositories, teams }: Organization): ControlsState {
  const chance = new Chance(23);
  const state = noControls();
  const names = repositories.map(({ nameWithOwner }) => nameWithOwner);
  const team = () => chance.one(teams);
  // Older organizations have the loose one: no workflow is safe by itself, so each has to be looked at.
  state.organizationActions = {
    permissions: { enabled_repositories: "all", allowed_actions: "all" },
    workflow: { default_workflow_permissions: "write", can_approve_pull_request_reviews: true },
    forks: { run_workflows_from_fork_pull_requests: true, send_write_tokens_to_workflows: false },
  };

  state.ipAllowList = { enabled: "DISABLED", entries: [] };
  state.domains = [{ domain: "acme.invalid", isVerified: true, isApproved: false }];

  const withEnvironments = chance.some(names, size.withEnvironments);
  const counts = dealt(size.environments, withEnvironments.length);
  for (const [i, name] of withEnvironments.entries())
    state.environments[name] = upTo(counts[i] ?? 1).map((n) =>
      environment(n, n === 1 && i < size.withBranchPolicies, n === 1 ? team() : undefined),
    );
  for (const name of withEnvironments.slice(0, size.withBranchPolicies))
    state.branchPolicies[`${name} production`] = [{ name: "main" }, { name: "release/*" }];

  const withWorkflows = chance.some(names, size.withWorkflows);
  const minting = chance.some(withWorkflows, size.mintingTokens);
  const asks = new Set(minting);
  for (const [i, name] of withWorkflows.entries()) {
    const files = { ".github/workflows/ci.yml": checkingWorkflow(i) };
    const target = state.environments[name] === undefined ? undefined : "production";
    if (asks.has(name)) Object.assign(files, { ".github/workflows/deploy.yml": deployingWorkflow(i, name, target) });
    else if (i % 3 === 0) Object.assign(files, { ".github/workflows/release.yml": releasingWorkflow(target) });
    state.files[name] = files;
  }
  for (const name of chance.some(minting, size.withSubjects))
    state.subjects[name] = {
      use_default: false,
      include_claim_keys: ["repo", "context", "job_workflow_ref"],
      sub_claim_prefix: `repo:${name}`,
    };
  for (const [i, name] of names.entries())
    state.actions[name] = {
      // Two in five were tightened by themselves.
      workflow:
        i % 5 < 2
          ? { default_workflow_permissions: "read", can_approve_pull_request_reviews: false }
          : state.organizationActions.workflow,
      access: i % 7 === 0 ? "organization" : "none",
      forks: state.organizationActions.forks,
    };
  for (const name of chance.some(names, size.withBranchRules / 4))
    (state.files[name] ??= {})["CODEOWNERS"] = `* @${LOGIN}/${team().slug}\n`;

  for (const [i, name] of chance.some(names, size.withBranchRules).entries())
    state.branchRules[name] = [
      branchRule(`BPR_large${four(i + 1)}`, "main", {
        requiresApprovingReviews: true,
        requiredApprovingReviewCount: 1 + (i % 2),
        isAdminEnforced: i % 3 === 0,
        allowsForcePushes: false,
        allowsDeletions: false,
        restrictsPushes: i % 6 === 0,
        pushAllowances: {
          nodes: i % 6 === 0 ? [{ actor: { __typename: "Team", id: team().id, slug: team().slug } }] : [],
        },
      }),
    ];

  const own = chance.some(names, size.withRulesets);
  const each = dealt(size.rulesets, own.length);
  let number = 600_000;
  for (const [i, name] of own.entries())
    state.rulesets[name] = upTo(each[i] ?? 1).map((n) => {
      number += 1;
      return { ...largeRuleset(number, n), source: name };
    });
  state.organizationRulesets = upTo(size.organizationRulesets).map((n) => ({
    ...largeRuleset(500_000 + n, n),
    source_type: "Organization",
    source: LOGIN,
    conditions: {
      ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] },
      repository_name: { include: n === 1 ? ["~ALL"] : [`*-${four(n).slice(2)}*`], exclude: [] },
    },
  }));
  return state;
}

const PLACES = ["production", "staging", "preview", "integration"];

function environment(n: number, named: boolean, team: { readonly id: string; readonly slug: string } | undefined) {
  const one: RawEnvironment = {
    name: PLACES[n - 1] ?? `place-${n}`,
    can_admins_bypass: true,
    updated_at: daysAgo(120 + n),
    protection_rules:
      team === undefined
        ? []
        : [
            {
              type: "required_reviewers",
              prevent_self_review: false,
              reviewers: [{ type: "Team", reviewer: { node_id: team.id, slug: team.slug } }],
            },
          ],
    deployment_branch_policy: named ? { protected_branches: false, custom_branch_policies: true } : null,
  };
  return one;
}

const largeRuleset = (id: number, n: number) =>
  ruleset(id, `rules ${n}`, {
    enforcement: n % 5 === 0 ? "evaluate" : "active",
    bypass_actors: n % 2 === 0 ? [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }] : [],
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: false,
          require_code_owner_review: n % 3 === 0,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
    ],
    updated_at: daysAgo(90),
  });
