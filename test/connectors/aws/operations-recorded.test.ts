import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Operation } from "../../../src/contracts/connector.ts";
import type { RevocationTarget, TargetPart } from "../../../src/model/revocation.ts";
import { readAll } from "../../contracts/connector-contract.ts";
import { inTenant, openRecorded, recording, sweep, TENANT, type Files } from "./sample-recording.ts";

const FRESH = "AKIAFRESHFRESHFRESH1";
const STALE = "AKIASTALESTALESTALE2";

const part = (kind: string, name: string, locator = name): TargetPart => ({
  id: name,
  kind,
  nativeId: name,
  locator,
  displayName: name,
});

const keyTarget = (keyId: string, tenant = TENANT): RevocationTarget => ({
  system: "aws",
  tenantId: `aws:${tenant}`,
  tenantNativeId: tenant,
  subjectKind: "credential",
  subjectId: `aws:${tenant}:${keyId}`,
  principal: part("user", "robin.example"),
  entitlement: null,
  resource: null,
  credential: part("access-key", keyId),
});

async function open(files: Files, workingCopy = true) {
  const folder = await recording(files);
  const session = await openRecorded(folder, workingCopy);
  const operation = (id: string): Operation => {
    const found = session.operation(id);
    if (found === undefined) throw new Error(`there is no operation ${id}`);
    return found;
  };
  const status = async () =>
    Object.fromEntries(
      (await readAll(await openRecorded(folder))).credentials
        .filter((one) => one.kind === "access-key" && !one.id.includes("root"))
        .map((one) => [one.nativeId, one.status.known && one.status.value]),
    );
  const file = (name: string) => readFile(join(folder, "aws", TENANT, name), "utf8");
  return { operation, status, file };
}

describe("access keys", () => {
  test("two keys, one stale: only the stale one is ever touched", async () => {
    const { operation, status, file } = await open(inTenant());
    const deactivate = operation("aws/deactivate-access-key");
    const captured = await deactivate.capture(keyTarget(STALE));
    expect(captured).toEqual({
      state: "present",
      preImage: { status: "Active" },
      lastUsedAt: { known: true, value: "never" },
    });
    expect(await deactivate.revoke(keyTarget(STALE), { status: "Active" })).toEqual({ state: "done" });
    expect(await status()).toEqual({ [FRESH]: "active", [STALE]: "inactive" });
    // The report knows keys by their place only, and it is the second place that changed.
    const [header = "", , robin = ""] = (await file("credential-report.csv")).split("\r\n");
    const cells = Object.fromEntries(
      header
        .replace("\uFEFF", "")
        .split(",")
        .map((column, i) => [column, robin.split(",")[i]]),
    );
    expect([cells["access_key_1_active"], cells["access_key_2_active"]]).toEqual(["true", "false"]);

    await deactivate.restore(keyTarget(STALE), { status: "Active" });
    expect(await status()).toEqual({ [FRESH]: "active", [STALE]: "active" });

    await operation("aws/delete-access-key").revoke(keyTarget(STALE), {});
    expect(await status()).toEqual({ [FRESH]: "active" });
  });

  test("the last use is read again at the moment of capture", async () => {
    const { operation } = await open(inTenant());
    expect(await operation("aws/deactivate-access-key").capture(keyTarget(FRESH))).toMatchObject({
      lastUsedAt: { known: true, value: "2026-11-20T09:00:00Z" },
    });
  });

  test("without a file of last uses it is unknown, not never", async () => {
    const { operation } = await open(inTenant({ "access-key-last-used.json": undefined }));
    expect(await operation("aws/deactivate-access-key").capture(keyTarget(FRESH))).toMatchObject({
      state: "present",
      lastUsedAt: { known: false },
    });
  });

  test("a key that is inactive already is gone already", async () => {
    const { operation } = await open(
      inTenant({ "access-keys.json": { "robin.example": [{ AccessKeyId: STALE, Status: "Inactive" }] } }),
    );
    const deactivate = operation("aws/deactivate-access-key");
    expect(await deactivate.capture(keyTarget(STALE))).toEqual({ state: "already-absent" });
    expect(await deactivate.revoke(keyTarget(STALE), {})).toEqual({ state: "already-absent" });
    expect(await deactivate.isGone(keyTarget(STALE), {})).toEqual({ known: true, value: true });
  });

  test("a key the credential report names without id is not taken for one that is gone", async () => {
    const { operation } = await open(inTenant());
    const deactivate = operation("aws/deactivate-access-key");
    expect(await deactivate.capture(keyTarget("access-key-1"))).toMatchObject({ state: "unreadable" });
    expect(await deactivate.revoke(keyTarget("access-key-1"), {})).toMatchObject({ state: "refused" });
    expect(await deactivate.isGone(keyTarget("access-key-1"), {})).toMatchObject({ known: false });
  });

  test("a deleted key is not put back: its secret is gone", async () => {
    const { operation } = await open(inTenant());
    expect(await operation("aws/delete-access-key").restore(keyTarget(STALE), {})).toMatchObject({ state: "refused" });
  });

  test("where the keys were not given nothing is said about them", async () => {
    const { operation } = await open(inTenant({ "access-keys.json": undefined }));
    expect(await operation("aws/deactivate-access-key").capture(keyTarget(STALE))).toEqual({
      state: "unreadable",
      why: "access-keys.json was not given",
    });
  });
});

describe("whatever the operation", () => {
  test("a recording that is no working copy is never changed", async () => {
    const { operation, status } = await open(inTenant(), false);
    const before = await status();
    expect(await operation("aws/deactivate-access-key").revoke(keyTarget(STALE), {})).toEqual({
      state: "refused",
      why: "a recording is never changed, only a working copy of it",
    });
    expect(await status()).toEqual(before);
  });

  test("a tenant that is not connected is unreadable, not empty", async () => {
    const { operation } = await open(inTenant());
    const elsewhere = keyTarget(STALE, "999988887777");
    const deactivate = operation("aws/deactivate-access-key");
    expect(await deactivate.capture(elsewhere)).toMatchObject({ state: "unreadable" });
    expect(await deactivate.revoke(elsewhere, {})).toMatchObject({ state: "refused" });
    expect(await deactivate.isGone(elsewhere, {})).toMatchObject({ known: false });
  });
});

describe("an inline policy", () => {
  const target: RevocationTarget = {
    ...keyTarget(STALE),
    subjectKind: "grant",
    credential: null,
    entitlement: part("policy", "own-bucket"),
  };

  test("comes back letter by letter from its capsule", async () => {
    const written = '{ "Version": "2012-10-17",\n  "Statement": [] }';
    const users = [
      {
        ...sweep.UserDetailList[0],
        UserPolicyList: [{ PolicyName: "own-bucket", PolicyDocument: encodeURIComponent(written) }],
      },
    ];
    const { operation } = await open(
      inTenant({ "account-authorization-details.json": { ...sweep, UserDetailList: users } }),
    );
    expect(await operation("aws/delete-inline-policy").capture(target)).toMatchObject({
      preImage: { document: written },
    });
  });

  test("is not put back from a capsule that lost its document", async () => {
    const { operation } = await open(inTenant());
    expect(await operation("aws/delete-inline-policy").restore(target, {})).toEqual({
      state: "refused",
      why: "the capsule holds no document",
    });
  });
});

test("a working copy whose sweep was written page by page can be changed", async () => {
  const pages = [
    { UserDetailList: sweep.UserDetailList, GroupDetailList: [], RoleDetailList: [], Policies: [], IsTruncated: true },
    {
      UserDetailList: [],
      GroupDetailList: sweep.GroupDetailList,
      RoleDetailList: sweep.RoleDetailList,
      Policies: sweep.Policies,
      IsTruncated: false,
    },
  ];
  const { operation, file } = await open(
    inTenant({ "account-authorization-details.json": pages.map((page) => JSON.stringify(page)).join("\n") }),
  );
  const target: RevocationTarget = {
    ...keyTarget(STALE),
    subjectKind: "grant",
    credential: null,
    entitlement: part("membership", "builders"),
  };
  expect(await operation("aws/remove-from-group").revoke(target, {})).toEqual({ state: "done" });
  expect(JSON.parse(await file("account-authorization-details.json"))).toMatchObject({
    UserDetailList: [{ GroupList: [] }, {}],
    RoleDetailList: [{}],
  });
});
