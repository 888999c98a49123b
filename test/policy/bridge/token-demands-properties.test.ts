/**
 * The symbolic answer against brute force: on generated trust policies and templates, every token of a small world is let in by the
 * evaluator if and only if it meets one of the demands.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { known, unknown } from "../../../src/model/observed.ts";
import { claimsOf, subjectsOf, type TokenJob, type TokenRepository } from "../../../src/policy/bridge/token-job.ts";
import type { TokenDemand } from "../../../src/policy/bridge/token-demand.ts";
import { tokenDemands } from "../../../src/policy/bridge/token-demands.ts";
import { witness } from "../../../src/policy/bridge/witness.ts";
import { satisfies } from "../../../src/policy/names/find-name.ts";
import type { NameDemand } from "../../../src/policy/names/name-pattern.ts";
import { API, decided, HOST, PROVIDER, statement, templateOf, trustOf, type Condition } from "./bridge-fixtures.ts";

const AUDIENCES = ["sts.amazonaws.com", "https://github.com/acme"];
const REFS = ["refs/heads/main", "refs/heads/release/1", "refs/tags/main", "refs/tags/v1", "refs/pull/7/merge"];
const ENVIRONMENTS = [null, "production", "stage", "eu:blue"];
const ACTORS = [
  ["amy", "1"],
  ["ben", "22"],
] as const;
const WORKFLOWS = [
  ["deploy", ".github/workflows/deploy.yml"],
  ["a:b", ".github/workflows/x.yml"],
] as const;

const JOBS: readonly TokenJob[] = REFS.flatMap((ref) =>
  ENVIRONMENTS.flatMap((environment) =>
    ACTORS.flatMap(([actor, actorId]) =>
      WORKFLOWS.flatMap(([workflow, workflowPath]) =>
        [`acme/api/${workflowPath}@${ref}`, "acme/shared/.github/workflows/run.yml@refs/tags/v1"].flatMap(
          (jobWorkflow) =>
            (ref.startsWith("refs/pull/") ? ["pull_request"] : ["push", "workflow_dispatch"]).map((event) => ({
              ref,
              environment,
              event,
              headRef: event === "pull_request" ? "topic" : "",
              actor,
              actorId,
              workflow,
              workflowPath,
              jobWorkflow,
              others: {},
            })),
        ),
      ),
    ),
  ),
);

const VALUES: Readonly<Record<string, readonly string[]>> = {
  sub: [
    "repo:acme/api:*",
    "repo:acme/api:ref:refs/heads/main",
    "repo:acme/api:ref:refs/heads/release/*",
    "repo:acme/api:ref:refs/tags/v?",
    "repo:acme/api:environment:production",
    "repo:acme/api:environment:eu%3Ablue",
    "repo:acme/api:pull_request",
    "repo:acme@12/api@34:*",
    "repo:ACME/API:*",
    "repo:acme*",
    "*:environment:*",
    "*environment:production*",
    "*:workflow:deploy*",
    "*main*",
    "*:actor:amy*",
    "repo:${token.actions.githubusercontent.com:repository}:*",
    "event_name:push:*",
    "*run.yml@refs/tags/v1*",
    "*",
  ],
  aud: ["sts.amazonaws.com", "https://github.com/*", "*"],
  repository: ["acme/api", "acme/*", "other/api"],
  repository_id: ["34", "3*", "9"],
  repository_owner_id: ["12", "13"],
  repository_visibility: ["private"],
  enterprise_id: ["7", "8"],
  ref: ["refs/heads/main", "refs/heads/*", "refs/*/main", "refs/pull/*", "refs/pull/7/merge", "refs/tags/v1"],
  environment: ["production", "PRODUCTION", "*", "eu:*", "stag?"],
  workflow: ["deploy", "a*"],
  job_workflow_ref: ["acme/shared/*@refs/tags/v1", "acme/api/*", "*@refs/heads/main"],
  actor: ["amy", "Ben", "*"],
  actor_id: ["1", "2*"],
  event_name: ["push"],
};
const OPERATORS = [
  "StringEquals",
  "StringLike",
  "StringEqualsIgnoreCase",
  "StringNotEquals",
  "StringNotLike",
  "StringNotEqualsIgnoreCase",
  "StringLikeIfExists",
  "StringNotEqualsIfExists",
  "ForAnyValue:StringLike",
  "ForAnyValue:StringNotLike",
  "ForAllValues:StringEquals",
  "ForAllValues:StringNotLike",
  "ArnLike",
];
const TEMPLATES = [
  null,
  null,
  null,
  ["repo", "environment", "ref"],
  ["repository_owner", "actor"],
  ["repo", "context", "job_workflow_ref"],
  ["event_name", "repo", "ref_type", "ref"],
  ["repo", "workflow", "context"],
  ["environment", "workflow"],
  ["repository_id", "workflow_ref"],
];

const condition = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...OPERATORS), fc.constantFrom("sub", "sub", "sub", ...Object.keys(VALUES)))
      .chain(([operator, claim]) =>
        fc
          .uniqueArray(fc.constantFrom(...(VALUES[claim] ?? [])), { minLength: 1, maxLength: 2 })
          .map((values): Condition => ({ [operator]: { [claim.toUpperCase()]: values } })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(VALUES)), fc.constantFrom("true", "false"))
      .map(([claim, value]): Condition => ({ Null: { [claim]: value } })),
  },
);

/** Several conditions of one statement; the same operator keeps the keys of both. */
const conditions = fc.array(condition, { maxLength: 3 }).map((list) => {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const one of list)
    for (const [operator, keys] of Object.entries(one)) merged[operator] = { ...merged[operator], ...keys };
  return merged as Condition;
});

const trusts = fc
  .tuple(fc.array(conditions, { minLength: 1, maxLength: 2 }), fc.array(conditions, { maxLength: 2 }))
  .map(([allows, denies]) => [
    ...allows.map((one) => statement(one)),
    ...denies.map((one) => statement(one, { Effect: "Deny", Principal: "*" })),
  ]);

const repositories = fc
  .tuple(fc.constantFrom(...TEMPLATES), fc.boolean())
  .map(([claims, immutable]): TokenRepository => ({ ...API, subject: templateOf(claims, known(immutable)) }));

function tokenOf(repository: TokenRepository, job: TokenJob, aud: string): Readonly<Record<string, string>> {
  const subjects = subjectsOf(repository, job);
  const [sub, ...others] = subjects.known ? subjects.value : [];
  if (sub === undefined || others.length > 0) throw new Error("one subject was expected");
  return { ...claimsOf(repository, job), aud, sub };
}

const asked = (demand: NameDemand | null | undefined, text: string): boolean =>
  demand === null || demand === undefined || satisfies(demand, text);

/** Whether a job meets a demand, written without a look at how demands are made. */
function meets(job: TokenJob, demand: TokenDemand): boolean {
  const pull = job.event === "pull_request";
  const kind = job.ref.startsWith("refs/tags/") ? "tag" : "branch";
  const name = job.environment !== null ? "environment" : pull ? "pull-request" : kind;
  if (demand.job !== name || demand.refKind !== kind || (demand.pullRequest !== undefined) !== pull) return false;
  return (
    asked(demand.environment, job.environment ?? "") &&
    asked(demand.ref, pull ? job.headRef : job.ref.replace(/^refs\/(?:heads|tags)\//, "")) &&
    asked(demand.workflow, job.workflowPath) &&
    asked(demand.workflowName, job.workflow) &&
    asked(demand.jobWorkflow, job.jobWorkflow) &&
    asked(demand.actor, job.actor) &&
    asked(demand.actorIds, job.actorId) &&
    asked(demand.event, job.event) &&
    asked(demand.pullRequest, job.ref.split("/")[2] ?? "")
  );
}

test("a token is let in exactly if it meets one of the demands", () => {
  let [letIn, kept] = [0, 0];
  fc.assert(
    fc.property(trusts, repositories, (statements, repository) => {
      const trust = trustOf(...statements);
      const demands = tokenDemands(trust, PROVIDER, repository, AUDIENCES);
      for (const demand of demands) expect([...demand.needs, ...demand.missing]).toEqual([]);
      for (const job of JOBS) {
        const allowed = AUDIENCES.some((aud) => decided(trust, tokenOf(repository, job, aud)) === "allowed");
        const met = demands.some((demand) => meets(job, demand));
        if (allowed) letIn += 1;
        else kept += 1;
        if (allowed !== met)
          throw new Error(JSON.stringify({ allowed, job, demands, sub: tokenOf(repository, job, "").sub }));
      }
    }),
    { numRuns: 250, seed: 20260423 },
  );
  // Both answers have to be frequent, or little was tested.
  expect(Math.min(letIn, kept)).toBeGreaterThan(1000);
}, 120_000);

test("the witness of every demand is let in", () => {
  fc.assert(
    fc.property(trusts, repositories, (statements, repository) => {
      const trust = trustOf(...statements);
      for (const demand of tokenDemands(trust, PROVIDER, repository, AUDIENCES)) {
        const found = witness(demand, repository);
        expect(found, JSON.stringify(demand)).toBeDefined();
        for (const token of found?.tokens ?? []) expect(decided(trust, token), JSON.stringify(token)).toBe("allowed");
      }
    }),
    { numRuns: 250, seed: 20260715 },
  );
}, 120_000);

test("with a template or form nobody read, whatever is let in under any of them is among the demands", () => {
  fc.assert(
    fc.property(trusts, repositories, fc.boolean(), (statements, repository, templateRead) => {
      const trust = trustOf(...statements);
      const read = repository.subject.known ? repository.subject.value : undefined;
      const demands = tokenDemands(
        trust,
        PROVIDER,
        {
          ...repository,
          subject: templateRead ? templateOf(read?.claims ?? null, unknown("not read")) : unknown("not read"),
        },
        AUDIENCES,
      );
      for (const job of JOBS) {
        const allowed = AUDIENCES.some((aud) => decided(trust, tokenOf(repository, job, aud)) === "allowed");
        const met = demands.filter((demand) => meets(job, demand));
        if (allowed && met.length === 0) throw new Error(JSON.stringify({ job, demands }));
        // What is told as certain is so whatever was not read.
        if (!allowed && met.some(({ missing }) => missing.length === 0)) throw new Error(JSON.stringify({ job, met }));
      }
    }),
    { numRuns: 150, seed: 20260716 },
  );
}, 120_000);

test(`keys of the provider are those that begin with \`${HOST}:\``, () => {
  const trust = trustOf(statement({ StringEquals: { "gitlab.example:sub": "repo:acme/api:ref:refs/heads/main" } }));
  expect(tokenDemands(trust, PROVIDER, API)).toEqual([]);
});
