import type { DeploymentEnvironment, EnvironmentReviewer } from "../../../src/model/deployment-environment.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import { hasEnvironments } from "../asked-repositories.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { repositoryOf, type RecordedRequest } from "../raw.ts";
import type { RawBranchPolicies, RawEnvironment, RawGates } from "../raw-controls.ts";
import { control, repositoryHolder, unansweredControls } from "./control.ts";
import type { Convert } from "./converted.ts";

/** Routes of the step. */
export const ENVIRONMENT_ROUTES = {
  list: "GET /repos/{owner}/{repo}/environments",
  policies: "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
  gates: "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules",
} as const;

const BUILT_IN = new Set(["wait_timer", "required_reviewers", "branch_policy"]);

/** Whether apps decide about its deployments besides: rules that are none of GitHub's own. */
export const hasGates = ({ protection_rules: rules }: RawEnvironment): boolean =>
  rules?.some(({ type }) => !BUILT_IN.has(type)) === true;

/** Whether its refs are patterns of its own, which are listed apart. */
export const hasPatterns = ({ deployment_branch_policy: policy }: RawEnvironment): boolean =>
  policy?.custom_branch_policies === true;

/** Environments: who approves, which refs may deploy, and who may skip that. */
export const environments: Convert = (requests, context) => {
  const policies: Policy[] = [];
  const answered = new Set<string>();
  const patterns = byPlace<RawBranchPolicies>(requests, ENVIRONMENT_ROUTES.policies);
  const gates = byPlace<RawGates>(requests, ENVIRONMENT_ROUTES.gates);
  for (const request of requests) {
    if (request.route !== ENVIRONMENT_ROUTES.list) continue;
    const name = repositoryOf(request);
    answered.add(name);
    const holder = repositoryHolder(context, name);
    for (const raw of (request.answer as { readonly environments: readonly RawEnvironment[] }).environments) {
      const place = `${name} ${raw.name}`;
      policies.push(
        control(context, "environment", holder, {
          id: `${holder.id}/environment/${raw.name}`,
          name: raw.name,
          updatedAt: raw.updated_at,
          document: known(environmentOf(context, raw, patterns.get(place), gates.get(place))),
        }),
      );
    }
  }
  const unread = unansweredControls(
    context,
    "environment",
    context.sweep().repositories.filter(hasEnvironments),
    answered,
    "GitHub counts environments here and showed none",
  );
  return { records: { policies: [...policies, ...unread] }, kinds: { environment: { items: policies.length } } };
};

function environmentOf(
  context: OrganizationContext,
  raw: RawEnvironment,
  listed: RawBranchPolicies | undefined,
  gates: RawGates | undefined,
): DeploymentEnvironment {
  const rules = raw.protection_rules ?? [];
  const reviews = rules.filter(({ type }) => type === "required_reviewers");
  return {
    name: raw.name,
    reviewers: reviews.flatMap(({ reviewers = [] }) =>
      reviewers.flatMap(({ type, reviewer }): EnvironmentReviewer[] => {
        if (reviewer === undefined) return [];
        const team = type === "Team" || reviewer.login === undefined;
        const name = reviewer.login ?? reviewer.slug ?? reviewer.node_id;
        return [{ type: team ? "team" : "user", id: context.id(reviewer.node_id), name }];
      }),
    ),
    preventSelfReview: reviews.some((rule) => rule.prevent_self_review === true),
    waitMinutes: Math.max(0, ...rules.map((rule) => rule.wait_timer ?? 0)),
    refs: refsOf(raw, listed),
    adminsBypass:
      typeof raw.can_admins_bypass === "boolean"
        ? known(raw.can_admins_bypass)
        : unknown(`GitHub does not say whether administrators skip the rules of \`${raw.name}\``),
    gates: gatesOf(raw, gates),
  };
}

function refsOf(raw: RawEnvironment, listed: RawBranchPolicies | undefined): DeploymentEnvironment["refs"] {
  const policy = raw.deployment_branch_policy;
  if (policy === null) return { kind: "any" };
  if (policy?.protected_branches === true) return { kind: "protected" };
  if (policy === undefined || listed === undefined)
    return { kind: "patterns", patterns: unknown("the branch policies were not read") };
  return {
    kind: "patterns",
    patterns: known(
      listed.branch_policies.map(({ name, type }) => ({ type: type ?? ("branch" as const), pattern: name })),
    ),
  };
}

/** Names of the apps; where they were not read, what GitHub calls the rule. */
function gatesOf(raw: RawEnvironment, gates: RawGates | undefined): readonly string[] {
  if (!hasGates(raw)) return [];
  const apps = gates?.custom_deployment_protection_rules;
  if (apps !== undefined) return apps.filter(({ enabled }) => enabled).map(({ app }) => app.slug);
  return (raw.protection_rules ?? []).map(({ type }) => type).filter((type) => !BUILT_IN.has(type));
}

/** Answers about one environment, by repository and name. */
function byPlace<T>(requests: readonly RecordedRequest[], route: string): ReadonlyMap<string, T> {
  return new Map(
    requests
      .filter((request) => request.route === route)
      .map((request) => [`${repositoryOf(request)} ${environmentNameOf(request)}`, request.answer as T]),
  );
}

function environmentNameOf({ parameters }: RecordedRequest): string {
  const name = parameters["environment_name"];
  return typeof name === "string" ? name : "";
}
