import { known, unknown } from "../../src/model/observed.ts";
import type { ActionsSettings } from "../../src/model/actions-settings.ts";
import type { CodeOwners } from "../../src/model/code-owners.ts";
import type { DeploymentEnvironment } from "../../src/model/deployment-environment.ts";
import type { GitHubPolicyKind } from "../../src/model/policy.ts";
import type { Protection, ProtectionActor, ProtectionDemand } from "../../src/model/protection.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { Attributes } from "../../src/model/tenant.ts";
import type { Workflow, WorkflowJob } from "../../src/model/workflow.ts";
import { canonicalJson } from "../../src/text/canonical-json.ts";
import type { Given } from "./given.ts";

/** The organization's model id. */
export const T = "github:O_1";

/** A repository with a branch `main`, private unless told otherwise. */
export function repo(g: Given, name: string, attributes: Attributes = {}): string {
  return g.repository(name, { visibility: "private", archived: false, defaultBranch: "main", ...attributes });
}

/** What is known of the organization. */
export function organizationIs(g: Given, attributes: Attributes): void {
  const at = g.records.tenants.findIndex(({ id }) => id === T);
  const tenant = g.records.tenants[at];
  if (tenant !== undefined) g.records.tenants[at] = { ...tenant, attributes };
}

/** A control of a repository or the organization; null where its document was not read. */
export function control(g: Given, kind: GitHubPolicyKind, holderId: string, name: string, document: unknown): void {
  g.policy(`${holderId}/${kind}/${name}`, null, {
    system: "github",
    tenantId: T,
    kind,
    name,
    holderId,
    document: document === null ? unknown(`${kind} was not read`) : known(canonicalJson(document)),
  });
}

/** A ruleset about the default branch; nobody bypasses it unless told otherwise, null: the list was not shown. */
export function ruleset(
  g: Given,
  holderId: string,
  rules: readonly ProtectionDemand[],
  more: Partial<Protection> = {},
  bypass: readonly ProtectionActor[] | null = [],
): void {
  const protection: Protection = {
    source: "ruleset",
    level: holderId === T ? "organization" : "repository",
    name: `rules ${g.records.policies.length}`,
    target: "branch",
    enforcement: "active",
    include: ["~DEFAULT_BRANCH"],
    exclude: [],
    repositories: holderId === T ? { include: ["~ALL"], exclude: [], ids: null, byProperty: false } : null,
    rules: rules.map((rule) => ({
      ...rule,
      bypass: bypass === null ? unknown("the bypass was not shown") : known(bypass),
    })),
    ...more,
  };
  const kind = protection.source === "classic" ? "branch-protection" : "ruleset";
  control(g, kind, holderId, protection.name, protection);
}

/** An organization's ruleset that asks for custom properties. */
export const BY_PROPERTY: Partial<Protection> = {
  repositories: { include: [], exclude: [], ids: null, byProperty: true },
};

/** A rule that asks for one approval. */
export const review = (more: Partial<Extract<ProtectionDemand, { kind: "pull-request" }>> = {}): ProtectionDemand => ({
  kind: "pull-request",
  approvals: 1,
  dismissStale: false,
  codeOwners: false,
  lastPushApproval: false,
  ...more,
});

/** A workflow with one job. */
export function workflow(
  g: Given,
  repository: string,
  job: Partial<WorkflowJob> = {},
  more: Partial<Workflow> = {},
): void {
  const path = more.path ?? ".github/workflows/deploy.yml";
  const document: Workflow = {
    path,
    name: "deploy",
    enabled: true,
    unreadable: null,
    events: ["push"],
    jobs: [
      {
        id: "job",
        mintsToken: true,
        environment: null,
        calls: null,
        runsOn: ["ubuntu-latest"],
        uses: [],
        secrets: [],
        roles: [],
        checksOutHead: false,
        injectable: [],
        ...job,
      },
    ],
    ...more,
  };
  control(g, "workflow", repository, path, document);
}

/** A CODEOWNERS file. */
export function owners(
  g: Given,
  repository: string,
  rules: Readonly<Record<string, readonly string[]>>,
  errors: readonly string[] = [],
): void {
  const document: CodeOwners = {
    path: "CODEOWNERS",
    rules: Object.entries(rules).map(([pattern, list]) => ({ pattern, owners: list })),
    errors,
  };
  control(g, "code-owners", repository, "CODEOWNERS", document);
}

/** An environment without reviewers that any branch deploys to, unless told otherwise. */
export function environment(
  g: Given,
  repository: string,
  name: string,
  more: Partial<DeploymentEnvironment> = {},
): void {
  const document: DeploymentEnvironment = {
    name,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    refs: { kind: "any" },
    adminsBypass: known(true),
    gates: [],
    ...more,
  };
  control(g, "environment", repository, name, document);
}

/** Actions settings: strict unless told otherwise. */
export function settings(g: Given, holderId: string, more: Partial<ActionsSettings> = {}): void {
  const document: ActionsSettings = {
    enabled: known(true),
    allowedActions: known("all"),
    defaultPermissions: known("read"),
    canApprovePullRequests: known(false),
    forksGetWriteTokens: known(false),
    reusableBy: known("none"),
    ...more,
  };
  control(g, "actions-settings", holderId, "settings", document);
}

/** Something of the organization or, with its id, of a repository. */
export function thing(g: Given, kind: Resource["kind"], id: string, attributes: Attributes): string {
  const name = id.slice(id.search(/[/:][^/:]*$/) + 1);
  g.records.resources.push({
    id,
    system: "github",
    tenantId: T,
    kind,
    nativeId: name,
    locator: name,
    displayName: name,
    attributes,
  });
  return id;
}
