import { describe, expect, test } from "vitest";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { SubjectTemplate } from "../../../src/model/subject-template.ts";
import { strangers } from "../../../src/policy/bridge/strangers.ts";
import type { TokenDemand } from "../../../src/policy/bridge/token-demand.ts";
import { tokenDemands } from "../../../src/policy/bridge/token-demands.ts";
import { subjectsOf, type TokenJob } from "../../../src/policy/bridge/token-job.ts";
import { API, PROVIDER, statement, templateOf, trustOf, type Condition } from "./bridge-fixtures.ts";

const JOB: TokenJob = {
  ref: "refs/heads/main",
  environment: null,
  event: "push",
  headRef: "",
  actor: "amy",
  actorId: "1",
  workflow: "deploy: all",
  workflowPath: ".github/workflows/deploy.yml",
  jobWorkflow: "acme/shared/.github/workflows/run.yml@refs/tags/v1",
  others: { runner_environment: "github-hosted" },
};
const PULL = { ref: "refs/pull/7/merge", event: "pull_request", headRef: "topic" };
const said = (prefix: string): Observed<SubjectTemplate> =>
  known({ claims: null, immutable: unknown("not read"), prefix: known(prefix) });

describe("GitHub gives a job this subject", () => {
  test.each<[string, Partial<TokenJob>, Observed<SubjectTemplate>, readonly string[]]>([
    ["a branch", {}, templateOf(), ["repo:acme/api:ref:refs/heads/main"]],
    ["a tag", { ref: "refs/tags/v1" }, templateOf(), ["repo:acme/api:ref:refs/tags/v1"]],
    ["a pull request", PULL, templateOf(), ["repo:acme/api:pull_request"]],
    [
      "an environment, whatever the branch",
      { environment: "production" },
      templateOf(),
      ["repo:acme/api:environment:production"],
    ],
    [
      "an environment, before the pull request",
      { ...PULL, environment: "stage" },
      templateOf(),
      ["repo:acme/api:environment:stage"],
    ],
    ["an environment with a colon", { environment: "eu:blue" }, templateOf(), ["repo:acme/api:environment:eu%3Ablue"]],
    ["ids beside the names", {}, templateOf(null, known(true)), ["repo:acme@12/api@34:ref:refs/heads/main"]],
    ["the prefix GitHub says", {}, said("repo:acme@12/api@34"), ["repo:acme@12/api@34:ref:refs/heads/main"]],
    [
      "either form where nobody knows",
      {},
      templateOf(null, unknown("not read")),
      ["repo:acme/api:ref:refs/heads/main", "repo:acme@12/api@34:ref:refs/heads/main"],
    ],
    [
      "claims in order",
      {},
      templateOf(["repository_owner", "actor", "event_name"]),
      ["repository_owner:acme:actor:amy:event_name:push"],
    ],
    [
      "repository and context among claims",
      {},
      templateOf(["ref_type", "repo", "context"]),
      ["ref_type:branch:repo:acme/api:ref:refs/heads/main"],
    ],
    [
      "a name of a workflow with a colon",
      {},
      templateOf(["repo", "workflow"]),
      ["repo:acme/api:workflow:deploy%3A all"],
    ],
    ["the workflow that is called", {}, templateOf(["job_workflow_ref"]), [`job_workflow_ref:${JOB.jobWorkflow}`]],
    [
      "claims beyond AWS's",
      {},
      templateOf(["repo", "runner_environment"]),
      ["repo:acme/api:runner_environment:github-hosted"],
    ],
  ])("%s", (_, job, subject, subjects) => {
    expect(subjectsOf({ ...API, subject }, { ...JOB, ...job })).toEqual(known(subjects));
  });

  test("none is told where the template or an id was not read", () => {
    expect(subjectsOf({ ...API, subject: unknown("not read") }, JOB).known).toBe(false);
    expect(subjectsOf({ ...API, ownerId: null, subject: templateOf(null, known(true)) }, JOB).known).toBe(false);
  });
});

/** A demand in short: kind, then what is asked. */
function inShort({ job, refKind, pullRequest, environment, ref, needs, missing, ...more }: TokenDemand): string {
  const asked = Object.entries({
    environment,
    ref,
    workflow: more.workflow,
    job: more.jobWorkflow,
    actor: more.actor,
    event: more.event,
  })
    .filter(([, demand]) => demand !== null && demand.all.length + demand.none.length > 0)
    .map(([name, demand]) => {
      const lists = demand?.all.map((list) => list.map(({ pattern }) => pattern).join("|")) ?? [];
      const none = demand?.none.map(({ pattern }) => `!${pattern}`) ?? [];
      return `${name}=${[...lists, ...none].join("&")}`;
    });
  const kind = job === "environment" ? `${job}/${pullRequest === undefined ? refKind : "pull"}` : job;
  return [kind, ...asked, ...needs.map((need) => `needs ${need}`), ...missing.map((one) => `missing ${one}`)].join(" ");
}

const EVERY = ["branch", "tag", "pull-request", "environment/branch", "environment/tag", "environment/pull"];

describe("a trust lets in these jobs of `acme/api`", () => {
  test.each<[string, Condition, Observed<SubjectTemplate>, readonly string[]]>([
    ["no condition", {}, templateOf(), EVERY],
    ["everything of the repository", { StringLike: { sub: "repo:acme/api:*" } }, templateOf(), EVERY],
    ["a star in StringEquals", { StringEquals: { sub: "repo:acme/api:*" } }, templateOf(), []],
    ["another repository", { StringLike: { sub: "repo:acme/web:*" } }, templateOf(), []],
    ["another case", { StringLike: { sub: "repo:Acme/api:*" } }, templateOf(), []],
    [
      "another case, ignored",
      { StringEqualsIgnoreCase: { sub: "repo:ACME/api:pull_request" } },
      templateOf(),
      ["pull-request"],
    ],
    ["one branch", { StringEquals: { sub: "repo:acme/api:ref:refs/heads/main" } }, templateOf(), ["branch ref=main"]],
    [
      "branches by pattern",
      { StringLike: { sub: "repo:acme/api:ref:refs/heads/release/*" } },
      templateOf(),
      ["branch ref=release/*"],
    ],
    [
      "branches and tags at once",
      { StringLike: { sub: "repo:acme/api:ref:refs/*/v1" } },
      templateOf(),
      ["branch ref=*/v1|v1", "tag ref=*/v1|v1"],
    ],
    [
      "one environment",
      { StringEquals: { sub: "repo:acme/api:environment:production" } },
      templateOf(),
      EVERY.slice(3).map((kind) => `${kind} environment=production`),
    ],
    [
      "one environment and one branch",
      { StringEquals: { sub: "repo:acme/api:environment:production", ref: "refs/heads/main" } },
      templateOf(),
      ["environment/branch environment=production ref=main"],
    ],
    [
      "all but an environment",
      { StringNotLike: { sub: "*:environment:*" } },
      templateOf(),
      ["branch", "tag", "pull-request"],
    ],
    ["no environment at all", { Null: { environment: "true" } }, templateOf(), ["branch", "tag", "pull-request"]],
    [
      "ForAllValues on what is not there",
      { "ForAllValues:StringEquals": { environment: "none" } },
      templateOf(),
      ["branch", "tag", "pull-request", ...EVERY.slice(3).map((kind) => `${kind} environment=none`)],
    ],
    ["a claim that AWS does not see", { StringEquals: { repository_visibility: "private" } }, templateOf(), []],
    ["the same, if it exists", { StringEqualsIfExists: { event_name: "push" } }, templateOf(), EVERY],
    [
      "an actor",
      { StringEquals: { actor: "amy", ref: "refs/heads/main" }, Null: { environment: "true" } },
      templateOf(),
      ["branch ref=main actor=amy"],
    ],
    [
      "a workflow",
      { StringLike: { job_workflow_ref: "acme/shared/*@refs/tags/v1", sub: "repo:acme/api:pull_request" } },
      templateOf(),
      ["pull-request job=acme/shared/*@refs/tags/v1"],
    ],
    [
      "a place",
      { StringEquals: { sub: "repo:acme/api:pull_request" }, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      templateOf(),
      ["pull-request needs `aws:SourceIp` meets `IpAddress` `203.0.113.0/24`"],
    ],
    ["another provider's claim", { StringEquals: { "gitlab.example:sub": "x" } }, templateOf(), []],
    ["names, where ids are said", { StringLike: { sub: "repo:acme/api:*" } }, templateOf(null, known(true)), []],
    [
      "ids",
      { StringEquals: { sub: "repo:acme@12/api@34:pull_request" } },
      templateOf(null, known(true)),
      ["pull-request"],
    ],
    [
      "names, where nobody knows",
      { StringLike: { sub: "repo:acme/api:pull_request" } },
      templateOf(null, unknown("")),
      ["pull-request missing whether subjects of `acme/api` have ids beside the names"],
    ],
    [
      "both forms, where nobody knows",
      { StringLike: { sub: ["repo:acme/api:pull_request", "repo:acme@12/api@34:pull_request"] } },
      templateOf(null, unknown("")),
      ["pull-request"],
    ],
    [
      "a template with the event",
      { StringEquals: { sub: "repo:acme/api:event_name:push" } },
      templateOf(["repo", "event_name"]),
      ["branch event=push", "tag event=push", "environment/branch event=push", "environment/tag event=push"],
    ],
    [
      "a template with what the job cannot choose",
      { StringEquals: { sub: "repo:acme/api:runner_environment:self-hosted" }, Null: { environment: "true" } },
      templateOf(["repo", "runner_environment"]),
      [
        "branch needs claim `runner_environment` is `self-hosted`",
        "tag needs claim `runner_environment` is `self-hosted`",
        "pull-request needs claim `runner_environment` is `self-hosted`",
      ],
    ],
    [
      "the repository by another claim, whatever the template",
      { StringEquals: { repository: "acme/api" } },
      unknown("not read"),
      EVERY,
    ],
  ])("%s", (_, condition, subject, jobs) => {
    expect(tokenDemands(trustOf(statement(condition)), PROVIDER, { ...API, subject }).map(inShort)).toEqual(jobs);
  });

  test("a denial narrows, and one with another condition needs it", () => {
    const allow = statement({ StringLike: { sub: "repo:acme/api:ref:*" } });
    const deny = (condition: Condition) => statement(condition, { Effect: "Deny", Principal: "*" });
    const of = (condition: Condition): readonly string[] =>
      tokenDemands(trustOf(allow, deny(condition)), PROVIDER, API).map(inShort);
    expect(of({ StringNotEquals: { ref: "refs/heads/main" } })).toEqual(["branch ref=main"]);
    expect(of({ StringLike: { ref: "refs/tags/*" } })).toEqual(["branch"]);
    expect(of({})).toEqual([]);
    expect(of({ StringLike: { ref: "refs/tags/*" }, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })).toEqual([
      "branch",
      "tag needs `aws:SourceIp` does not meet `IpAddress` `203.0.113.0/24`",
    ]);
  });

  test("only statements for this provider and this action count", () => {
    const condition = { StringLike: { sub: "repo:acme/api:*" } };
    const of = (more: Readonly<Record<string, unknown>>): number =>
      tokenDemands(trustOf(statement(condition, more)), PROVIDER, API).length;
    expect(of({ Action: "sts:*" })).toBeGreaterThan(0);
    expect(of({ Action: "sts:AssumeRole" })).toBe(0);
    expect(
      of({ Principal: { Federated: "arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com" } }),
    ).toBe(0);
    expect(of({ Principal: { AWS: "arn:aws:iam::111122223333:root" } })).toBe(0);
  });
});

describe("what a trust leaves open to repositories of others", () => {
  test.each<[string, Condition, string | undefined]>([
    ["no condition", {}, "anybody/anything"],
    ["the audience alone", { StringEquals: { aud: "sts.amazonaws.com" } }, "anybody/anything"],
    ["any owner's repository of a name", { StringLike: { sub: "repo:*/api:*" } }, "anybody/anything"],
    ["no slash behind the owner", { StringLike: { sub: "repo:acme*" } }, "acmex/anything"],
    ["one's own organization", { StringLike: { sub: "repo:acme/*" } }, undefined],
    ["one's own organization in another case", { StringEqualsIgnoreCase: { repository: "ACME/api" } }, undefined],
    ["one's own organization by id", { StringEquals: { repository_owner_id: "12" } }, undefined],
    ["the enterprise", { StringEquals: { enterprise_id: "7" }, StringLike: { sub: "*" } }, undefined],
    ["a claim that only one's own tokens have", { StringLike: { sub: "repository_owner:acme:*" } }, undefined],
    ["a claim that is anybody's", { StringLike: { sub: "*:environment:production" } }, "anybody/anything"],
  ])("%s", (_, condition, example) => {
    const open = strangers(trustOf(statement(condition)), PROVIDER, ["acme"]).filter(({ anybody }) => anybody);
    expect(open.map((one) => one.example)).toEqual(example === undefined ? [] : [example]);
  });

  test("a supplier that is named is no stranger", () => {
    const trust = trustOf(statement({ StringLike: { sub: "repo:supplier/agent:*" } }));
    expect(strangers(trust, PROVIDER, ["acme"])).toMatchObject([{ example: "supplier/agent", anybody: false }]);
  });

  test("a workflow that has to hold the job is told as a need", () => {
    const trust = trustOf(statement({ StringEquals: { job_workflow_ref: "acme/shared/x.yml@refs/heads/main" } }));
    const [open] = strangers(trust, PROVIDER, ["acme"]);
    expect(open?.needs.join()).toContain("acme/shared/x.yml@refs/heads/main");
  });
});
