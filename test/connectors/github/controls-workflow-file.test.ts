import { describe, expect, test } from "vitest";
import { readWorkflow } from "../../../connectors/github/convert/workflow-file.ts";
import { redactText } from "../../../connectors/github/redact-text.ts";
import type { WorkflowJob } from "../../../src/model/workflow.ts";

const PATH = ".github/workflows/x.yml";
const read = (text: string) => readWorkflow(PATH, text);

/** The one job of a workflow, given as the lines of the workflow and of the job. */
function job(lines: string, workflow = "on: push"): WorkflowJob {
  const found = read(`${workflow}\njobs:\n  one:\n${lines.replace(/^/gm, "    ")}`);
  expect(found.unreadable).toBeNull();
  const [first] = found.jobs;
  if (first === undefined) throw new Error("no job");
  return first;
}

describe("a workflow file", () => {
  test.each([
    ["one event", "on: push", ["push"]],
    ["a list", "on: [push, pull_request_target]", ["push", "pull_request_target"]],
    ["a mapping", "on:\n  workflow_dispatch:\n  push: { branches: [main] }", ["workflow_dispatch", "push"]],
    ["`true` left behind by a tool that takes `on` for it", "true: [push]", ["push"]],
    ["quoted", '"on": schedule', ["schedule"]],
  ])("names its events: %s", (_name, on, events) => {
    expect(read(`${on}\njobs: {}`).events).toEqual(events);
  });

  test.each([
    ["nothing said", "on: push", "runs-on: x", false],
    ["the workflow says so", "on: push\npermissions: { id-token: write }", "runs-on: x", true],
    ["write-all", "on: push\npermissions: write-all", "runs-on: x", true],
    ["read-all", "on: push\npermissions: read-all", "runs-on: x", false],
    ["only read", "on: push\npermissions: { id-token: read }", "runs-on: x", false],
    ["the job says so", "on: push", "permissions: { id-token: write }", true],
    ["the job takes it away", "on: push\npermissions: write-all", "permissions: { contents: read }", false],
    ["the job takes everything away", "on: push\npermissions: write-all", "permissions: {}", false],
    ["empty permissions of the job", "on: push\npermissions: write-all", "permissions:", false],
    ["an expression", "on: push", 'permissions: { id-token: "${{ inputs.level }}" }', true],
    ["an anchor", "on: push\nx: &p { id-token: write }", "permissions: *p", true],
  ])("may ask for a token: %s", (_name, workflow, lines, mints) => {
    expect(job(lines, workflow).mintsToken).toBe(mints);
  });

  test.each([
    ["a name", "environment: production", "production"],
    ["with an address", "environment: { name: production, url: https://x.example }", "production"],
    ["an expression as written", "environment: ${{ inputs.target }}", "${{ inputs.target }}"],
    ["none", "runs-on: x", null],
  ])("deploys to an environment: %s", (_name, lines, environment) => {
    expect(job(lines).environment).toBe(environment);
  });

  test.each([
    ["a label", "runs-on: ubuntu-latest", ["ubuntu-latest"]],
    ["labels", "runs-on: [self-hosted, linux]", ["self-hosted", "linux"]],
    ["a group", "runs-on: { group: big, labels: [self-hosted] }", ["self-hosted", "group:big"]],
    [
      "a matrix",
      "runs-on: ${{ matrix.os }}\nstrategy: { matrix: { os: [ubuntu-latest], include: [{ os: windows-latest }] } }",
      ["ubuntu-latest", "windows-latest"],
    ],
    [
      "a matrix of lists",
      "runs-on: ${{ matrix.on }}\nstrategy: { matrix: { on: [[self-hosted, gpu], ubuntu-latest] } }",
      ["self-hosted", "gpu", "ubuntu-latest"],
    ],
    [
      "a matrix that a run makes",
      'runs-on: ${{ matrix.os }}\nstrategy: { matrix: "${{ fromJSON(x) }}" }',
      ["${{ matrix.os }}"],
    ],
  ])("runs on %s", (_name, lines, labels) => {
    expect(job(lines).runsOn).toEqual(labels);
  });

  test.each([
    ["of a step", 'steps: [{ run: "x ${{ secrets.A }}", env: { B: "${{ secrets[\'B-2\'] }}" } }]', ["A", "B-2"]],
    ["of an input", "steps: [{ uses: a/b@v1, with: { key: \"${{ format('{0}', secrets.C) }}\" } }]", ["C"]],
    ["of a condition", "if: secrets.D != ''\nsteps: []", ["D"]],
    ["all of them", 'steps: [{ run: x, env: { ALL: "${{ toJSON(secrets) }}" } }]', ["*"]],
    ["whichever", 'steps: [{ run: "${{ secrets[matrix.name] }}" }]', ["*"]],
    ["inherited by what it calls", "uses: o/r/.github/workflows/x.yml@v1\nsecrets: inherit", ["*"]],
    ["given to what it calls", 'uses: ./.github/workflows/x.yml\nsecrets: { token: "${{ secrets.E }}" }', ["E"]],
    ["not the job token, nor words", 'steps: [{ run: "echo secrets.F ${{ secrets.GITHUB_TOKEN }}" }]', []],
  ])("mentions secrets: %s", (_name, lines, secrets) => {
    expect(job(lines).secrets).toEqual(secrets);
  });

  test("secrets of the whole workflow are those of each job", () => {
    expect(job("steps: []", 'on: push\nenv: { K: "${{ secrets.K }}" }').secrets).toEqual(["K"]);
  });

  const ARN = "arn:aws:iam::111122223333:role/deploy";
  const assume = (role: string) =>
    `steps: [{ uses: aws-actions/configure-aws-credentials@v4, with: { role-to-assume: "${role}" } }]`;
  test.each([
    ["as written", assume(ARN), [ARN]],
    ["from the environment", `env: { ROLE: "${ARN}" }\n${assume("${{ env.ROLE }}")}`, [ARN]],
    [
      "put together from a matrix",
      `strategy: { matrix: { in: [111122223333, 222233334444] } }\n${assume("arn:aws:iam::${{ matrix.in }}:role/x")}`,
      ["arn:aws:iam::111122223333:role/x", "arn:aws:iam::222233334444:role/x"],
    ],
    ["given to what it calls", `uses: o/r/.github/workflows/x.yml@v1\nwith: { role: "${ARN}" }`, [ARN]],
    ["by the environment variable of the SDKs", `steps: [{ run: x, env: { AWS_ROLE_ARN: "${ARN}" } }]`, [ARN]],
    ["not where only a run can tell", assume("${{ vars.ROLE }}"), []],
  ])("names roles: %s", (_name, lines, roles) => {
    expect(job(lines).roles).toEqual(roles);
  });

  test.each([
    ["on a trusted event", "on: pull_request_target", "ref: ${{ github.event.pull_request.head.sha }}", true],
    ["by the branch's name", "on: pull_request_target", "ref: ${{ github.head_ref }}", true],
    ["after another workflow", "on: workflow_run", "ref: ${{ github.event.workflow_run.head_sha }}", true],
    ["on an event without secrets", "on: pull_request", "ref: ${{ github.event.pull_request.head.sha }}", false],
    ["only the base", "on: pull_request_target", "fetch-depth: 0", false],
  ])("checks out a stranger's code %s", (_name, on, input, takes) => {
    expect(job(`steps:\n  - uses: actions/checkout@v4\n    with:\n      ${input}`, on).checksOutHead).toBe(takes);
  });

  test("a stranger's code that a script fetches is checked out too", () => {
    expect(job('steps: [{ run: "gh pr checkout 7" }]', "on: issue_comment").checksOutHead).toBe(true);
  });

  test.each([
    ["a title", "run: echo ${{ github.event.issue.title }}", ["github.event.issue.title"]],
    ["a branch", "run: git log ${{ github.head_ref }}", ["github.head_ref"]],
    [
      "in a script of JavaScript",
      "uses: actions/github-script@v7\n    with: { script: \"f('${{ github.event.comment.body }}')\" }",
      ["github.event.comment.body"],
    ],
    ["not by way of the environment", 'run: echo $T\n    env: { T: "${{ github.event.issue.title }}" }', []],
    ["not what only members decide", "run: echo ${{ github.ref_name }} ${{ github.event.number }}", []],
  ])("puts a stranger's words into a script: %s", (_name, step, found) => {
    expect(job(`steps:\n  - ${step}`).injectable).toEqual(found);
  });

  test("what it calls and uses is named, its own files are not", () => {
    expect(job("uses: ./.github/workflows/y.yml").calls).toBe("./.github/workflows/y.yml");
    expect(job("steps: [{ uses: a/b@v1 }, { uses: ./own }, { uses: a/b@v1 }, { uses: c/d/e@main }]").uses).toEqual([
      "a/b@v1",
      "c/d/e@main",
    ]);
  });

  test.each([
    ["a file cut short", "on: [push\njobs: {", /^the file is no YAML: line \d$/],
    ["a list", "- a", /holds no workflow/],
    ["nothing", "", /holds no workflow/],
    ["no jobs", "on: push", /has no jobs/],
    [
      "aliases without end",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]`,
      /repeats itself/,
    ],
  ])("%s is unreadable, without an excerpt", (_name, text, why) => {
    expect(read(text)).toMatchObject({ path: PATH, unreadable: expect.stringMatching(why), jobs: [] });
  });
});

describe("text that is recorded", () => {
  test.each([
    ["a classic token", `ghp_${"a1".repeat(18)}`],
    ["a fine-grained token", `github_pat_${"a1".repeat(20)}`],
    ["an access key", "AKIAIOSFODNN7EXAMPLE"],
    ["a token of Slack", ["xo", "xb-1234567890-sampleSample"].join("")],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----"],
    ["a private key cut short", "-----BEGIN PRIVATE KEY-----\nMIIabc"],
    ["a web token", `eyJhbGciOiJI.eyJzdWIiOiIx.${"s".repeat(20)}`],
  ])("loses %s", (_name, secret) => {
    const text = redactText(`env:\n  KEY: ${secret}\n`);
    expect(text).toMatch(/^env:\n {2}KEY: REDACTED\n?$/);
  });

  test.each([
    ["aws_secret_access_key = abcdefghijklmnopqrst0123456789", "aws_secret_access_key = REDACTED"],
    ['{ password: "correct-horse-battery", b: 1 }', '{ password: "REDACTED", b: 1 }'],
    ["{ token: abcdefghijklmnop0123 }", "{ token: REDACTED }"],
  ])("%s loses what is assigned", (text, kept) => {
    expect(redactText(text)).toBe(kept);
  });

  test.each([
    "permissions: { id-token: write }",
    "token: ${{ secrets.GITHUB_TOKEN }}",
    'password: "${{ secrets.PASSWORD_OF_REGISTRY }}"',
    "role-to-assume: arn:aws:iam::111122223333:role/deploy-production",
    "uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955",
  ])("keeps `%s`", (text) => {
    expect(redactText(text)).toBe(text);
  });
});
