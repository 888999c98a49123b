import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { startFakeAws } from "../../fakes/aws/fake-aws.ts";
import { AWS_CANARY } from "../../fakes/aws/world.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { CLOSED, HOME, PAYMENTS, SEED } from "./fake-seed.ts";
import {
  byRole,
  collect,
  coverageOf,
  environmentWith,
  factsOf,
  openFake,
  openOver,
  SECRET,
  signInForTests,
  TWO_TENANTS,
} from "./open-fake.ts";
import { targetOf } from "../target-of.ts";

const openRecorded = (path: string): Promise<ConnectorSession> =>
  aws.open({ mode: "recorded", path, workingCopy: false }, environmentWith());

/** Every file below a folder, with its text. */
const filesIn = (folder: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]);

describe("several tenants of AWS", () => {
  signInForTests();

  test("what assumes the role is oneself as well, also where its own tenant is not read", async () => {
    const { session } = await openFake({ tenants: TWO_TENANTS.slice(1) });
    expect(await session.self()).toEqual([
      `arn:aws:sts::${PAYMENTS}:assumed-role/leastwise-reader/leastwise`,
      `arn:aws:iam::${HOME}:user/auditor`,
    ]);
  });

  test("who assumes the role has to be known before anything is changed", async () => {
    const { fake, session } = await openFake({
      tenants: TWO_TENANTS.slice(1),
      // The first to ask is who assumes the role: both of its attempts are cut off.
      fake: { badDays: { cut: { GetCallerIdentity: 2 } } },
    });
    expect(fake.calls.get("GetCallerIdentity")).toBe(3);
    await expect(session.self()).rejects.toMatchObject({ code: "aws-self" });
    // Reading needs no such care.
    expect((await collect(session)).principals.length).toBeGreaterThan(3);
  });

  test("a tenant is reached by its role and external id, and is read as the first one is", async () => {
    const { fake, session } = await openFake({ tenants: TWO_TENANTS });
    const records = await collect(session);
    expect(await session.self()).toEqual([
      `arn:aws:iam::${HOME}:user/auditor`,
      `arn:aws:sts::${PAYMENTS}:assumed-role/leastwise-reader/leastwise`,
    ]);
    const usersOf = (tenant: string): readonly string[] =>
      records.principals
        .filter(({ nativeType, tenantId }) => nativeType === "iam-user" && tenantId === `aws:${tenant}`)
        .map(({ displayName }) => displayName)
        .sort();
    for (const tenant of [HOME, PAYMENTS]) {
      expect(usersOf(tenant)).toEqual([...fake.tenant(tenant).users.keys()].sort());
      const gaps = records.coverage.filter((row) => row.tenantId === `aws:${tenant}` && row.state !== "complete");
      expect(gaps.map(({ kind }) => kind)).toEqual(["resource-policy", "running-as", "web-identity-session"]);
    }
    // One session for each client of the tenant at most: roles are not assumed again for each call.
    expect(fake.calls.get("AssumeRole")).toBeLessThanOrEqual(2);
    // A name that is there in both tenants is two things.
    expect(
      records.principals.filter(({ displayName }) => displayName === "admins").map(({ tenantId }) => tenantId),
    ).toEqual([`aws:${HOME}`, `aws:${PAYMENTS}`]);
  });

  test("a role's session that runs out is renewed, and nothing is lost", async () => {
    const { fake, session } = await openFake({ tenants: TWO_TENANTS, fake: { sessionSeconds: 1 } });
    const records = await collect(session);
    const gaps = records.coverage.filter((row) => row.tenantId === `aws:${PAYMENTS}` && row.state !== "complete");
    expect(gaps.map(({ kind }) => kind)).toEqual(["resource-policy", "running-as", "web-identity-session"]);
    expect(fake.calls.get("AssumeRole")).toBeGreaterThan(2);
  });

  test("a role of one tenant that trusts a role of another is linked to it", async () => {
    const { session } = await openFake({ tenants: TWO_TENANTS });
    const records = await collect(session, "password-policy");
    const batch = records.principals.find(({ displayName }) => displayName === "batch");
    const trusting = records.grants.find(({ kind, principalId }) => kind === "trust" && principalId === batch?.id);
    expect(trusting?.tenantId).toBe(`aws:${HOME}`);
  });

  test("the organization and Identity Center are asked of the first tenant and count for all", async () => {
    const { fake, session } = await openFake({ tenants: TWO_TENANTS });
    const records = await collect(session, "organization", "identity-center");
    for (const tenant of [HOME, PAYMENTS])
      for (const kind of ["organization", "identity-center"] as const)
        expect(coverageOf(records, kind, tenant)).toEqual([`${kind}: complete`]);
    expect([fake.calls.get("ListRoots"), fake.calls.get("ListInstances")]).toEqual([1, 1]);
    // It has no alias: it is called what the organization calls it. The first one keeps its alias.
    expect(records.tenants.find(({ nativeId }) => nativeId === PAYMENTS)?.name).toBe("Payments");
    expect(records.tenants.find(({ nativeId }) => nativeId === HOME)?.name).toBe("sample-home");
  });

  test.each([
    ["a role that trusts somebody else", byRole(CLOSED), CLOSED],
    ["a role whose external id was left out", byRole(PAYMENTS), PAYMENTS],
    ["a role that is not there", { ...byRole(CLOSED), roleArn: `arn:aws:iam::${CLOSED}:role/no-such-role` }, CLOSED],
  ])("%s makes a gap of its tenant and of no other", async (_what, tenant, digits) => {
    const { fake, session } = await openFake({ tenants: [{ tenant: HOME }, tenant] });
    const before = fake.dump(digits);
    const records = await collect(session);
    const refused = records.coverage.filter((row) => row.tenantId === `aws:${digits}`);
    const why = `the role \`${tenant.roleArn}\` could not be assumed: AWS refused \`sts:AssumeRole\``;
    expect(coverageOf(records, "principal", digits)).toEqual([`account-authorization-details: denied (${why})`]);
    expect(coverageOf(records, "password-policy", digits)).toEqual([`password-policy: denied (${why})`]);
    for (const { kind, state, reason } of refused.filter(
      (row) => !["organization", "identity-center"].includes(row.kind),
    ))
      expect([kind, state, reason === null]).toEqual([kind, expect.stringMatching(/^(?:denied|skipped)$/), false]);
    expect(
      records.principals.filter((one) => one.nativeType === "iam-user" && one.tenantId === `aws:${digits}`),
    ).toEqual([]);

    const gaps = records.coverage.filter((row) => row.tenantId === `aws:${HOME}` && row.state !== "complete");
    expect(gaps.map(({ kind }) => kind)).toEqual(["resource-policy", "running-as", "web-identity-session"]);
    const findings = await session.check();
    expect(findings.map(({ level, text }) => [level, text])).toContainEqual(["problem", `${digits}: ${why}`]);
    expect(findings.filter(({ text }) => text.includes("answers as")).length).toBe(1);
    expect(fake.dump(digits)).toBe(before);
  });

  test("an external id that is not in the environment stops the opening before anything is asked", async () => {
    const fake = await startFakeAws(SEED);
    try {
      const opening = openOver(fake, { tenants: [byRole(PAYMENTS, "NOT_EXPORTED")] });
      await expect(opening).rejects.toMatchObject({ code: "aws-external-id" });
      expect(fake.calls.size).toBe(0);
    } finally {
      await fake.close();
    }
  });

  test.each([
    ["aws-tenant", [{ tenant: PAYMENTS }], "credentials of another tenant"],
    ["aws-tenant-twice", [{ tenant: HOME }, {}], "two ways into one tenant"],
  ])("%s: the opening stops for %j (%s)", async (code, tenants) => {
    const fake = await startFakeAws(SEED);
    try {
      await expect(openOver(fake, { tenants })).rejects.toMatchObject({ kind: "settings", code });
    } finally {
      await fake.close();
    }
  });
});

describe("a recording of AWS", () => {
  signInForTests();

  test("reads back what was read live", async () => {
    const folder = await temporaryFolder();
    const { session } = await openFake({ tenants: TWO_TENANTS, recordTo: folder, fake: { pageSize: 2 } });
    const live = await collect(session);
    const recorded = await collect(await openRecorded(folder));
    // Why a step was left out is said in other words, and the alias of a tenant is in no file.
    const told = (records: SnapshotRecords) => ({
      ...factsOf(records),
      coverage: records.coverage.map(({ reason: _, ...row }) => row),
      tenants: records.tenants.map(({ name: _, ...tenant }) => tenant),
    });
    expect(told(recorded)).toEqual(told(live));
  });

  test("is not asked for again where it is complete, and is where it is not", async () => {
    const folder = await temporaryFolder();
    const { fake, session } = await openFake({ tenants: TWO_TENANTS, recordTo: folder });
    fake.badDays = { denied: ["ListSSHPublicKeys"] };
    const first = await collect(session);
    expect(coverageOf(first, "ssh-public-key").join()).toContain("denied");

    fake.badDays = {};
    const before = new Map(fake.calls);
    const resumed = await openOver(fake, { tenants: TWO_TENANTS, recordTo: folder });
    const second = await collect(resumed);
    await resumed.close();
    const asked = [...fake.calls]
      .filter(([operation, count]) => count > (before.get(operation) ?? 0))
      .map(([operation]) => operation)
      .sort();
    expect(asked).toEqual(["AssumeRole", "GetCallerIdentity", "ListAccountAliases", "ListSSHPublicKeys"]);

    const { session: whole } = await openFake({ tenants: TWO_TENANTS });
    expect(factsOf(second)).toEqual(factsOf(await collect(whole)));
  });

  test("what was asked about half a sweep is asked again about the whole of it", async () => {
    const folder = await temporaryFolder();
    const { fake, session } = await openFake({ recordTo: folder });
    fake.badDays = { deniedAfterFirstPage: ["GetAccountAuthorizationDetails"] };
    const half = await collect(session);
    expect(half.credentials.filter(({ nativeId }) => nativeId.startsWith("AKIA"))).toEqual([]);
    expect(coverageOf(await collect(await openRecorded(folder)), "access-key")[0]).toContain("access-keys: partial");

    fake.badDays = {};
    const resumed = await openOver(fake, { recordTo: folder });
    const records = await collect(resumed);
    await resumed.close();
    expect(coverageOf(records, "access-key")).toEqual(["access-keys: complete"]);
    expect(records.credentials.filter(({ nativeId }) => nativeId.startsWith("AKIA")).length).toBe(3);
  });

  test("a file that somebody deleted is asked for again", async () => {
    const folder = await temporaryFolder();
    const { fake, session } = await openFake({ recordTo: folder });
    const first = await collect(session);
    rmSync(join(folder, "aws", HOME, "account-authorization-details.json"));
    rmSync(join(folder, "aws", HOME, "access-keys.json"));
    const before = new Map(fake.calls);
    const resumed = await openOver(fake, { recordTo: folder });
    const second = await collect(resumed);
    await resumed.close();
    expect(factsOf(second)).toEqual(factsOf(first));
    const again = (operation: string): boolean => (fake.calls.get(operation) ?? 0) > (before.get(operation) ?? 0);
    expect(["GetAccountAuthorizationDetails", "ListAccessKeys", "ListMFADevices"].map(again)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("what must be kept nowhere", () => {
  signInForTests();

  test("no credential and nothing AWS adds to its answers is in records, words or files", async () => {
    const folder = await temporaryFolder();
    const environment = environmentWith();
    const { fake, session } = await openFake({
      tenants: [...TWO_TENANTS, byRole(CLOSED)],
      recordTo: folder,
      environment,
    });
    const parts: unknown[] = [await session.forecast(), await session.check(), await session.self()];
    fake.badDays = { denied: ["ListServerCertificates"], failing: ["DescribePolicy"], html: ["ListSSHPublicKeys"] };
    const records = await collect(session);
    const target = targetOf(records, "mia-sample", "policy read-sample-buckets");
    const operation = session.operation("aws/detach-managed-policy");
    const captured = await operation?.capture(target);
    parts.push(captured, await operation?.revoke(target, null));
    fake.badDays = { denied: ["AttachUserPolicy"] };
    parts.push(await operation?.restore(target, null), records, environment.said);
    const kept = [["records and words", JSON.stringify(parts)] as const, ...filesIn(folder)];
    expect(kept.length).toBeGreaterThan(25);
    for (const [where, text] of kept)
      for (const secret of [AWS_CANARY, SECRET, "session-token", "session-secret", "ASIAEXAMPLE"])
        expect([where, secret, text.includes(secret)]).toEqual([where, secret, false]);
    // The bodies of certificates are public and long: they are left out as well.
    expect(kept.filter(([, text]) => text.includes("BEGIN CERTIFICATE"))).toEqual([]);
  });
});
