import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Protection, ProtectionActor, ProtectionDemand, ProtectionRule } from "../../../src/model/protection.ts";
import { hasBranchRules, mayHideBranchRules } from "../asked-repositories.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type { RawBranchProtections, RawBranchRule } from "../raw-controls.ts";
import { classicBypass } from "./bypass-actors.ts";
import { control, gapOver, repositoryHolder, unansweredControls, unreadControl } from "./control.ts";
import type { Convert } from "./converted.ts";
import { nodeRows } from "./node-rows.ts";

/** Administrators, whom a classic rule that is not enforced for them does not hold. */
const ADMINISTRATORS: ProtectionActor = { type: "repository-role", id: null, name: "admin", mode: "always" };

/** Classic branch protection, told in the words of rulesets. */
export const branchProtections: Convert = (requests, context) => {
  const policies: Policy[] = [];
  const answered = new Set<string>();
  for (const { nameWithOwner, branchProtectionRules: list } of nodeRows<RawBranchProtections>(requests)) {
    const holder = repositoryHolder(context, nameWithOwner);
    if (list === null) continue;
    answered.add(nameWithOwner);
    for (const rule of list.nodes) {
      if (rule === null) continue;
      policies.push(
        control(context, "branch-protection", holder, {
          id: `${holder.id}/branch-protection/${rule.id}`,
          name: rule.pattern,
          document: protectionOf(context, rule),
        }),
      );
    }
    const read = list.nodes.filter((rule) => rule !== null).length;
    if (read < list.nodes.length || list.pageInfo?.hasNextPage === true || (list.totalCount ?? 0) > read)
      policies.push(
        unreadControl(
          context,
          "branch-protection",
          holder,
          `\`${nameWithOwner}\` has more classic rules than were read`,
        ),
      );
  }
  const items = policies.filter(({ document }) => document.known).length;
  const swept = context.sweep().repositories;
  const unread = unansweredControls(
    context,
    "branch-protection",
    swept.filter(hasBranchRules),
    answered,
    "GitHub counts classic rules here and showed none",
  );
  const hidden = swept.filter((one) => mayHideBranchRules(one) && !answered.has(one.name)).map(({ name }) => name);
  const hiding = hidden.map((name) =>
    unreadControl(
      context,
      "branch-protection",
      repositoryHolder(context, name),
      "GitHub shows classic rules only to those who administer the repository",
    ),
  );
  return {
    records: { policies: [...policies, ...unread, ...hiding] },
    kinds: { "branch-protection": { items, gap: gapOver(hidden, "GitHub may hide classic rules of") } },
  };
};

function protectionOf(context: OrganizationContext, rule: RawBranchRule): Observed<Protection> {
  if (rule.requiresApprovingReviews && rule.requiredApprovingReviewCount === null)
    return unknown(`GitHub does not say how many approvals rule \`${rule.pattern}\` asks for`);
  return known({
    source: "classic",
    level: "repository",
    name: rule.pattern,
    target: "branch",
    enforcement: "active",
    include: [rule.pattern],
    exclude: [],
    repositories: null,
    rules: rulesOf(context, rule),
  });
}

function rulesOf(context: OrganizationContext, rule: RawBranchRule): ProtectionRule[] {
  const administrators = rule.isAdminEnforced ? [] : [ADMINISTRATORS];
  const passing = (list: RawBranchRule["pushAllowances"]): Observed<readonly ProtectionActor[]> => {
    const actors = classicBypass(context, list, rule.pattern);
    return actors.known ? known([...actors.value, ...administrators]) : actors;
  };
  const onlyAdministrators = known(administrators);
  const shown = (list: readonly (string | null)[] | null): readonly string[] =>
    (list ?? []).filter((one): one is string => one !== null);
  const rules: ProtectionRule[] = [];
  const add = (when: boolean, demand: ProtectionDemand, bypass: Observed<readonly ProtectionActor[]>): void => {
    if (when) rules.push({ ...demand, bypass });
  };
  add(rule.lockBranch, { kind: "lock" }, known([]));
  // "Restrict pushes that create matching branches" is an option of restricted pushes and does nothing without them.
  add(rule.restrictsPushes && rule.blocksCreations, { kind: "creation" }, passing(rule.pushAllowances));
  add(rule.restrictsPushes, { kind: "update" }, passing(rule.pushAllowances));
  add(!rule.allowsDeletions, { kind: "deletion" }, onlyAdministrators);
  add(!rule.allowsForcePushes, { kind: "non-fast-forward" }, passing(rule.bypassForcePushAllowances));
  add(
    rule.requiresApprovingReviews,
    {
      kind: "pull-request",
      approvals: rule.requiredApprovingReviewCount ?? 0,
      dismissStale: rule.dismissesStaleReviews,
      codeOwners: rule.requiresCodeOwnerReviews,
      lastPushApproval: rule.requireLastPushApproval,
    },
    passing(rule.bypassPullRequestAllowances),
  );
  add(
    rule.requiresStatusChecks,
    {
      kind: "status-checks",
      checks: shown(rule.requiredStatusCheckContexts),
      strict: rule.requiresStrictStatusChecks,
    },
    onlyAdministrators,
  );
  add(
    rule.requiresDeployments,
    { kind: "deployments", environments: shown(rule.requiredDeploymentEnvironments) },
    onlyAdministrators,
  );
  add(rule.requiresCommitSignatures, { kind: "signatures" }, onlyAdministrators);
  add(rule.requiresLinearHistory, { kind: "linear-history" }, onlyAdministrators);
  add(rule.requiresConversationResolution, { kind: "other", name: "conversation-resolution" }, onlyAdministrators);
  return rules;
}
