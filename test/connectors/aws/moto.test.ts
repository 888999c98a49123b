import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as sdk from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { describeTarget } from "../../../src/revoke/describe-target.ts";
import { pythonWithMoto, startMoto, type Moto } from "../../fakes/moto.ts";
import { describeWith } from "../../fakes/needs-tool.ts";

const environment = {
  clock: { now: () => "2026-11-20T08:00:00Z" },
  secrets: { read: () => undefined },
  log: { progress() {}, warn() {} },
};
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const document = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

describeWith("python3-moto", pythonWithMoto() !== undefined)("AWS as others wrote it (moto)", () => {
  let moto: Moto;
  let iam: sdk.IAMClient;
  let folder: string;
  let keyIds: readonly string[];
  const before = { ...process.env };

  beforeAll(async () => {
    // moto takes any credentials; these are words, not keys.
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
    });
    moto = await startMoto();
    iam = new sdk.IAMClient({ endpoint: moto.url, region: "us-east-1" });
  });
  afterAll(async () => {
    iam?.destroy();
    await moto?.close();
    process.env = before;
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "leastwise-moto-"));
    await moto.reset();
    const { Policy } = await iam.send(
      new sdk.CreatePolicyCommand({ PolicyName: "read-s3", PolicyDocument: document("s3:Get*") }),
    );
    await iam.send(new sdk.CreateGroupCommand({ GroupName: "admins" }));
    await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: "admins", PolicyArn: ADMIN }));
    for (const UserName of ["ann", "bob", "ci"])
      await iam.send(new sdk.CreateUserCommand({ UserName, Tags: [{ Key: "team", Value: "sample" }] }));
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName: "admins", UserName: "ann" }));
    await iam.send(new sdk.AttachUserPolicyCommand({ UserName: "bob", PolicyArn: Policy?.Arn ?? "" }));
    await iam.send(
      new sdk.PutUserPolicyCommand({ UserName: "ci", PolicyName: "deploy", PolicyDocument: document("s3:*") }),
    );
    await iam.send(new sdk.CreateLoginProfileCommand({ UserName: "ann", Password: "Sample-Passphrase-1" }));
    keyIds = [];
    for (let n = 0; n < 2; n += 1)
      keyIds = [
        ...keyIds,
        (await iam.send(new sdk.CreateAccessKeyCommand({ UserName: "ci" }))).AccessKey?.AccessKeyId ?? "",
      ];
    await iam.send(
      new sdk.CreateRoleCommand({
        RoleName: "server",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      }),
    );
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: "server", PolicyArn: Policy?.Arn ?? "" }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const live = (endpoint = moto.url, recordTo: string | null = null, lastAccessed = false): Promise<ConnectorSession> =>
    aws.open(
      { mode: "live", settings: { endpoint, concurrency: 4, serviceLastAccessed: lastAccessed }, recordTo },
      environment,
    );
  /** Steps that moto answers with an error page are asked again several times: only one test waits for that. */
  const collect = async (session: ConnectorSession, everything = false): Promise<SnapshotRecords> => {
    const parts = [];
    for (const one of session.steps)
      if (everything || one.step.id !== "service-specific-credentials") parts.push((await session.run(one)).records);
    return mergeRecords(parts);
  };
  const stateOf = (records: SnapshotRecords, kind: string, step?: string) =>
    records.coverage.find((row) => row.kind === kind && (step === undefined || row.step === step));

  test("users, groups, roles, policies, keys and passwords are read, what moto lacks is a gap and not a zero", async () => {
    const records = await collect(await live(moto.url, null, true), true);
    expect(
      records.principals
        .filter(({ nativeType }) => nativeType === "iam-user")
        .map(({ displayName }) => displayName)
        .sort(),
    ).toEqual(["ann", "bob", "ci"]);
    expect(
      records.credentials
        .filter(({ kind }) => kind === "access-key")
        .map(({ nativeId }) => nativeId)
        .sort(),
    ).toEqual([...keyIds].sort());
    expect(records.credentials.filter(({ kind }) => kind === "console-password").length).toBe(1);
    expect(stateOf(records, "principal")?.state).toBe("complete");
    // moto answers these two with an HTML page and status 500.
    expect(stateOf(records, "service-specific-credential")?.state).toBe("denied");
    expect(stateOf(records, "service-last-accessed")?.state).toBe("denied");
    const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
    const ann = records.principals.find(({ displayName }) => displayName === "ann");
    expect(graph.adminGrants(ann?.id ?? "")).toMatchObject([{ state: "yes", how: "all-actions" }]);
  });

  test("AWS's own policies come only when they are attached: one call for all would bring a thousand", async () => {
    const records = await collect(await live());
    expect(records.policies.filter(({ kind }) => kind === "aws-managed").map(({ name }) => name)).toEqual([
      "AdministratorAccess",
    ]);
    expect(records.policies.find(({ kind }) => kind === "aws-managed")?.document.known).toBe(true);
  });

  test("a recording of a live run reads back the same, and is not asked again", async () => {
    const first = await collect(await live(moto.url, folder));
    const again = await collect(await aws.open({ mode: "recorded", path: folder, workingCopy: false }, environment));
    for (const table of ["principals", "grants", "policies", "entitlements"] as const)
      expect(again[table].map(({ id }) => id)).toEqual(first[table].map(({ id }) => id));
    await moto.reset();
    const resumed = await collect(await live(moto.url, folder));
    expect(resumed.principals.map(({ id }) => id)).toEqual(first.principals.map(({ id }) => id));
    const written = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
    expect(written).not.toMatch(/SecretAccessKey|Sample-Passphrase/);
  });

  test("what the command line prints of moto is scanned as it is", async () => {
    const answer = await iam.send(new sdk.GetAccountAuthorizationDetailsCommand({}));
    const file = join(folder, "details.json");
    writeFileSync(
      file,
      JSON.stringify({
        UserDetailList: answer.UserDetailList,
        GroupDetailList: answer.GroupDetailList,
        RoleDetailList: answer.RoleDetailList,
        Policies: answer.Policies,
      }),
    );
    const records = await collect(await aws.open({ mode: "recorded", path: file, workingCopy: false }, environment));
    expect(records.principals.filter(({ nativeType }) => nativeType === "iam-user").length).toBe(3);
    expect(stateOf(records, "access-key")?.state).toBe("skipped");
  });

  test("under a throttle on every fifth call nothing is lost", async () => {
    const front = await throttlingFront(moto.url, 5);
    try {
      const records = await collect(await live(front.url));
      expect(records.credentials.filter(({ kind }) => kind === "access-key").length).toBe(2);
      expect(stateOf(records, "access-key")?.state).toBe("complete");
      expect(stateOf(records, "principal")?.state).toBe("complete");
      expect(front.throttled()).toBeGreaterThan(0);
    } finally {
      await front.close();
    }
  });

  const CASES = [
    ["aws/deactivate-access-key", "ci", "key"],
    ["aws/detach-managed-policy", "bob", "policy read-s3"],
    ["aws/detach-managed-policy", "server", "policy read-s3"],
    ["aws/detach-managed-policy", "admins", "policy AdministratorAccess"],
    ["aws/delete-inline-policy", "ci", "inline policy deploy"],
    ["aws/remove-from-group", "ann", "group admins"],
  ] as const;

  test.each(CASES)("%s of %s: capture, revoke and restore leave everything as it was", async (id, holder, what) => {
    const session = await live();
    const records = await collect(session);
    const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
    const subject =
      what === "key"
        ? describeTarget(
            graph,
            "credential",
            records.credentials.find(({ nativeId }) => nativeId === keyIds[0])?.id ?? "",
          )
        : describeTarget(
            graph,
            "grant",
            records.grants.find(
              ({ principalId, entitlementId }) =>
                graph.principal(principalId)?.displayName === holder &&
                graph.entitlement(entitlementId)?.displayName === what,
            )?.id ?? "",
          );
    const operation = session.operation(id);
    if (subject === undefined || operation === undefined) throw new Error(`${holder}: ${what} is not there`);
    const { target } = subject;
    const shape = (all: SnapshotRecords): unknown => [
      all.grants.map((grant) => grant.id),
      all.credentials.map((credential) => [credential.id, credential.status]),
      all.policies.filter(({ kind }) => kind === "inline").map(({ document: text }) => text),
    ];
    const captured = await operation.capture(target);
    if (captured.state !== "present") throw new Error(captured.state);
    expect(await operation.revoke(target, captured.preImage)).toMatchObject({ state: "done" });
    expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: true });
    expect(shape(await collect(await live()))).not.toEqual(shape(records));
    expect((await operation.capture(target)).state).toBe("already-absent");
    if (what === "key") {
      const keys = (await iam.send(new sdk.ListAccessKeysCommand({ UserName: "ci" }))).AccessKeyMetadata ?? [];
      // Two keys: only the one that was meant is touched.
      expect(keys.map(({ AccessKeyId, Status }) => [AccessKeyId, Status]).sort()).toEqual(
        [
          [keyIds[0], "Inactive"],
          [keyIds[1], "Active"],
        ].sort(),
      );
    }
    expect(await operation.restore(target, captured.preImage)).toMatchObject({ state: "done" });
    expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: false });
    expect(shape(await collect(await live()))).toEqual(shape(records));
  });

  test("what only a rehearsal may do does not exist for the provider", async () => {
    const session = await live();
    expect(session.operation("aws/delete-access-key")).toBeUndefined();
    expect(session.operation("aws/delete-login-profile")).toBeUndefined();
  });
});

/** Stands before moto and refuses every n-th call as AWS does when it throttles. */
async function throttlingFront(
  target: string,
  every: number,
): Promise<{ url: string; throttled(): number; close(): Promise<void> }> {
  let count = 0;
  let throttled = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      count += 1;
      if (count % every === 0) {
        throttled += 1;
        response.writeHead(400, { "content-type": "text/xml" });
        response.end(
          '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>sample</RequestId></ErrorResponse>',
        );
        return;
      }
      const { host: _, connection: __, ...headers } = request.headers;
      fetch(`${target}${request.url ?? ""}`, {
        method: request.method ?? "POST",
        headers: headers as Record<string, string>,
        body: request.method === "GET" ? null : Buffer.concat(chunks),
      }).then(
        async (answer) => {
          response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/xml" });
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    throttled: () => throttled,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
