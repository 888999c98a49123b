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

  test("the rulesets that hold for the branch are named, with what they ask and who may bypass them", async () => {
    const { answers } = await ask(RULESET);
    const { steps = [] } = answers[0]?.github ?? {};
    expect(steps.slice(1)).toEqual([
      "for `main` holds the ruleset `signed`: signed commits, status checks `test`; nobody may bypass it",
      "for `main` holds the organization's ruleset `main is reviewed`: nobody deletes it, no force pushes, a pull request with 1 approval and the review of code owners; nobody may bypass it",
    ]);
    const tag = await ask(
      RULESET.replace("refs/heads/main", "refs/tags/v1").replace(
        "Changes must be made through a pull request.",
        "Cannot create ref due to creations being restricted.",
      ),
    );
    expect(tag.answers[0]?.github?.steps.at(-1)).toMatch(
      /`tags are made by administrators`.*bypassed by the role `admin`$/,
    );
    expect((await ask(RULESET, "--offline")).answers[0]?.github?.steps.at(-1)).toContain("settings show which ruleset");
  });

  test.each([
    [
      "whom GitHub names",
      "Waiting on code owner review from acme-sample/platform.",
      ["platform: team, code owner of `*` in acme-sample/infrastructure"],
    ],
    [
      "all of the file, where it names nobody",
      "At least 2 approving reviews are required by reviewers with write access.",
      [
        "platform: team, code owner of `*` in acme-sample/infrastructure",
        "platform-leads: team, code owner of `/.github/` in acme-sample/infrastructure",
      ],
    ],
    [
      "administrators, where no review is missing",
      "Cannot force-push to this branch.",
      ["acme-rex-awaiter: administrator of acme-sample/infrastructure"],
    ],
  ])("at a protected branch code owners are asked: %s", async (_name, words, expected) => {
    const { answers } = await ask(
      `remote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: error: ${words}\nTo https://github.com/acme-sample/infrastructure.git\n ! [remote rejected] main -> main (protected branch hook declined)\n`,
    );
    expect(answers[0]?.github?.ask.map(({ principal, as }) => `${principal}: ${as}`)).toEqual(expected);
    expect(answers[0]?.github?.steps.at(-1)).toContain("classic rule `main`: ");
  });

  test("a branch nothing that was collected holds for says so", async () => {
    const { answers } = await ask(
      RULESET.replace("heads/main", "heads/topic").replaceAll("acme-sample/web", "acme-sample/on-call"),
    );
    expect(answers[0]?.notes.join("; ")).toContain("none that was collected holds for `topic`");
    expect(answers[0]?.github?.steps.at(-1)).toContain("settings show which ruleset");
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

  describe("a token AWS does not take", () => {
    const TRUST = "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    const ARN = "arn:aws:iam::222233334444:role/";

    test("with the role: what its trust asks, which jobs it lets in and whose it is", async () => {
      const { answers } = await ask(`  role-to-assume: ${ARN}github-infrastructure\n${TRUST}\n${TRUST}`);
      expect(answers).toMatchObject([
        {
          line: null,
          verdict: "denied",
          asked: { resource: `${ARN}github-infrastructure` },
          deniedBy: { layer: "trust", certainty: "inferred" },
          token: {
            signal: "trust",
            asks: ["`aud` StringEquals `sts.amazonaws.com` and `sub` StringLike `repo:acme-sample/infrastructure:*`"],
          },
        },
      ]);
      expect(answers[0]?.token?.letsIn).toContainEqual({
        place: "any pull request",
        repository: "acme-sample/infrastructure",
        subject: "repo:acme-sample/infrastructure:pull_request",
      });
      expect(answers[0]?.token?.steps.at(-1)).toContain("`leastwise explain github-infrastructure`");
      expect(answers[0]?.notes).toEqual(["`github-infrastructure` belongs to Kai Lorem"]);
    });

    test.each([
      ["a role that is not there", `role-to-assume: ${ARN}nobody`, /there is no role/],
      [
        "a tenant that was not collected",
        "role-to-assume: arn:aws:iam::444455556666:role/x",
        /`\S+x` was not collected/,
      ],
      ["a role that trusts somebody else", `role-to-assume: ${ARN}vendor-monitoring`, /trusts no provider of GitHub/],
      ["no role", "", /names no role.*roles that trust tokens of GitHub: `github-/],
    ])("%s", async (_name, before, says) => {
      const { answers } = await ask(`${before}\n${TRUST}`);
      expect(answers[0]?.notes.join("; ")).toMatch(says);
      expect(answers[0]?.token?.letsIn).toEqual([]);
    });

    test("in words", async () => {
      const text = `role-to-assume: ${ARN}github-infrastructure\n${TRUST}`;
      const { out, code } = await runCli(["why-denied", "--text", text, "--from", ACME], world);
      expect(code).toBe(0);
      expect(out).toContain("AWS did not take the job's token: the role's trust policy does not let this token");
      expect(out).toContain("  lets in    any branch of acme-sample/infrastructure, such as `repo:");
      expect(out).toContain("  step 1     compare the `sub`");
    });

    test("beside another refusal by AWS in the same log it is one of two", async () => {
      const other =
        "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::222233334444:user/ana.sample is not authorized to perform: s3:GetObject";
      const { answers } = await ask(`${TRUST}\n${other}`, "--offline");
      expect(answers.map(({ line, token, asked }) => [line, token?.signal ?? asked?.action])).toEqual([
        [1, "trust"],
        [2, "s3:GetObject"],
      ]);
    });
  });

  test("a role only jobs can take is not told as one to ask for", async () => {
    const { answers } = await ask(
      "User: arn:aws:iam::222233334444:user/cal.iterato is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::acme-ledger/2026.csv",
    );
    const names = answers[0]?.alternatives.map(({ principal }) => principal) ?? [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name.includes("github-"))).toEqual([]);
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
