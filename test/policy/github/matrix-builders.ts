import type { DeploymentEnvironment, RefPattern } from "../../../src/model/deployment-environment.ts";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Protection, ProtectionActor, ProtectionDemand, ProtectionRule } from "../../../src/model/protection.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";

/** What is asked of the reachability functions. Names are without `refs/heads/` and `refs/tags/`. */
type MatrixQuestion =
  | { readonly kind: "push" | "create"; readonly refKind: "branch" | "tag"; readonly ref: string }
  | {
      readonly kind: "land";
      readonly ref: string;
      readonly others: readonly PushActor[];
      readonly missing: readonly string[];
    }
  | { readonly kind: "edit-workflow"; readonly path: string }
  | { readonly kind: "edit-protection" }
  | {
      readonly kind: "environment";
      readonly environment: string;
      readonly refKind: "branch" | "tag" | "pull-request";
      readonly ref: string;
    };

/** One row: what GitHub's own documentation says of an actor and a set of controls, with the page it says it on. */
export interface MatrixCase {
  readonly name: string;
  readonly controls: RepositoryControls;
  readonly actor: PushActor;
  readonly question: MatrixQuestion;
  readonly expect: FourValued;
  /** Title of the page of docs.github.com, and the section. */
  readonly source: string;
}

/** Name, actor, question, answer. */
type MatrixRow = readonly [string, PushActor, MatrixQuestion, FourValued];

/** Rows that one passage of the documentation decides over one set of controls. */
export function decides(
  source: string,
  controls: RepositoryControls,
  rows: readonly MatrixRow[],
): readonly MatrixCase[] {
  return rows.map(([name, actor, question, expect]) => ({ name, controls, actor, question, expect, source }));
}

/** A push to a branch that may exist. */
export const push = (ref: string): MatrixQuestion => ({ kind: "push", refKind: "branch", ref });
/** Moving a tag. */
export const pushTag = (ref: string): MatrixQuestion => ({ kind: "push", refKind: "tag", ref });
/** A new branch. */
export const create = (ref: string): MatrixQuestion => ({ kind: "create", refKind: "branch", ref });
/** A new tag. */
export const createTag = (ref: string): MatrixQuestion => ({ kind: "create", refKind: "tag", ref });
/** A merge into a branch, with those who may approve, and why they may not be all. */
export const land = (ref: string, others: readonly PushActor[], missing: readonly string[] = []): MatrixQuestion => ({
  kind: "land",
  ref,
  others,
  missing,
});
/** A change of a workflow file. */
export const editWorkflow = (path = ".github/workflows/x.yml"): MatrixQuestion => ({ kind: "edit-workflow", path });
/** A change of the protections themselves. */
export const editProtection: MatrixQuestion = { kind: "edit-protection" };
/** A job that names an environment, on a ref. */
export const deploy = (
  environment: string,
  ref: string,
  refKind: "branch" | "tag" | "pull-request" = "branch",
): MatrixQuestion => ({ kind: "environment", environment, refKind, ref });

/** A private repository of an organization on which nothing is protected. */
const OPEN: RepositoryControls = {
  id: "repository:acme/api",
  name: "acme/api",
  repositoryId: 34,
  ownerId: 12,
  enterpriseId: null,
  visibility: "private",
  archived: false,
  defaultBranch: "main",
  protections: known([]),
  environments: known([]),
  subject: known({ claims: null, immutable: known(false), prefix: known("repo:acme/api") }),
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
};

/** A repository with these layers of protection. */
export function repository(
  protections: readonly Protection[],
  more: Partial<RepositoryControls> = {},
): RepositoryControls {
  return { ...OPEN, protections: known(protections), ...more };
}

/** A repository whose workflows may create and approve pull requests. */
export function withApprovingActions(protections: readonly Protection[]): RepositoryControls {
  return repository(protections, { settings: { ...OPEN.settings, canApprovePullRequests: known(true) } });
}

/** A CODEOWNERS file with one rule a line: pattern, then owners. */
export function owners(...lines: readonly string[]): Pick<RepositoryControls, "codeOwners"> {
  const rules = lines.map((line) => {
    const [pattern = "", ...names] = line.split(" ");
    return { pattern, owners: names };
  });
  return { codeOwners: known({ path: ".github/CODEOWNERS", rules, errors: [] }) };
}

/** The administrators of the repository, as a classic rule that is not enforced for them leaves them out. */
const ADMINISTRATORS: ProtectionActor = { type: "repository-role", id: null, name: "admin", mode: "always" };

/** The boxes of a classic rule. Left out is not ticked; `enforced` is "Do not allow bypassing the above settings". */
interface ClassicBoxes {
  readonly enforced?: boolean;
  readonly pullRequest?: Partial<PullRequestBoxes>;
  /** Who may skip the pull request; unknown where GitHub did not show it. */
  readonly skipPullRequest?: readonly ProtectionActor[] | "not shown";
  /** Who may push; nobody else then does. */
  readonly mayPush?: readonly ProtectionActor[] | "not shown";
  readonly blocksCreations?: boolean;
  readonly checks?: readonly string[];
  readonly deployments?: readonly string[];
  readonly signatures?: boolean;
  readonly linearHistory?: boolean;
  readonly lock?: boolean;
}

interface PullRequestBoxes {
  readonly approvals: number;
  readonly dismissStale: boolean;
  readonly codeOwners: boolean;
  readonly lastPushApproval: boolean;
}

/**
 * A pull request with one approval that no later push outlives, given by somebody else than whoever pushed last, and what else was
 * ticked. Without these two boxes somebody who writes may add to another person's pull request and approve it himself.
 */
export function pullRequest(boxes: Partial<PullRequestBoxes> = {}): ProtectionDemand {
  return {
    kind: "pull-request",
    approvals: 1,
    dismissStale: true,
    codeOwners: false,
    lastPushApproval: true,
    ...boxes,
  };
}

/** A classic rule, told as the connector tells it. */
export function classic(pattern: string, boxes: ClassicBoxes = {}): Protection {
  const administrators = boxes.enforced === true ? [] : [ADMINISTRATORS];
  const passing = (list: readonly ProtectionActor[] | "not shown" | undefined): Observed<readonly ProtectionActor[]> =>
    list === "not shown" ? unknown("GitHub does not show who passes") : known([...(list ?? []), ...administrators]);
  const rules: ProtectionRule[] = [
    { kind: "deletion", bypass: passing([]) },
    { kind: "non-fast-forward", bypass: passing([]) },
  ];
  if (boxes.lock === true) rules.push({ kind: "lock", bypass: known([]) });
  if (boxes.mayPush !== undefined) rules.push({ kind: "update", bypass: passing(boxes.mayPush) });
  if (boxes.blocksCreations === true) rules.push({ kind: "creation", bypass: passing(boxes.mayPush) });
  if (boxes.pullRequest !== undefined)
    rules.push({ ...pullRequest(boxes.pullRequest), bypass: passing(boxes.skipPullRequest) });
  if (boxes.checks !== undefined)
    rules.push({ kind: "status-checks", checks: boxes.checks, strict: false, bypass: passing([]) });
  if (boxes.deployments !== undefined)
    rules.push({ kind: "deployments", environments: boxes.deployments, bypass: passing([]) });
  if (boxes.signatures === true) rules.push({ kind: "signatures", bypass: passing([]) });
  if (boxes.linearHistory === true) rules.push({ kind: "linear-history", bypass: passing([]) });
  return {
    source: "classic",
    level: "repository",
    name: pattern,
    target: "branch",
    enforcement: "active",
    include: [pattern],
    exclude: [],
    repositories: null,
    rules,
  };
}

/** An active ruleset of the repository over the named branches. Everybody in the list bypasses all of its rules. */
export function ruleset(
  include: readonly string[],
  rules: readonly ProtectionDemand[],
  bypass: readonly ProtectionActor[] | "not shown" = [],
  more: Partial<Protection> = {},
): Protection {
  const list: Observed<readonly ProtectionActor[]> =
    bypass === "not shown" ? unknown("GitHub shows who bypasses only to those who may change it") : known(bypass);
  return {
    source: "ruleset",
    level: "repository",
    name: `rules of ${include.join(" ") || "every push"}`,
    target: "branch",
    enforcement: "active",
    include,
    exclude: [],
    repositories: null,
    rules: rules.map((rule) => ({ ...rule, bypass: list })),
    ...more,
  };
}

/** A push ruleset, which has no condition on refs. */
export function pushRuleset(
  paths: readonly string[],
  bypass: readonly ProtectionActor[] | "not shown" = [],
  more: Partial<Protection> = {},
): Protection {
  return ruleset([], [{ kind: "file-paths", paths }], bypass, { target: "push", ...more });
}

/** A ruleset that an organization has over all of its repositories. */
export const OF_ORGANIZATION: Partial<Protection> = {
  level: "organization",
  repositories: { include: ["~ALL"], exclude: [], ids: null, byProperty: false },
};

/** A ruleset that an enterprise has. */
export const OF_ENTERPRISE: Partial<Protection> = { ...OF_ORGANIZATION, level: "enterprise" };

/** An environment without a rule, and what is set besides. */
export function environment(name: string, more: Partial<DeploymentEnvironment> = {}): DeploymentEnvironment {
  return {
    name,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    refs: { kind: "any" },
    adminsBypass: known(true),
    gates: [],
    ...more,
  };
}

/** Branches and tags that may deploy. */
export function only(...patterns: readonly RefPattern[]): Pick<DeploymentEnvironment, "refs"> {
  return { refs: { kind: "patterns", patterns: known(patterns) } };
}
