import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DenialAnswer } from "../../src/app/why-denied-answer.ts";
import type { WhyDenied } from "../../src/app/why-denied.ts";
import { whyDeniedForm } from "../../src/model/forms/why-denied.ts";
import { HandClock } from "../app/fake-provider.ts";
import { runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const TENANT = "111122223333";
const arn = (path: string): string => `arn:aws:iam::${TENANT}:${path}`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown = "*") => ({ Effect: "Allow", Action, Resource });
const LEDGER = "arn:aws:s3:::sample-ledger/2026.csv";
let recording: string;
let folder: string;

const user = (name: string, policy: object, more: object = {}) => ({
  UserName: name,
  Arn: arn(`user/${name}`),
  UserId: `AIDA${name.toUpperCase().replace(/\W/g, "")}`.padEnd(21, "0"),
  Path: "/",
  GroupList: [],
  AttachedManagedPolicies: [],
  UserPolicyList: [{ PolicyName: "own", PolicyDocument: policy }],
  ...more,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  recording = join(folder, "recording");
  const tenant = join(recording, "aws", TENANT);
  await mkdir(tenant, { recursive: true });
  const limit = arn("policy/limit");
  await writeFile(
    join(tenant, "account-authorization-details.json"),
    JSON.stringify({
      UserDetailList: [
        user("ana.sample", document(allow("sqs:*"), allow("sts:AssumeRole", arn("role/ledger-reader")))),
        user(
          "ben.sample",
          document(allow("s3:*"), { Effect: "Deny", Action: "s3:Get*", Resource: "*", Sid: "NoReading" }),
          {
            PermissionsBoundary: { PermissionsBoundaryArn: limit },
          },
        ),
        user("cleo.sample", document(allow("*"))),
      ],
      GroupDetailList: [],
      RoleDetailList: [
        {
          RoleName: "ledger-reader",
          Arn: arn("role/ledger-reader"),
          RoleId: "AROALEDGERREADER00001",
          Path: "/",
          AssumeRolePolicyDocument: document({
            Effect: "Allow",
            Principal: { AWS: arn("root") },
            Action: "sts:AssumeRole",
          }),
          RolePolicyList: [
            { PolicyName: "read", PolicyDocument: document(allow("s3:GetObject", "arn:aws:s3:::sample-ledger/*")) },
          ],
          AttachedManagedPolicies: [],
          InstanceProfileList: [],
        },
      ],
      Policies: [
        {
          PolicyName: "limit",
          Arn: limit,
          PolicyId: "ANPALIMIT000000000001",
          DefaultVersionId: "v1",
          PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: document(allow("sqs:*")) }],
        },
      ],
      IsTruncated: false,
    }),
  );
  await writeFile(
    join(tenant, "resource-policies.json"),
    JSON.stringify([{ arn: "arn:aws:s3:::sample-ledger", policy: null }]),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(
  text: string,
  ...more: string[]
): Promise<{ code: number; err: string; answers: readonly DenialAnswer[] }> {
  const file = join(folder, "refusal.txt");
  await writeFile(file, text);
  const { code, out, err } = await runCli(
    ["why-denied", file, "--json", ...(more.length > 0 ? more : ["--from", recording])],
    world,
  );
  return { code, err, answers: (whyDeniedForm.parse(JSON.parse(out)) as unknown as WhyDenied).answers };
}

const refused = (name: string, tail: string, action = "s3:GetObject", resource = LEDGER): string =>
  `An error occurred (AccessDenied) when calling the GetObject operation: User: ${arn(`user/${name}`)} is not authorized to perform: ${action} on resource: "${resource}"${tail}`;

describe("why AWS refused", () => {
  test("what AWS says is taken, and the statement that is missing is written down for just this resource", async () => {
    const { answers, code } = await ask(
      refused("ana.sample", " because no identity-based policy allows the s3:GetObject action"),
    );
    expect(code).toBe(0);
    expect(answers[0]).toMatchObject({
      verdict: "denied",
      asked: { principal: arn("user/ana.sample"), action: "s3:GetObject", resource: LEDGER, source: "message" },
      deniedBy: { layer: "identity", explicit: false, certainty: "stated" },
      next: [],
      smallestFix: {
        kind: "add-allow",
        statement: { Effect: "Allow", Action: "s3:GetObject", Resource: LEDGER },
        warning: null,
      },
    });
  });

  test("a role that may do it already and that may be assumed is offered first", async () => {
    const { answers } = await ask(
      refused("ana.sample", " because no identity-based policy allows the s3:GetObject action"),
    );
    expect(answers[0]?.alternatives).toEqual([
      expect.objectContaining({ principal: arn("role/ledger-reader"), canAssume: "yes" }),
    ]);
  });

  test("the next refusal is named: behind the deny the boundary does not allow it either", async () => {
    const { answers } = await ask(refused("ben.sample", " with an explicit deny in an identity-based policy"));
    expect(answers[0]).toMatchObject({
      deniedBy: {
        layer: "identity",
        explicit: true,
        certainty: "stated",
        statements: [{ layer: "identity", statement: "NoReading" }],
      },
      next: [{ layer: "boundary", explicit: false }],
      smallestFix: { kind: "change-deny" },
    });
  });

  test("where AWS says nothing, the layer is computed and said to be", async () => {
    const { answers } = await ask(refused("ana.sample", ""));
    expect(answers[0]?.deniedBy).toMatchObject({ layer: "identity", explicit: false, certainty: "computed" });
    expect(answers[0]?.notes).toContain("AWS does not say which policy refused");
  });

  test("what would be allowed by what was collected is told as that, not explained away", async () => {
    const { answers } = await ask(refused("cleo.sample", " because no session policy allows the s3:GetObject action"));
    expect(answers[0]?.deniedBy).toMatchObject({ layer: "session", certainty: "stated" });
    expect(answers[0]?.notes.join("; ")).toContain("with the policies that were collected it would be allowed");
  });

  test("a bucket of another tenant is judged as that tenant's, though its ARN does not say so", async () => {
    const other = "222233334444";
    await mkdir(join(recording, "aws", other), { recursive: true });
    await writeFile(
      join(recording, "aws", other, "account-authorization-details.json"),
      JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], IsTruncated: false }),
    );
    await writeFile(
      join(recording, "aws", other, "resource-policies.json"),
      JSON.stringify([{ arn: "arn:aws:s3:::sample-partner", policy: null }]),
    );
    const { answers } = await ask(refused("cleo.sample", "", "s3:GetObject", "arn:aws:s3:::sample-partner/2026.csv"));
    expect(answers[0]?.deniedBy).toMatchObject({ layer: "resource", explicit: false, certainty: "computed" });
  });

  test("an action that changes access comes with a warning, not with a bare statement", async () => {
    const { answers } = await ask(refused("ana.sample", "", "iam:PutUserPolicy", arn("user/ben.sample")));
    expect(answers[0]?.smallestFix?.warning).toContain("changes access");
  });

  test("a principal nobody collected is said to be unknown, never guessed", async () => {
    const { answers } = await ask(refused("nobody.sample", ""));
    expect(answers[0]).toMatchObject({ deniedBy: null, layers: {}, alternatives: [] });
    expect(answers[0]?.notes.join("; ")).toContain("were not collected");
  });

  test.each<[name: string, text: string, expected: object]>([
    [
      "a rate limit",
      "ThrottlingException: Rate exceeded",
      { verdict: "not-access", notAccess: { what: "rate-limit" } },
    ],
    [
      "expired credentials",
      "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.",
      { verdict: "not-access", notAccess: { what: "expired-credentials" } },
    ],
    [
      "the network",
      'Could not connect to the endpoint URL: "https://s3.eu-central-1.amazonaws.com/"',
      { verdict: "not-access", notAccess: { what: "network" } },
    ],
  ])("%s is no matter of access", async (_name, text, expected) => {
    const { answers, code } = await ask(text, "--offline");
    expect(code).toBe(0);
    expect(answers[0]).toMatchObject(expected);
  });

  test("without a snapshot what AWS says is all that is told", async () => {
    const { answers } = await ask(
      refused(
        "ana.sample",
        " with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-sample/service_control_policy/p-sample01",
      ),
      "--offline",
    );
    expect(answers[0]).toMatchObject({
      deniedBy: {
        layer: "scp",
        explicit: true,
        certainty: "stated",
        policy: expect.stringContaining("p-sample01") as string,
      },
      layers: {},
      smallestFix: null,
    });
  });

  test("a log of several refusals gives one answer each, with its line", async () => {
    const { answers } = await ask(
      `starting\n${refused("ana.sample", "")}\nstill going\n${refused("ben.sample", "")}\n`,
    );
    expect(answers.map(({ line, asked }) => [line, asked?.principal])).toEqual([
      [2, arn("user/ana.sample")],
      [4, arn("user/ben.sample")],
    ]);
  });

  test("a text without a refusal is the user's mistake, said with what to give", async () => {
    const { code, answers } = await ask("hello there", "--offline");
    expect(code).toBe(2);
    expect(answers[0]?.verdict).toBe("unreadable");
    const missing = await runCli(["why-denied", join(folder, "missing.txt"), "--offline"], world);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("does not exist")]);
  });

  test("people read the same in words", async () => {
    const file = join(folder, "words.txt");
    await writeFile(file, refused("ben.sample", " with an explicit deny in an identity-based policy"));
    const { out } = await runCli(["why-denied", file, "--from", recording], world);
    expect(out).toContain("denied by the identity policies: a statement denies it (stated)");
    expect(out).toContain("next       the permissions boundary does not allow it either");
  });
});
