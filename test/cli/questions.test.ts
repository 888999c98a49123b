import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { adminsForm, canForm, pathsForm, whoCanForm } from "../../src/model/forms/questions.ts";
import { HandClock } from "../app/fake-provider.ts";
import {
  allow,
  arn,
  deny,
  document,
  OTHER,
  service,
  TENANT,
  trusting,
  writeRecording,
  type SmallTenant,
} from "../graph/escalation/small-world.ts";
import { runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const BUCKET = "arn:aws:s3:::sample-ledger";
const OBJECT = `${BUCKET}/2026.csv`;
const KEY = `arn:aws:kms:eu-central-1:${TENANT}:key/1234`;
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function recorded(tenants: Readonly<Record<string, SmallTenant>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  folders.push(folder);
  await writeRecording(folder, tenants);
  return folder;
}

/** Runs a question over one tenant. */
async function ask(tenant: SmallTenant, ...args: string[]): Promise<CliRun> {
  return runCli([...args, "--from", await recorded({ [TENANT]: tenant })], world);
}

async function can(tenant: SmallTenant, ...args: string[]) {
  const run = await ask(tenant, "can", ...args, "--json");
  expect(run.err.replace(/^warning.*\n/gm, "")).toBe("");
  return canForm.parse(JSON.parse(run.out));
}

const NONE = { [BUCKET]: null };
const ana = (...may: object[]): SmallTenant => ({
  users: { ana: { may } },
  resourcePolicies: NONE,
  scps: [],
  accessBlocks: { account: null },
});

describe("can", () => {
  test.each<[name: string, tenant: SmallTenant, args: string[], expected: object]>([
    [
      "yes, and by which statement",
      ana(allow("s3:GetObject", `${BUCKET}/*`)),
      ["ana", "s3:GetObject", OBJECT],
      { answer: "yes", decision: "allowed", decidedBy: "identity", assumes: [], unknown: [], conditions: [] },
    ],
    [
      "no, and by which layer",
      ana(allow("sqs:*")),
      ["ana", "s3:GetObject", OBJECT],
      { answer: "no", decision: "implicitly-denied", decidedBy: "identity" },
    ],
    [
      "no by a deny",
      ana(allow("s3:*"), deny("s3:Get*")),
      ["ana", "s3:GetObject", OBJECT],
      { answer: "no", decision: "explicitly-denied", decidedBy: "identity" },
    ],
    [
      "conditional, naming the key",
      ana(allow("s3:GetObject", "*", MFA)),
      ["ana", "s3:GetObject", OBJECT],
      {
        answer: "conditional",
        conditions: [{ key: "aws:MultiFactorAuthPresent", operator: "Bool", values: ["true"] }],
      },
    ],
    [
      "yes where the key is given",
      ana(allow("s3:GetObject", "*", MFA)),
      ["ana", "s3:GetObject", OBJECT, "--context", "aws:MultiFactorAuthPresent=true"],
      { answer: "yes" },
    ],
    [
      "no where what is not given is absent",
      ana(allow("s3:GetObject", "*", MFA)),
      ["ana", "s3:GetObject", OBJECT, "--complete-context"],
      { answer: "no" },
    ],
    [
      "an action in any case, on some resource",
      ana(allow("s3:Get*", `${BUCKET}/*`)),
      ["ana", "S3:getobject"],
      { answer: "yes", action: "s3:GetObject", resource: "*" },
    ],
    [
      "no where the organization denies it",
      { ...ana(allow("s3:*")), scps: [document(deny("s3:*"))] },
      ["ana", "s3:GetObject", OBJECT],
      { answer: "no", decidedBy: "scp" },
    ],
    [
      "no where the boundary does not allow it",
      {
        users: { ana: { may: [allow("s3:*")], boundary: "limit" } },
        policies: { limit: document(allow("sqs:*")) },
        resourcePolicies: NONE,
        scps: [],
      },
      ["ana", "s3:GetObject", OBJECT],
      { answer: "no", decidedBy: "boundary" },
    ],
    [
      "unknown where the boundary's document is missing",
      {
        users: { ana: { may: [allow("s3:*")], boundary: "limit" } },
        withoutDocument: ["limit"],
        resourcePolicies: NONE,
        scps: [],
      },
      ["ana", "s3:GetObject", OBJECT],
      { answer: "unknown", layers: { boundary: "unknown" } },
    ],
    [
      "yes by the bucket's own policy alone",
      {
        ...ana(),
        resourcePolicies: {
          [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: { AWS: arn("user/ana") } }),
        },
      },
      ["ana", "s3:GetObject", OBJECT],
      { answer: "yes", decidedBy: "resource" },
    ],
    [
      "no by the bucket's own policy",
      {
        ...ana(allow("s3:*")),
        resourcePolicies: { [BUCKET]: document({ ...deny("s3:*", `${BUCKET}/*`), Principal: "*" }) },
      },
      ["ana", "s3:GetObject", OBJECT],
      { answer: "no", decidedBy: "resource" },
    ],
    [
      "a key needs its own policy",
      {
        ...ana(allow("kms:Decrypt")),
        resourcePolicies: { [KEY]: document({ ...allow("kms:*"), Principal: { AWS: arn("user/ben") } }) },
      },
      ["ana", "kms:Decrypt", KEY],
      { answer: "no", decidedBy: "resource" },
    ],
  ])("%s", async (_name, tenant, args, expected) => {
    expect(await can(tenant, ...args)).toMatchObject({
      schema: "leastwise/can@1",
      principal: arn("user/ana"),
      ...expected,
    });
  });

  test("what was not given and can only take away is left out and named", async () => {
    const answer = await can(
      { users: { ana: { may: [allow("s3:*")] } }, resourcePolicies: NONE },
      "ana",
      "s3:GetObject",
      OBJECT,
    );
    expect(answer).toMatchObject({ answer: "yes", assumes: ["scp", "rcp", "public-access-block"] });
  });

  test("a resource policy that was not given could allow it: unknown, not no; an Allow stands and names it", async () => {
    const tenant = (...may: object[]): SmallTenant => ({
      users: { ana: { may } },
      scps: [],
      accessBlocks: { account: null },
    });
    expect(await can(tenant(allow("sqs:*")), "ana", "s3:GetObject", OBJECT)).toMatchObject({
      answer: "unknown",
      unknown: [`the policy of \`${BUCKET}\` was not given`],
      assumes: ["resource"],
    });
    expect(await can(tenant(allow("s3:*")), "ana", "s3:GetObject", OBJECT)).toMatchObject({
      answer: "yes",
      assumes: ["resource"],
    });
    expect(await can(tenant(allow("s3:*"), deny("s3:*")), "ana", "s3:GetObject", OBJECT)).toMatchObject({
      answer: "no",
      unknown: [],
    });
    // Nothing hangs on a user, so nothing is open.
    expect(await can(tenant(allow("sqs:*")), "ana", "iam:CreateAccessKey", arn("user/ben"))).toMatchObject({
      answer: "no",
      assumes: [],
    });
  });

  test("a role's trust is its resource policy", async () => {
    const roles = { open: { trust: trusting({ AWS: arn("root") }) }, closed: { trust: service("ec2") } };
    const tenant: SmallTenant = { users: { ana: { may: [allow("sts:AssumeRole")] } }, roles, scps: [] };
    expect(await can(tenant, "ana", "sts:AssumeRole", arn("role/open"))).toMatchObject({
      answer: "yes",
      layers: { trust: "allowed" },
    });
    expect(await can(tenant, "ana", "sts:AssumeRole", arn("role/closed"))).toMatchObject({
      answer: "no",
      decidedBy: "trust",
    });
  });

  test("statements are named as people know them, levels that hold the same policy once", async () => {
    const answer = await can(
      {
        users: { ana: { attached: ["reading"] } },
        policies: { reading: document({ ...allow("s3:*"), Sid: "All" }) },
        resourcePolicies: NONE,
        scps: [],
      },
      "ana",
      "s3:GetObject",
      OBJECT,
    );
    expect(answer.statements).toEqual([
      { layer: "identity", policy: arn("policy/reading"), statement: "All" },
      { layer: "scp", policy: "FullAWSAccess", statement: 0 },
    ]);
  });

  test.each<[name: string, args: string[], says: string]>([
    ["a name that is nobody's", ["anna", "s3:GetObject"], "did you mean `ana`"],
    ["an action AWS does not document", ["ana", "s3:GetObjct"], "did you mean `s3:GetObject`"],
    ["a service AWS does not document", ["ana", "s33:GetObject"], "did you mean `s3`"],
    ["a resource that is no ARN", ["ana", "s3:GetObject", "ledger"], "neither an ARN nor"],
    ["a context that is no pair", ["ana", "s3:GetObject", "--context", "mfa"], "not like `key=value`"],
    ["no question", [], "who, and what"],
  ])("%s is the user's mistake, with a hint", async (_name, args, says) => {
    const { code, out, err } = await ask(ana(allow("s3:*")), "can", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(says);
  });

  test("a batch answers a line per line, a malformed one with its error, and ends with 2", async () => {
    const folder = await recorded({ [TENANT]: ana(allow("s3:GetObject", "*", MFA)) });
    const file = join(folder, "questions.ndjson");
    await writeFile(
      file,
      [
        '{"id":"a","principal":"ana","action":"s3:GetObject","resource":"*"}',
        '{"id":"b","principal":"ana","action":"s3:GetObject","context":{"aws:MultiFactorAuthPresent":"true"}}',
        '{"id":7,"principal":"ana","action":"s3:GetObject","unknownContext":false}',
        "not json",
        '{"id":"e","principal":"nobody","action":"s3:GetObject"}',
        '{"principal":"ana","action":"s3:GetObject","ressource":"*"}',
        "",
      ].join("\n"),
    );
    const { code, out, err } = await runCli(["can", "--batch", file, "--from", folder], world);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ id, line, answer, error }) => [id ?? line, answer ?? error])).toEqual([
      ["a", "conditional"],
      ["b", "yes"],
      [7, "no"],
      [4, expect.stringContaining("not JSON")],
      ["e", expect.stringContaining("no principal `nobody`")],
      [6, expect.stringContaining("`ressource` is no field")],
    ]);
    expect(code).toBe(2);
    expect(err).toContain("3 of 6 lines could not be answered");
  });
});

describe("who-can", () => {
  const tenant: SmallTenant = {
    users: {
      ana: { may: [allow("iam:PassRole", arn("role/deploy"))] },
      ben: { may: [allow("iam:PassRole", "*", MFA)] },
      cleo: { admin: true },
      dan: {},
      eve: { attached: ["lost"] },
    },
    roles: { deploy: {} },
    withoutDocument: ["lost"],
    scps: [],
  };
  const names = (found: { principal: string; answer: string }[]): string[] =>
    found.map(({ principal, answer }) => `${answer} ${principal.slice(principal.lastIndexOf(":") + 1)}`);

  test("everybody who may, surest first; who was examined and who may not on request", async () => {
    const run = await ask(tenant, "who-can", "iam:PassRole", arn("role/deploy"), "--json");
    const answer = whoCanForm.parse(JSON.parse(run.out));
    expect(names(answer.principals)).toEqual([
      "yes user/ana",
      "yes user/cleo",
      "yes root",
      "conditional user/ben",
      "unknown user/eve",
    ]);
    expect(answer.examined).toBe(7);
    const all = whoCanForm.parse(
      JSON.parse((await ask(tenant, "who-can", "iam:PassRole", arn("role/deploy"), "--all", "--json")).out),
    );
    expect(names(all.principals).filter((one) => one.startsWith("no"))).toEqual(["no user/dan", "no role/deploy"]);
  });

  test("on another role only those whose permission reaches it", async () => {
    const run = await ask(tenant, "who-can", "iam:PassRole", arn("role/other"), "--json");
    expect(names(whoCanForm.parse(JSON.parse(run.out)).principals)).toEqual([
      "yes user/cleo",
      "yes root",
      "conditional user/ben",
      "unknown user/eve",
    ]);
  });

  test("a tenant outside counts where a policy lets it in, not for what is its own", async () => {
    const vendor = "777766665555";
    const open: SmallTenant = {
      users: { dan: {} },
      roles: { partner: { trust: trusting({ AWS: arn("root", vendor) }) } },
      resourcePolicies: {
        [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: { AWS: arn("root", vendor) } }),
      },
      scps: [],
      accessBlocks: { account: null },
    };
    const who = async (...args: string[]): Promise<string[]> =>
      whoCanForm
        .parse(JSON.parse((await ask(open, "who-can", ...args, "--json")).out))
        .principals.map(({ principal, answer }) => `${answer} ${principal}`);
    expect(await who("sts:AssumeRole", arn("role/partner"))).toContain(`yes ${arn("root", vendor)}`);
    expect(await who("s3:GetObject")).toContain(`yes ${arn("root", vendor)}`);
    expect((await who("iam:PassRole")).join()).not.toContain(vendor);
  });
});

describe("admins and paths", () => {
  const tenant: SmallTenant = {
    users: {
      kim: { admin: true },
      ana: { groups: ["builders"] },
      ben: { may: [allow("iam:CreateAccessKey", "*", MFA)] },
      dan: { may: [allow("iam:PutUserPolicy", arn("user/dan"))], boundary: "limit" },
    },
    groups: {
      builders: {
        may: [allow("iam:PassRole", arn("role/boss")), allow(["lambda:CreateFunction", "lambda:InvokeFunction"])],
      },
    },
    roles: { boss: { admin: true, trust: service("lambda") } },
    policies: { limit: document(allow("s3:*")) },
    scps: [],
    resourcePolicies: NONE,
  };

  test("who administers and how: by holding it or by a path, a blocked decoy not at all", async () => {
    const { out } = await ask(tenant, "admins", "--json");
    const { admins, examined } = adminsForm.parse(JSON.parse(out));
    expect(admins.map(({ principal, how, state }) => `${principal.split("/").at(-1)} ${how} ${state}`)).toEqual([
      "ana path yes",
      "ben path conditional",
      "kim direct yes",
      "boss direct yes",
    ]);
    expect(examined).toBe(5);
  });

  test("a path names every hop with technique, permissions, grants and conditions", async () => {
    const { out } = await ask(tenant, "paths", "--principal", "ana", "--json");
    const { paths } = pathsForm.parse(JSON.parse(out));
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({
      principal: arn("user/ana"),
      target: "admin",
      tenant: `aws:${TENANT}`,
      state: "yes",
    });
    expect(
      paths[0]?.hops.map(({ technique, from, to, permissions, grants }) => [
        technique.id,
        from.split("/").at(-1),
        to.split("/").at(-1),
        permissions,
        grants.length,
      ]),
    ).toEqual([
      ["member-of", "ana", "builders", [], 1],
      ["lambda-001", "builders", "boss", ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], 2],
      ["granted", "boss", "admin", ["*"], 1],
    ]);
  });

  test("to a principal: becoming it; to a resource: getting at it", async () => {
    const to = pathsForm.parse(
      JSON.parse((await ask(tenant, "paths", "--principal", "ana", "--to", arn("role/boss"), "--json")).out),
    );
    expect(to.paths.map(({ hops, target }) => [target, hops.map(({ technique }) => technique.id)])).toEqual([
      [arn("role/boss"), ["member-of", "lambda-001"]],
    ]);
    const resource = pathsForm.parse(
      JSON.parse(
        (await ask(tenant, "paths", "--principal", "ana", "--to", OBJECT, "--action", "s3:GetObject", "--json")).out,
      ),
    );
    expect(resource.paths[0]?.hops.at(-1)).toMatchObject({ permissions: ["s3:GetObject"], to: OBJECT });
  });

  test("across tenants the path says whose administration it is", async () => {
    const folder = await recorded({
      [TENANT]: { users: { ana: { may: [allow("sts:AssumeRole", arn("role/boss", OTHER))] } } },
      [OTHER]: { roles: { boss: { admin: true, trust: trusting({ AWS: arn("root") }) } } },
    });
    const { out } = await runCli(["paths", "--principal", "ana", "--from", folder, "--json"], world);
    expect(pathsForm.parse(JSON.parse(out)).paths.map(({ tenant: where, assumes }) => [where, assumes])).toEqual([
      [`aws:${OTHER}`, ["scp", "rcp"]],
    ]);
  });

  test("people read the path in words", async () => {
    const { out } = await ask(tenant, "paths", "--principal", "ana");
    expect(out).toContain(
      "creates a Lambda function with the role and invokes it → arn:aws:iam::111122223333:role/boss",
    );
    expect(out).toContain("1 path, examined 1 principal");
  });

  test.each<[string[], string]>([
    [["paths", "--principal", "anna"], "did you mean `ana`"],
    [["paths", "--to", "nowhere"], "no principal `nowhere`"],
    [["paths", "--action", "s3:GetObject"], "narrows paths to a resource only"],
    [["admins", "--tenant", "elsewhere"], "no AWS tenant `elsewhere`"],
  ])("%j is the user's mistake", async (args, says) => {
    const { code, err } = await ask(tenant, ...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
