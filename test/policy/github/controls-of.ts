import type { DeploymentEnvironment } from "../../../src/model/deployment-environment.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection, ProtectionActor, ProtectionDemand, ProtectionRule } from "../../../src/model/protection.ts";
import type { Workflow, WorkflowJob } from "../../../src/model/workflow.ts";
import type { NameDemand, NamePattern } from "../../../src/policy/names/name-pattern.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";

/** The repository `acme/api` without any protection, with what a case says of it. */
export function controlsOf(given: Partial<RepositoryControls> = {}): RepositoryControls {
  return {
    id: "github:O_1:R_1",
    name: "acme/api",
    repositoryId: 34,
    ownerId: 12,
    enterpriseId: null,
    visibility: "private",
    archived: false,
    defaultBranch: "main",
    protections: known([]),
    environments: known([]),
    subject: unknown("not needed"),
    workflows: known([]),
    codeOwners: known(null),
    settings: {
      enabled: known(true),
      allowedActions: known("all"),
      defaultPermissions: known("read"),
      canApprovePullRequests: known(false),
      forksGetWriteTokens: known(false),
      reusableBy: known("none"),
    },
    ...given,
  };
}

/** Somebody with the role of a writer, with what a case says of him. */
export function actorOf(login: string, given: Partial<PushActor> = {}): PushActor {
  return {
    id: `github:O_1:${login}`,
    name: login,
    kind: "user",
    role: "write",
    customRoles: [],
    permissions: known([]),
    teams: [],
    organizationOwner: false,
    enterpriseOwner: known(false),
    login,
    userId: null,
    editsWorkflows: known(true),
    writesContents: true,
    administers: given.role === "admin",
    missing: [],
    ...given,
  };
}

/** One entry of a bypass list; a name that looks like an id of the model is one. */
export function bypass(
  type: ProtectionActor["type"],
  name = "",
  mode: ProtectionActor["mode"] = "always",
): ProtectionActor {
  const hasId = type === "user" || type === "team" || type === "app";
  return { type, id: hasId ? `github:O_1:${name}` : null, name, mode };
}

/** A rule and who it does not hold for; null where nobody could read that. */
export function rule(demand: ProtectionDemand, actors: readonly ProtectionActor[] | null = []): ProtectionRule {
  return { ...demand, bypass: actors === null ? unknown("who bypasses was not shown") : known(actors) };
}

/** A rule that asks for a pull request. */
export function reviews(
  approvals: number,
  more: Partial<Extract<ProtectionDemand, { readonly kind: "pull-request" }>> = {},
): ProtectionDemand {
  return {
    kind: "pull-request",
    approvals,
    dismissStale: true,
    codeOwners: false,
    lastPushApproval: true,
    ...more,
  };
}

/** An active ruleset of the repository about the branches included. */
export function ruleset(include: string, rules: readonly ProtectionRule[], more: Partial<Protection> = {}): Protection {
  return {
    source: "ruleset",
    level: "repository",
    name: "gate",
    target: "branch",
    enforcement: "active",
    include: include === "" ? [] : include.split(" "),
    exclude: [],
    repositories: null,
    rules,
    ...more,
  };
}

/** A classic rule. */
export function classic(include: string, rules: readonly ProtectionRule[], more: Partial<Protection> = {}): Protection {
  return { ...ruleset(include, rules), source: "classic", name: include, ...more };
}

/** Names that match one of the patterns (`*` is any run); everything for `*`. */
export function names(...patterns: readonly string[]): NameDemand {
  if (patterns.includes("*")) return { all: [], none: [] };
  return {
    all: [patterns.map((pattern): NamePattern => ({ syntax: /[*?]/.test(pattern) ? "aws" : "exact", pattern }))],
    none: [],
  };
}

/** An environment without rules, with what a case says of it. */
export function environmentOf(name: string, given: Partial<DeploymentEnvironment> = {}): DeploymentEnvironment {
  return {
    name,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    refs: { kind: "any" },
    adminsBypass: known(false),
    gates: [],
    ...given,
  };
}

/** A workflow with one job that asks for tokens, with what a case says of either. */
export function workflowOf(given: Partial<Workflow> = {}, job: Partial<WorkflowJob> = {}): Workflow {
  return {
    path: ".github/workflows/deploy.yml",
    name: "deploy",
    enabled: true,
    unreadable: null,
    events: ["push"],
    jobs: [
      {
        id: "deploy",
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
    ...given,
  };
}
