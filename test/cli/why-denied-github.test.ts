import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DenialAnswer } from "../../src/app/why-denied-answer.ts";
import type { WhyDenied } from "../../src/app/why-denied.ts";
import { whyDeniedForm } from "../../src/model/forms/why-denied.ts";
import { HandClock } from "../app/fake-provider.ts";
import { ACME, runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const SECRET = "ghp_sampleTokenThatMustNotBeKept";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(
  text: string,
  ...more: string[]
): Promise<{ code: number; out: string; answers: readonly DenialAnswer[] }> {
  const file = join(folder, "refusal.txt");
  await writeFile(file, text);
  const { code, out, err } = await runCli(
    ["why-denied", file, "--json", ...(more.length > 0 ? more : ["--from", ACME])],
    world,
  );
  expect(out + err).not.toContain("MustNotBeKept");
  return { code, out, answers: (whyDeniedForm.parse(JSON.parse(out)) as unknown as WhyDenied).answers };
}

const MISSING = `> GET /orgs/acme-sample/installations HTTP/2
> Host: api.github.com
> Authorization: Bearer ${SECRET}
>
< HTTP/2 403
< server: github.com
< x-accepted-github-permissions: organization_administration=read
< x-github-request-id: ABCD:1234:5678
<
{
  "message": "Resource not accessible by integration",
  "documentation_url": "https://docs.github.com/rest/orgs/orgs",
  "status": "403"
}
`;

const RULESET = `remote: error: GH013: Repository rule violations found for refs/heads/main.
remote: - Changes must be made through a pull request.
To https://robin:${SECRET}@github.com/acme-sample/web.git
 ! [remote rejected] main -> main (push declined due to repository rule violations)
`;

describe("why GitHub refused", () => {
  test("what refused, the steps in order, and the owners who can grant it", async () => {
    const { answers, code } = await ask(MISSING);
    expect(code).toBe(0);
    expect(answers).toMatchObject([
      {
        line: null,
        verdict: "denied",
        asked: null,
        deniedBy: null,
        github: {
          signal: "app-permission",
          kind: "denied",
          reason: "the app lacks `organization_administration:read`",
          steps: ["add it in the app's settings, then let an owner of the organization accept it"],
          needs: { permissions: [[{ name: "organization_administration", level: "read" }]], scopes: [] },
          status: 403,
          call: "GET /orgs/acme-sample/installations",
          organization: "acme-sample",
          requestId: "ABCD:1234:5678",
        },
      },
    ]);
    const asked = answers[0]?.github?.ask ?? [];
    expect(asked.length).toBe(5);
    expect(asked[0]).toMatchObject({ principal: "acme-ada-example", as: "owner of acme-sample" });
    expect(answers[0]?.notes.join("; ")).toContain("1 other can change it as well");
  });

  test("who administers the repository is named before the owners", async () => {
    const { answers } = await ask(RULESET);
    expect(answers[0]?.github).toMatchObject({
      signal: "ruleset",
      repository: "acme-sample/web",
      ref: "refs/heads/main",
    });
    expect(answers[0]?.github?.ask.map(({ as }) => as).slice(0, 2)).toEqual([
      "administrator of acme-sample/web",
      "owner of acme-sample",
    ]);
    expect(answers[0]?.github?.ask[0]?.principal).toBe("acme-uma-garply");
  });

  test("an organization nobody collected leaves open whom to ask", async () => {
    const { answers } = await ask(MISSING.replaceAll("acme-sample", "acme-elsewhere"));
    expect(answers[0]?.github?.ask).toEqual([]);
    expect(answers[0]?.notes).toEqual(["whom to ask is not known: `acme-elsewhere` was not collected"]);
  });

  test("a repository nobody collected does not make up its administrators", async () => {
    const { answers } = await ask(RULESET.replaceAll("acme-sample/web", "acme-sample/unheard-of"));
    expect(answers[0]?.notes.join("; ")).toContain("`acme-sample/unheard-of` was not collected");
    expect(answers[0]?.github?.ask.map(({ as }) => as)).not.toContain("administrator of acme-sample/unheard-of");
  });

  test("a refusal that names no organization is taken for the only one collected, and says so", async () => {
    const { answers } = await ask("gh: You must be an organization owner to do this. (HTTP 403)");
    expect(answers[0]?.github?.ask[0]).toMatchObject({ as: "owner of acme-sample" });
    expect(answers[0]?.notes.join("; ")).toContain("names no organization: taken for `acme-sample`");
    expect(answers[0]?.github?.steps.join()).toContain("owner of the organization");
  });

  test("without a snapshot the refusal is explained all the same, and nobody is named", async () => {
    const { answers } = await ask(RULESET, "--offline");
    expect(answers[0]?.github).toMatchObject({ signal: "ruleset", ask: [] });
    expect(answers[0]?.github?.steps[0]).toBe("push to another branch and open a pull request");
    expect(answers[0]?.notes).toEqual([]);
  });

  test.each<[name: string, text: string, what: string, kind: string]>([
    ["a limit", "gh: API rate limit exceeded for user ID 1. (HTTP 403)", "rate-limit", "limit"],
    ["a wrong token", "gh: Bad credentials (HTTP 401)", "invalid-credentials", "sign-in"],
    ["an outage", "HttpError: Server Error\n  status: 503,\n  server: github.com", "service-error", "outage"],
  ])("%s is no matter of access", async (_name, text, what, kind) => {
    const { answers, code } = await ask(text, "--offline");
    expect(code).toBe(0);
    expect(answers).toMatchObject([{ verdict: "not-access", notAccess: { what }, github: { kind } }]);
  });

  test("a log of both systems gives an answer each, in the order of its lines", async () => {
    const aws =
      "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::222233334444:user/ana.sample is not authorized to perform: s3:GetObject";
    const { answers } = await ask(`begin\n${aws}\n${RULESET}`, "--offline");
    expect(answers.map(({ line, github, asked }) => [line, github?.signal ?? asked?.action])).toEqual([
      [2, "s3:GetObject"],
      [3, "ruleset"],
    ]);
  });

  test("a refusal by AWS in the log of a workflow stays AWS's", async () => {
    const { answers } = await ask(
      "Run aws-actions/configure-aws-credentials@v4\nError: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "--offline",
    );
    expect(answers).toMatchObject([
      { verdict: "denied", github: null, asked: { action: "sts:AssumeRoleWithWebIdentity" } },
    ]);
  });

  test("the refusal can be given on the command line, but not twice", async () => {
    const text = `remote: Permission to acme-sample/web.git denied to robin-sample. token ${SECRET}`;
    const { out, code } = await runCli(["why-denied", "--text", text, "--from", ACME], world);
    expect(code).toBe(0);
    expect(out).toContain("denied by GitHub: `robin-sample` may not write to `acme-sample/web`");
    expect(out).toContain("acme-sample/web, as robin-sample");
    expect(out).toContain("step 1     if that is not who should push, sign git in as somebody else");
    expect(out).toContain("ask        acme-uma-garply, administrator of acme-sample/web");
    expect(out).not.toContain("MustNotBeKept");
    const file = join(folder, "twice.txt");
    await writeFile(file, text);
    const twice = await runCli(["why-denied", file, "--text", text, "--offline"], world);
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining("given twice")]);
  });

  test("a text that holds neither says what to give for either", async () => {
    const { answers, code } = await ask("hello there", "--offline");
    expect(code).toBe(2);
    expect(answers[0]?.notes.join("; ")).toMatch(/AWS.*GitHub/);
  });
});
