import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/model/observed.ts";
import type { DeploymentEnvironment } from "../../../src/model/deployment-environment.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Workflow } from "../../../src/model/workflow.ts";
import { MISTAKES, mistakesOf } from "../../../src/policy/bridge/mistakes/index.ts";
import type { FormerName, FormerNames, MistakeFacts, MistakeId } from "../../../src/policy/bridge/mistakes/mistake.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import { API, HOST, PROVIDER, statement, templateOf, trustOf, type Condition } from "./bridge-fixtures.ts";

const ROLE = "arn:aws:iam::111122223333:role/target";
const AUD = { aud: "sts.amazonaws.com" };

const PRODUCTION: DeploymentEnvironment = {
  name: "production",
  reviewers: [{ type: "team", id: "team:1", name: "platform" }],
  preventSelfReview: true,
  waitMinutes: 0,
  refs: { kind: "patterns", patterns: known([{ type: "branch", pattern: "main" }]) },
  adminsBypass: known(false),
  gates: [],
};

function repository(more: Partial<RepositoryControls> = {}): RepositoryControls {
  return {
    ...API,
    id: "github:repository:34",
    archived: false,
    defaultBranch: "main",
    protections: known([]),
    environments: known([PRODUCTION]),
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
    ...more,
  };
}

function layer(include: readonly string[], more: Partial<Protection> = {}): Protection {
  return {
    source: "ruleset",
    level: "repository",
    name: "guard",
    target: "branch",
    enforcement: "active",
    include,
    exclude: [],
    repositories: null,
    rules: [{ kind: "update", bypass: known([]) }],
    ...more,
  };
}

const WITH_SETTINGS = (settings: Partial<RepositoryControls["settings"]>): RepositoryControls =>
  repository({ settings: { ...repository().settings, ...settings } });
const ENVIRONMENT = (more: Partial<DeploymentEnvironment>): RepositoryControls =>
  repository({ environments: known([{ ...PRODUCTION, ...more }]) });
const NEW_FORM = (more: Partial<RepositoryControls> = {}): RepositoryControls =>
  repository({ subject: templateOf(null, known(true)), ...more });
const SHARED = repository({
  name: "acme/shared",
  id: "github:repository:35",
  repositoryId: 35,
  defaultBranch: "trunk",
  settings: { ...repository().settings, reusableBy: known("organization") },
});
const DEPLOYS: Workflow = {
  path: ".github/workflows/deploy.yml",
  name: "deploy",
  enabled: true,
  unreadable: null,
  events: ["push"],
  jobs: [
    {
      id: "deploy",
      mintsToken: true,
      environment: "production",
      calls: null,
      runsOn: ["ubuntu-latest"],
      uses: [],
      secrets: [],
      roles: [ROLE],
      checksOutHead: false,
      injectable: [],
    },
  ],
};

const formerly = (names: readonly FormerName[], more: Partial<FormerNames> = {}): readonly FormerNames[] => [
  { owner: "acme", names, since: "2026-05-24", gap: null, ...more },
];

interface Case {
  readonly id: MistakeId;
  readonly name: string;
  readonly condition: Condition;
  readonly repositories?: readonly RepositoryControls[];
  readonly facts?: Partial<MistakeFacts>;
}

function factsOf({ condition, repositories = [repository()], facts = {} }: Omit<Case, "id" | "name">): MistakeFacts {
  return {
    trust: trustOf(statement(condition)),
    provider: PROVIDER,
    roleArn: ROLE,
    owners: ["acme"],
    repositories: known(repositories),
    formerNames: formerly([]),
    unused: known(false),
    membersCreateRepositories: known(true),
    ...facts,
  };
}

const like = (sub: string | readonly string[]): Condition => ({ StringEquals: AUD, StringLike: { sub } });
const equal = (sub: string | readonly string[]): Condition => ({ StringEquals: { ...AUD, sub } });
const MAIN = equal("repo:acme/api:ref:refs/heads/main");
const PROD = equal("repo:acme/api:environment:production");
const CALLED = (ref: string, more: Readonly<Record<string, string>> = {}): Condition => ({
  StringEquals: { ...AUD, ...more },
  StringLike: { job_workflow_ref: `acme/shared/.github/workflows/run.yml@${ref}` },
});

/** The sentence is a part of what is told. */
const MADE: readonly (Case & { readonly what: string })[] = [
  { id: "O1", name: "the audience alone", condition: { StringEquals: AUD }, what: "anybody on GitHub" },
  { id: "O1", name: "a bare star", condition: like("*"), what: "anybody on GitHub" },
  { id: "O2", name: "any owner", condition: like("repo:*"), what: "repository of their own" },
  { id: "O2", name: "any owner's repository of a name", condition: like("repo:*/api:*"), what: "anybody" },
  {
    id: "O2",
    name: "any repository with an environment",
    condition: like("*:environment:production"),
    what: "anybody",
  },
  { id: "O3", name: "no slash behind the owner", condition: like("repo:acme*"), what: "registers an owner" },
  { id: "O3", name: "a star before the slash", condition: like("repo:acme*/api:*"), what: "registers an owner" },
  { id: "O4", name: "every repository", condition: like("repo:acme/*"), what: "any member" },
  {
    id: "O4",
    name: "every repository, by ids",
    condition: like("repo:acme@12/*"),
    repositories: [NEW_FORM()],
    what: "whoever can push",
  },
  { id: "O4", name: "repositories that begin alike", condition: like("repo:acme/api*"), what: "whoever can push" },
  {
    id: "O4",
    name: "the owner's id alone",
    condition: { StringEquals: { ...AUD, repository_owner_id: "12" } },
    what: "acme",
  },
  {
    id: "O5",
    name: "everything of one repository",
    condition: like("repo:acme/api:*"),
    what: "any branch of `acme/api`",
  },
  {
    id: "O5",
    name: "the repository's id alone",
    condition: { StringEquals: { ...AUD, repository_id: "34" }, StringLike: { sub: "repo:*" } },
    what: "any branch",
  },
  {
    id: "O5",
    name: "one wide subject among exact ones",
    condition: like(["repo:acme/shared:ref:refs/heads/trunk", "repo:acme/api:*"]),
    repositories: [repository(), SHARED],
    what: "any branch of `acme/api`",
  },
  {
    id: "O6",
    name: "branches by prefix",
    condition: like("repo:acme/api:ref:refs/heads/release/*"),
    what: "a branch like `release/*`",
  },
  { id: "O6", name: "tags by prefix", condition: like("repo:acme/api:ref:refs/tags/v*"), what: "a tag like `v*`" },
  { id: "O7", name: "pull requests", condition: equal("repo:acme/api:pull_request"), what: "open a pull request" },
  {
    id: "O7",
    name: "pull requests beside a branch",
    condition: equal(["repo:acme/api:pull_request", "repo:acme/api:ref:refs/heads/main"]),
    what: "open a pull request",
  },
  {
    id: "O8",
    name: "an environment that is not there",
    condition: PROD,
    repositories: [repository({ environments: known([]) })],
    what: "does not exist",
  },
  {
    id: "O8",
    name: "an environment without rules",
    condition: PROD,
    repositories: [ENVIRONMENT({ reviewers: [], refs: { kind: "any" } })],
    what: "has no rules",
  },
  { id: "O8", name: "any environment", condition: like("repo:acme/api:environment:*"), what: "any new name" },
  {
    id: "O9",
    name: "reviewers, and any branch",
    condition: PROD,
    repositories: [ENVIRONMENT({ refs: { kind: "any" } })],
    what: "takes any branch",
  },
  {
    id: "O9",
    name: "protected branches where none is",
    condition: PROD,
    repositories: [ENVIRONMENT({ refs: { kind: "protected" } })],
    what: "protects none",
  },
  {
    id: "O9",
    name: "one's own approval",
    condition: PROD,
    repositories: [ENVIRONMENT({ preventSelfReview: false })],
    what: "their own deployments",
  },
  {
    id: "O9",
    name: "administrators",
    condition: PROD,
    repositories: [ENVIRONMENT({ adminsBypass: known(true) })],
    what: "administrators may skip",
  },
  {
    id: "O10",
    name: "ForAllValues",
    condition: { StringEquals: AUD, "ForAllValues:StringLike": { environment: "production" } },
    what: "without that claim",
  },
  {
    id: "O10",
    name: "IfExists",
    condition: { StringEquals: AUD, StringLikeIfExists: { sub: "repo:acme/api:ref:refs/heads/main" } },
    what: "without that claim",
  },
  { id: "O10", name: "a star in StringEquals", condition: equal("repo:acme/api:*"), what: "for itself" },
  { id: "O10", name: "another case", condition: equal("repo:Acme/API:ref:refs/heads/main"), what: "another case" },
  {
    id: "O10",
    name: "no audience",
    condition: { StringEquals: { sub: "repo:acme/api:ref:refs/heads/main" } },
    what: "any audience",
  },
  {
    id: "O11",
    name: "a name that is free again",
    condition: equal("repo:acme/old-api:ref:refs/heads/main"),
    facts: { formerNames: formerly([{ name: "acme/old-api", repositoryId: 34 }]) },
    what: "free again",
  },
  {
    id: "O11",
    name: "a name of a deleted repository",
    condition: equal("repo:acme/gone:ref:refs/heads/main"),
    facts: { formerNames: formerly([{ name: "acme/gone", repositoryId: null }]) },
    what: "free again",
  },
  {
    id: "O11",
    name: "a name that another repository took",
    condition: MAIN,
    repositories: [repository({ name: "acme/old-api", repositoryId: 90 }), repository()],
    facts: { formerNames: formerly([{ name: "Acme/API", repositoryId: 90 }]) },
    what: "another repository had before",
  },
  {
    id: "O11",
    name: "a name of a repository that came from elsewhere",
    condition: equal("repo:elsewhere/api:ref:refs/heads/main"),
    facts: { formerNames: formerly([{ name: "elsewhere/api", repositoryId: 34 }]) },
    what: "free again",
  },
  {
    id: "O11",
    name: "names only, where ids are said",
    condition: MAIN,
    repositories: [NEW_FORM()],
    what: "nobody any more",
  },
  {
    id: "O12",
    name: "any id",
    condition: like("repo:acme@*/api@*:ref:refs/heads/main"),
    repositories: [NEW_FORM()],
    what: "takes over the names",
  },
  {
    id: "O13",
    name: "a template without the repository",
    condition: like("environment:production:*"),
    repositories: [repository({ subject: templateOf(["environment", "ref"]) })],
    what: "do not name the repository",
  },
  {
    id: "O13",
    name: "a template with the owner alone",
    condition: like("repository_owner:acme:ref:*"),
    repositories: [repository({ subject: templateOf(["repository_owner", "ref"]) })],
    what: "do not name the repository",
  },
  {
    id: "O13",
    name: "a template without the ref",
    condition: equal("repo:acme/api:repository_owner:acme"),
    repositories: [repository({ subject: templateOf(["repo", "repository_owner"]) })],
    what: "do not name the branch",
  },
  {
    id: "O14",
    name: "any branch of the called one",
    condition: CALLED("refs/heads/*", { repository: "acme/api" }),
    repositories: [repository(), SHARED],
    what: "no fixed version",
  },
  {
    id: "O14",
    name: "a tag that moves",
    condition: CALLED("refs/tags/v1", { repository: "acme/api" }),
    repositories: [repository(), SHARED],
    what: "no fixed version",
  },
  {
    id: "O14",
    name: "any caller",
    condition: CALLED("refs/heads/trunk"),
    repositories: [repository(), SHARED],
    what: "from any repository",
  },
  {
    id: "O15",
    name: "a repository that is not there",
    condition: equal("repo:acme/gone:ref:refs/heads/main"),
    what: "does not exist",
  },
  {
    id: "O15",
    name: "one of two repositories that is not there",
    condition: equal(["repo:acme/gone:ref:refs/heads/main", "repo:acme/api:ref:refs/heads/main"]),
    what: "does not exist",
  },
  { id: "O15", name: "a role nobody uses", condition: MAIN, facts: { unused: known(true) }, what: "not used" },
  {
    id: "O16",
    name: "forks with tokens",
    condition: equal("repo:acme/api:pull_request"),
    repositories: [WITH_SETTINGS({ forksGetWriteTokens: known(true) })],
    what: "can fork",
  },
  {
    id: "O17",
    name: "a further slash",
    condition: like("repo:acme/api:ref:refs/heads/release/*"),
    repositories: [repository({ protections: known([layer(["release/*"])]) })],
    what: "`release/x/x`",
  },
  {
    id: "O17",
    name: "a further slash in a tag",
    condition: like("repo:acme/api:ref:refs/tags/v*"),
    repositories: [repository({ protections: known([layer(["v*"], { target: "tag" })]) })],
    what: "no protection covers",
  },
  {
    id: "O17",
    name: "a slash in the middle",
    condition: like("repo:acme/api:ref:refs/heads/team/*/release-*"),
    repositories: [repository({ protections: known([layer(["team/*/release-?*"])]) })],
    what: "no protection covers",
  },
];

const NOT_MADE: readonly Case[] = [
  {
    id: "O1",
    name: "a repository's id and its branch",
    condition: { StringEquals: { ...AUD, repository_id: "34", ref: "refs/heads/main" } },
  },
  { id: "O1", name: "the enterprise's id", condition: { StringEquals: { ...AUD, enterprise_id: "7" } } },
  {
    id: "O2",
    name: "any subject of one repository's id",
    condition: { StringEquals: { ...AUD, repository_id: "34" }, StringLike: { sub: "repo:*" } },
  },
  {
    id: "O2",
    name: "subjects that only repositories of the owner have",
    condition: like("repository_owner:acme:ref:*"),
  },
  { id: "O2", name: "a star in StringEquals", condition: equal("repo:*") },
  { id: "O3", name: "a slash behind the owner", condition: like("repo:acme/*") },
  {
    id: "O3",
    name: "a loose subject beside an exact repository",
    condition: { StringEquals: { ...AUD, repository: "acme/api" }, StringLike: { sub: "repo:acme*" } },
  },
  { id: "O4", name: "one repository", condition: like("repo:acme/api:*") },
  {
    id: "O4",
    name: "every repository, and the id of one",
    condition: { StringEquals: { ...AUD, repository_id: "34" }, StringLike: { sub: "repo:acme/*" } },
  },
  {
    id: "O5",
    name: "one branch, by its own key",
    condition: { StringEquals: { ...AUD, ref: "refs/heads/main" }, StringLike: { sub: "repo:acme/api:*" } },
  },
  { id: "O5", name: "another repository", condition: like("repo:acme/web:*") },
  { id: "O6", name: "an exact branch", condition: MAIN },
  { id: "O6", name: "a star in StringEquals", condition: equal("repo:acme/api:ref:refs/heads/*") },
  { id: "O7", name: "an exact branch", condition: MAIN },
  {
    id: "O7",
    name: "pull requests, and a ref they never have",
    condition: { StringEquals: { ...AUD, sub: "repo:acme/api:pull_request", ref: "refs/heads/main" } },
  },
  { id: "O8", name: "an environment with rules", condition: PROD },
  {
    id: "O8",
    name: "no rules, and the branch asked besides",
    condition: { StringEquals: { ...AUD, sub: "repo:acme/api:environment:production", ref: "refs/heads/main" } },
    repositories: [ENVIRONMENT({ reviewers: [], refs: { kind: "any" } })],
  },
  { id: "O9", name: "an environment that stands", condition: PROD },
  {
    id: "O9",
    name: "protected branches where one is",
    condition: PROD,
    repositories: [
      repository({
        environments: known([{ ...PRODUCTION, refs: { kind: "protected" } }]),
        protections: known([layer(["main"], { source: "classic" })]),
      }),
    ],
  },
  { id: "O10", name: "plain conditions", condition: MAIN },
  { id: "O10", name: "a star in StringLike", condition: like("repo:acme/api:*") },
  {
    id: "O11",
    name: "a name that is still the repository's",
    condition: MAIN,
    facts: { formerNames: formerly([{ name: "acme/other", repositoryId: null }]) },
  },
  {
    id: "O11",
    name: "a name that its repository took back",
    condition: MAIN,
    facts: { formerNames: formerly([{ name: "acme/api", repositoryId: 34 }]) },
  },
  {
    id: "O11",
    name: "a former name, and the id",
    condition: { StringEquals: { ...AUD, sub: "repo:acme/old-api:ref:refs/heads/main", repository_id: "34" } },
    facts: { formerNames: formerly([{ name: "acme/old-api", repositoryId: 34 }]) },
  },
  { id: "O12", name: "both ids", condition: like("repo:acme@12/api@34:ref:refs/heads/*"), repositories: [NEW_FORM()] },
  { id: "O13", name: "the default template", condition: MAIN },
  {
    id: "O13",
    name: "a template with repository and context",
    condition: equal("repo:acme/api:ref:refs/heads/main"),
    repositories: [repository({ subject: templateOf(["repo", "context"]) })],
  },
  {
    id: "O13",
    name: "no ref in the subject, but asked by its own key",
    condition: { StringEquals: { ...AUD, sub: "repo:acme/api:repository_owner:acme", ref: "refs/heads/main" } },
    repositories: [repository({ subject: templateOf(["repo", "repository_owner"]) })],
  },
  {
    id: "O14",
    name: "one branch, one caller",
    condition: CALLED("refs/heads/trunk", { repository: "acme/api" }),
    repositories: [repository(), SHARED],
  },
  {
    id: "O14",
    name: "a tag nobody may move",
    condition: CALLED("refs/tags/v1", { repository: "acme/api" }),
    repositories: [repository(), { ...SHARED, protections: known([layer(["v*"], { target: "tag" })]) }],
  },
  {
    id: "O14",
    name: "a workflow no other repository may call",
    condition: CALLED("refs/heads/trunk"),
    repositories: [repository(), { ...SHARED, settings: { ...SHARED.settings, reusableBy: known("none") } }],
  },
  { id: "O15", name: "a repository that is there, in a role that is used", condition: MAIN },
  { id: "O16", name: "forks without tokens", condition: equal("repo:acme/api:pull_request") },
  {
    id: "O16",
    name: "forks with tokens, and no pull requests taken",
    condition: MAIN,
    repositories: [WITH_SETTINGS({ forksGetWriteTokens: known(true) })],
  },
  {
    id: "O16",
    name: "forks with tokens, of what nobody may fork",
    condition: equal("repo:acme/api:pull_request"),
    repositories: [{ ...WITH_SETTINGS({ forksGetWriteTokens: known(true) }), forking: known(false) }],
  },
  {
    id: "O16",
    name: "a public repository, whose forks get none",
    condition: equal("repo:acme/api:pull_request"),
    repositories: [{ ...WITH_SETTINGS({ forksGetWriteTokens: known(true) }), visibility: "public" }],
  },
  {
    id: "O17",
    name: "directories are protected too",
    condition: like("repo:acme/api:ref:refs/heads/release/*"),
    repositories: [repository({ protections: known([layer(["release/**/*"])]) })],
  },
  {
    id: "O17",
    name: "the deeper names are cut from the trust",
    condition: {
      StringEquals: AUD,
      StringLike: { sub: "repo:acme/api:ref:refs/heads/release/*" },
      StringNotLike: { ref: "refs/heads/release/*/*" },
    },
    repositories: [repository({ protections: known([layer(["release/*"])]) })],
  },
];

/** What was not read decides. */
const OPEN: readonly (Case & { readonly missing: string })[] = [
  {
    id: "O5",
    name: "the template was not read",
    condition: like("repo:acme/api:*"),
    repositories: [repository({ subject: unknown("not read") })],
    missing: "how subjects of `acme/api` are built",
  },
  {
    id: "O8",
    name: "environments were not read",
    condition: PROD,
    repositories: [repository({ environments: unknown("not read") })],
    missing: "environments of `acme/api`",
  },
  {
    id: "O9",
    name: "protections were not read",
    condition: PROD,
    repositories: [
      repository({
        environments: known([{ ...PRODUCTION, refs: { kind: "protected" } }]),
        protections: unknown("not read"),
      }),
    ],
    missing: "branch protection of `acme/api`",
  },
  {
    id: "O9",
    name: "nobody knows of administrators",
    condition: PROD,
    repositories: [ENVIRONMENT({ adminsBypass: unknown("not read") })],
    missing: "administrators",
  },
  {
    id: "O11",
    name: "former names were not read",
    condition: MAIN,
    facts: { formerNames: formerly([], { gap: "nobody may read the audit log" }) },
    missing: "nobody may read the audit log",
  },
  {
    id: "O11",
    name: "nobody has the name, and the log goes back no further",
    condition: equal("repo:acme/older:ref:refs/heads/main"),
    missing: "before 2026-05-24",
  },
  {
    id: "O11",
    name: "an organization that was not read",
    condition: equal("repo:elsewhere/api:ref:refs/heads/main"),
    missing: "`elsewhere`, which was not read",
  },
  {
    id: "O11",
    name: "the log does not say which repository had the name",
    condition: MAIN,
    facts: { formerNames: formerly([{ name: "acme/api", repositoryId: null }]) },
    missing: "which repository was called `acme/api`",
  },
  {
    id: "O11",
    name: "repositories were not read",
    condition: equal("repo:acme/old-api:ref:refs/heads/main"),
    facts: { repositories: unknown("not read"), formerNames: formerly([{ name: "acme/old-api", repositoryId: 34 }]) },
    missing: "repositories of the organization",
  },
  {
    id: "O13",
    name: "the template was not read",
    condition: MAIN,
    repositories: [repository({ subject: unknown("not read") })],
    missing: "how subjects of `acme/api` are built",
  },
  {
    id: "O14",
    name: "who may call was not read",
    condition: CALLED("refs/heads/trunk"),
    repositories: [repository(), { ...SHARED, settings: { ...SHARED.settings, reusableBy: unknown("not read") } }],
    missing: "who may call",
  },
  {
    id: "O15",
    name: "the last use was not read",
    condition: MAIN,
    facts: { unused: unknown("not read") },
    missing: "last used",
  },
  {
    id: "O15",
    name: "repositories were not read",
    condition: MAIN,
    facts: { repositories: unknown("not read") },
    missing: "repositories of the organization",
  },
  {
    id: "O16",
    name: "the setting was not read",
    condition: equal("repo:acme/api:pull_request"),
    repositories: [WITH_SETTINGS({ forksGetWriteTokens: unknown("not read") })],
    missing: "forks",
  },
  {
    id: "O17",
    name: "protections were not read",
    condition: like("repo:acme/api:ref:refs/heads/release/*"),
    repositories: [repository({ protections: unknown("not read") })],
    missing: "protections of `acme/api`",
  },
];

const answersTo = (facts: MistakeFacts, id: MistakeId) => mistakesOf(facts).filter((mistake) => mistake.id === id);

describe("a mistake that is made is told, and its corrected trust makes it no more", () => {
  test.each(MADE)("$id: $name", ({ id, what, ...given }) => {
    const facts = factsOf(given);
    const [mistake] = answersTo(facts, id);
    if (mistake?.state !== "found") throw new Error(`not found: ${JSON.stringify(mistakesOf(facts))}`);
    expect(mistake.what).toContain(what);
    expect(mistake.statement).toBe(0);
    const corrected = parsePolicy(mistake.corrected ?? "");
    if (!corrected.known) throw new Error(corrected.why);
    expect(answersTo({ ...facts, trust: corrected.value }, id), mistake.corrected ?? "").toEqual([]);
  });
});

describe("what only looks like a mistake is not told", () => {
  test.each(NOT_MADE)("$id: $name", ({ id, ...given }) => {
    expect(answersTo(factsOf(given), id)).toEqual([]);
  });
});

describe("what was not read is named", () => {
  test.each(OPEN)("$id: $name", ({ id, missing, ...given }) => {
    const [mistake] = answersTo(factsOf(given), id);
    if (mistake?.state !== "undecided") throw new Error(JSON.stringify(mistake));
    expect(mistake.missing.join()).toContain(missing);
  });
});

test("a careful trust makes no mistake at all", () => {
  for (const condition of [MAIN, PROD]) expect(mistakesOf(factsOf({ condition }))).toEqual([]);
});

test("every class has a number of its own, a case where it is made and one where it is not", () => {
  const ids = MISTAKES.map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: 17 }, (_, at) => `O${at + 1}`));
  expect([...new Set(MADE.map(({ id }) => id))]).toEqual(ids);
  expect([...new Set(NOT_MADE.map(({ id }) => id))]).toEqual(ids);
});

test("the corrected trust names the environment from which a workflow uses the role", () => {
  const facts = factsOf({
    condition: { StringEquals: AUD },
    repositories: [repository({ workflows: known([DEPLOYS]) }), SHARED],
  });
  const [mistake] = answersTo(facts, "O1");
  expect(JSON.parse(mistake?.state === "found" ? (mistake.corrected ?? "") : "")).toEqual({
    Version: "2012-10-17",
    Statement: [statement({ StringEquals: { ...AUD, sub: "repo:acme/api:environment:production" } })],
  });
});

test("the corrected trust has the ids where the repository's tokens say them, and both forms where nobody knows", () => {
  const subjects = (one: RepositoryControls): unknown => {
    const [mistake] = answersTo(
      factsOf({ condition: like(["repo:acme/api:*", "repo:acme@12/api@34:*"]), repositories: [one] }),
      "O5",
    );
    const document: unknown = JSON.parse(mistake?.state === "found" ? (mistake.corrected ?? "") : "");
    return (document as { Statement: { Condition: Record<string, Record<string, unknown>> }[] }).Statement[0]
      ?.Condition["StringEquals"]?.[`${HOST}:sub`];
  };
  const [names, ids] = ["repo:acme/api:ref:refs/heads/main", "repo:acme@12/api@34:ref:refs/heads/main"];
  expect(subjects(NEW_FORM())).toBe(ids);
  expect(subjects(repository({ subject: templateOf(null, unknown("not read")) }))).toEqual([names, ids]);
});

test("nothing is pinned by a guess: with many repositories and no known use the trust is left to people", () => {
  const many = Array.from({ length: 9 }, (_, at) => repository({ name: `acme/service-${at}`, repositoryId: 100 + at }));
  const [mistake] = answersTo(factsOf({ condition: like("repo:acme/*"), repositories: many }), "O4");
  expect(mistake).toMatchObject({ state: "found", corrected: null });
});

test("other statements of the trust stay as they are", () => {
  const people = {
    Sid: "People",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: "sts:AssumeRole",
  };
  const facts = { ...factsOf({ condition: MAIN }), trust: trustOf(people, statement(like("repo:acme/api:*"))) };
  const [mistake] = answersTo(facts, "O5");
  if (mistake?.state !== "found") throw new Error("not found");
  expect(mistake.statement).toBe(1);
  expect(JSON.parse(mistake.corrected ?? "")).toMatchObject({ Statement: [people, {}] });
});

test("a star that lets nobody in does not come to life beside a correction", () => {
  const facts = factsOf({ condition: equal(["repo:acme/*", "repo:acme/api:pull_request"]) });
  const [mistake] = answersTo(facts, "O7");
  const corrected = parsePolicy(mistake?.state === "found" ? (mistake.corrected ?? "") : "");
  if (!corrected.known) throw new Error(corrected.why);
  expect(mistakesOf({ ...facts, trust: corrected.value })).toEqual([]);
});

test("names that were cut from the trust before stay cut", () => {
  const facts = factsOf({
    condition: {
      StringEquals: AUD,
      StringLike: { sub: "repo:acme/api:ref:refs/heads/release/*" },
      StringNotLike: { ref: "refs/heads/release/old*" },
    },
    repositories: [repository({ protections: known([layer(["release/*"])]) })],
  });
  const [mistake] = answersTo(facts, "O17");
  expect(JSON.parse(mistake?.state === "found" ? (mistake.corrected ?? "") : "")).toMatchObject({
    Statement: [
      { Condition: { StringNotLike: { [`${HOST}:ref`]: ["refs/heads/release/old*", "refs/heads/release/*/*"] } } },
    ],
  });
});

/** Those two repair conditions that let nobody in; the others only take away. */
const NARROWED = MADE.filter(({ id }) => id !== "O10" && id !== "O11");

test.each(NARROWED)("the corrected trust is wider in nothing: $id: $name", ({ id, name: _, what: __, ...given }) => {
  const facts = factsOf(given);
  const found = (trust: MistakeFacts["trust"]): readonly number[] =>
    mistakesOf({ ...facts, trust }).flatMap((one) => (one.state === "found" ? [Number(one.id.slice(1))] : []));
  const [mistake] = answersTo(facts, id);
  const corrected = parsePolicy(mistake?.state === "found" ? (mistake.corrected ?? "") : "");
  if (!corrected.known) throw new Error(corrected.why);
  // The classes stand in order of how much they let in.
  expect(Math.min(99, ...found(corrected.value))).toBeGreaterThanOrEqual(Math.min(...found(facts.trust)));
});

test("a name that another repository took is corrected to the repository that had it first", () => {
  const facts = factsOf({
    condition: MAIN,
    repositories: [repository({ name: "acme/old-api", repositoryId: 90 }), repository()],
    facts: {
      formerNames: formerly([
        { name: "acme/api", repositoryId: 90 },
        { name: "acme/api", repositoryId: 34 },
      ]),
    },
  });
  const [mistake] = answersTo(facts, "O11");
  expect(JSON.parse(mistake?.state === "found" ? (mistake.corrected ?? "") : "")).toMatchObject({
    Statement: [statement(equal("repo:acme/old-api:ref:refs/heads/main"))],
  });
});
