import type {
  RawActionsPermissions,
  RawBranchProtections,
  RawBranchRule,
  RawBlob,
  RawCodeOwners,
  RawDomains,
  RawEnvironment,
  RawForkWorkflows,
  RawIpAllowList,
  RawRuleset,
  RawSubject,
  RawTokenDefaults,
  RawWorkflows,
} from "../../../../connectors/github/raw-controls.ts";
import { githubFiles } from "../../../tools/acme/github.ts";
import type { GitHubState } from "../github-state.ts";

/** What Actions may do in one repository. */
export interface RepositoryActions {
  workflow: RawTokenDefaults;
  access: string;
  forks: RawForkWorkflows;
}

/** The controls the fake holds; whatever belongs to a repository stands under its `owner/name`. */
export interface ControlsState {
  organizationRulesets: RawRuleset[];
  rulesets: Record<string, RawRuleset[]>;
  branchRules: Record<string, RawBranchRule[]>;
  environments: Record<string, RawEnvironment[]>;
  /** Under `owner/name environment`. */
  branchPolicies: Record<string, { name: string; type?: "branch" | "tag" }[]>;
  /** Under `owner/name environment`. */
  gates: Record<string, { enabled: boolean; app: { slug: string } }[]>;
  /** Files of the default branch by path. */
  files: Record<string, Record<string, string | RawBlob>>;
  codeOwnerErrors: Record<string, { line: number; kind: string; message: string; path: string }[]>;
  organizationActions: { permissions: RawActionsPermissions; workflow: RawTokenDefaults; forks: RawForkWorkflows };
  actions: Record<string, RepositoryActions>;
  organizationSubject: RawSubject;
  subjects: Record<string, RawSubject>;
  /** Null where the plan has none: GitHub refuses. */
  ipAllowList: {
    enabled: "ENABLED" | "DISABLED";
    entries: NonNullable<RawIpAllowList["organization"]["ipAllowListEntries"]["nodes"][number]>[];
  } | null;
  domains: NonNullable<RawDomains["organization"]["domains"]["nodes"][number]>[];
}

/** The controls of a fake, for tests that set them. */
export const controlsOf = (state: GitHubState): ControlsState => state.slices["controls"] as ControlsState;

const NO_FORKS: RawForkWorkflows = {
  run_workflows_from_fork_pull_requests: false,
  send_write_tokens_to_workflows: false,
};
const READ_ONLY: RawTokenDefaults = { default_workflow_permissions: "read", can_approve_pull_request_reviews: false };

/** What a repository has that nobody set. */
export const plainActions = (): RepositoryActions => ({ workflow: READ_ONLY, access: "none", forks: NO_FORKS });

/** An organization that controls nothing. */
export const noControls = (): ControlsState => ({
  organizationRulesets: [],
  rulesets: {},
  branchRules: {},
  environments: {},
  branchPolicies: {},
  gates: {},
  files: {},
  codeOwnerErrors: {},
  organizationActions: {
    permissions: { enabled_repositories: "all", allowed_actions: "all" },
    workflow: READ_ONLY,
    forks: NO_FORKS,
  },
  actions: {},
  organizationSubject: { include_claim_keys: [] },
  subjects: {},
  ipAllowList: null,
  domains: [],
});

/** What the recording of the sample company holds, a fresh copy; nothing where it holds no controls. */
export function startControls(): ControlsState {
  const files = JSON.parse(JSON.stringify(githubFiles())) as Record<
    string,
    { requests: { route: string; parameters: Record<string, string>; answer: unknown }[] }
  >;
  const requests = (step: string) => files[`github/acme-sample/${step}.json`]?.requests ?? [];
  const about = (parameters: Record<string, string>): string => `${parameters["owner"]}/${parameters["repo"]}`;
  const find = <T>(step: string, end: string): { readonly parameters: Record<string, string>; readonly answer: T }[] =>
    requests(step).filter(({ route }) => route.endsWith(end)) as never;
  const nodes = <T>(step: string): T[] =>
    requests(step).flatMap(({ answer }) => (answer as { nodes: (T | null)[] }).nodes.filter((node) => node !== null));
  const state: ControlsState = {
    ...noControls(),
    organizationRulesets: find<RawRuleset>("rulesets", "/orgs/{org}/rulesets/{ruleset_id}").map(({ answer }) => answer),
  };
  for (const { parameters, answer } of find<RawRuleset>("rulesets", "{repo}/rulesets/{ruleset_id}"))
    (state.rulesets[about(parameters)] ??= []).push(answer);
  for (const node of nodes<RawBranchProtections>("branch-protections"))
    state.branchRules[node.nameWithOwner] = (node.branchProtectionRules?.nodes ?? []).filter((rule) => rule !== null);
  for (const { parameters, answer } of find<{ environments: RawEnvironment[] }>("environments", "/environments"))
    state.environments[about(parameters)] = answer.environments;
  for (const { parameters, answer } of find<{ branch_policies: { name: string }[] }>("environments", "-policies"))
    state.branchPolicies[`${about(parameters)} ${parameters["environment_name"]}`] = answer.branch_policies;
  for (const { parameters, answer } of find<{ custom_deployment_protection_rules: ControlsState["gates"][string] }>(
    "environments",
    "protection_rules",
  ))
    state.gates[`${about(parameters)} ${parameters["environment_name"]}`] = answer.custom_deployment_protection_rules;
  for (const { nameWithOwner, workflows } of nodes<RawWorkflows>("workflows"))
    for (const { name, object } of workflows?.entries ?? [])
      (state.files[nameWithOwner] ??= {})[`.github/workflows/${name}`] = object ?? {};
  for (const node of nodes<RawCodeOwners>("code-owners")) {
    const own = (state.files[node.nameWithOwner] ??= {});
    if (node.inGithub !== null) own[".github/CODEOWNERS"] = node.inGithub;
    if (node.inRoot !== null) own["CODEOWNERS"] = node.inRoot;
    if (node.inDocs !== null) own["docs/CODEOWNERS"] = node.inDocs;
    state.codeOwnerErrors[node.nameWithOwner] = node.codeowners?.errors ?? [];
  }
  const settings = <T>(end: string) => find<T>("actions-settings", end);
  for (const { parameters, answer } of settings<RawTokenDefaults>("/actions/permissions/workflow"))
    if (parameters["repo"] === undefined) state.organizationActions.workflow = answer;
    else (state.actions[about(parameters)] ??= plainActions()).workflow = answer;
  for (const { parameters, answer } of settings<RawForkWorkflows>("/fork-pr-workflows-private-repos"))
    if (parameters["repo"] === undefined) state.organizationActions.forks = answer;
    else (state.actions[about(parameters)] ??= plainActions()).forks = answer;
  for (const { parameters, answer } of settings<{ access_level: string }>("/actions/permissions/access"))
    (state.actions[about(parameters)] ??= plainActions()).access = answer.access_level;
  for (const { answer } of settings<RawActionsPermissions>("/orgs/{org}/actions/permissions"))
    state.organizationActions.permissions = answer;
  for (const { parameters, answer } of find<RawSubject>("subject-templates", "/sub"))
    if (parameters["repo"] === undefined) state.organizationSubject = answer;
    else state.subjects[about(parameters)] = answer;
  for (const { answer } of requests("domains"))
    state.domains.push(...(answer as RawDomains).organization.domains.nodes.filter((one) => one !== null));
  for (const { answer } of requests("ip-allow-list")) {
    const { ipAllowListEnabledSetting, ipAllowListEntries } = (answer as RawIpAllowList).organization;
    state.ipAllowList = {
      enabled: ipAllowListEnabledSetting === "ENABLED" ? "ENABLED" : "DISABLED",
      entries: ipAllowListEntries.nodes.filter((entry) => entry !== null),
    };
  }
  return state;
}
