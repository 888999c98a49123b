import { describe, expect, test } from "vitest";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import {
  allow,
  inTenant,
  OTHER,
  recordsOf,
  recordsOfFile,
  role,
  sweep,
  TENANT,
  trusts,
  user,
} from "./sample-recording.ts";

const ID = `aws:${TENANT}`;
const ROBIN = `${ID}:AIDAROBIN`;
const arn = (path: string): string => `arn:aws:iam::${TENANT}:${path}`;
const principal = (records: SnapshotRecords, id: string) => records.principals.find((one) => one.id === id);
const policy = (records: SnapshotRecords, id: string) => records.policies.find((one) => one.id === id);
const coverage = (records: SnapshotRecords, kind: string) => records.coverage.find((row) => row.kind === kind);
const grantsOf = (records: SnapshotRecords, principalId: string): string[] =>
  records.grants
    .filter((grant) => grant.principalId === principalId)
    .map(({ kind, entitlementId }) => `${kind} ${entitlementId}`);

describe("the sweep becomes", () => {
  test("users, groups and roles by AWS's own ids, with what rules read of them", async () => {
    const records = await recordsOfFile(sweep);
    expect(principal(records, ROBIN)).toMatchObject({
      kind: "user",
      nativeType: "iam-user",
      locator: arn("user/robin.example"),
      displayName: "robin.example",
      createdAt: { known: true, value: "2024-01-10T08:00:00Z" },
      secondFactor: { known: false },
      tags: { known: true, value: { team: "reports" } },
      attributes: { path: "/", boundary: arn("policy/Limit") },
    });
    expect(principal(records, `${ID}:AROADEPLOYER`)).toMatchObject({
      kind: "role",
      lastUsedAt: { known: true, value: "2026-11-01T00:00:00Z" },
      attributes: { serviceLinked: false, reserved: false, maxSessionSeconds: 3600 },
    });
    expect(principal(records, `${ID}:AGPABUILDERS`)).toMatchObject({ kind: "group", nativeType: "iam-group" });
    expect(principal(records, `${ID}:root`)).toMatchObject({ kind: "root", secondFactor: { known: false } });
  });

  test("grants as AWS stores them", async () => {
    const records = await recordsOfFile(sweep);
    expect(grantsOf(records, ROBIN).sort()).toEqual([
      `attachment ${ID}:ANPAREADREPORTS#policy`,
      `inline ${ROBIN}/inline/own-bucket#policy`,
      `membership ${ID}:AGPABUILDERS#membership`,
      `trust ${ID}:AROADEPLOYER#assume`,
    ]);
    expect(grantsOf(records, `${ID}:AGPABUILDERS`).sort()).toEqual([
      "attachment aws-managed:AdministratorAccess#policy",
      `inline ${ID}:AGPABUILDERS/inline/build#policy`,
    ]);
    expect(records.entitlements.map((one) => one.displayName).sort()).toEqual([
      "assume role deployer",
      "group builders",
      "inline policy build",
      "inline policy deploy",
      "inline policy own-bucket",
      "policy AdministratorAccess",
      "policy ReadReports",
    ]);
  });

  test("policies with the document of their default version", async () => {
    const records = await recordsOfFile(sweep);
    expect(policy(records, `${ID}:ANPAREADREPORTS`)).toMatchObject({
      kind: "customer-managed",
      versionId: "v2",
      document: { known: true, value: JSON.stringify(allow("s3:Get*", "arn:aws:s3:::reports/*")) },
      documentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      updatedAt: { known: true, value: "2024-02-01T00:00:00Z" },
    });
    expect(policy(records, "aws-managed:AdministratorAccess")).toMatchObject({ kind: "aws-managed", tenantId: "aws" });
    expect(policy(records, `${ID}:AROADEPLOYER/trust`)).toMatchObject({
      kind: "trust",
      holderId: `${ID}:AROADEPLOYER`,
    });
  });

  test("a boundary that the sweep leaves out as a limit whose document is unknown", async () => {
    const records = await recordsOfFile(sweep);
    const limit = `${ID}:${arn("policy/Limit")}`;
    expect(policy(records, limit)).toMatchObject({
      document: { known: false, why: "the sweep did not hold the policy document" },
      documentHash: "",
    });
    expect(records.guardrails).toEqual([
      expect.objectContaining({ kind: "boundary", targetId: ROBIN, policyId: limit }),
    ]);
    expect(records.relations).toContainEqual(
      expect.objectContaining({ kind: "limited-by", fromId: ROBIN, toId: limit }),
    );
    expect(coverage(records, "policy")).toMatchObject({
      state: "partial",
      reason: "1 policy that is attached or limits somebody is not in the sweep",
    });
  });

  test("nothing that it does not hold: keys, passwords and second factors are skipped, not absent", async () => {
    const records = await recordsOfFile(sweep);
    expect(records.credentials).toEqual([]);
    for (const kind of [
      "access-key",
      "access-key-last-used",
      "console-password",
      "second-factor",
      "root",
      "password-policy",
      "service-last-accessed",
    ]) {
      expect(coverage(records, kind), kind).toMatchObject({
        state: "skipped",
        reason: expect.stringContaining("was not given"),
      });
    }
  });

  test("AWS's own policies only where something names them: some answers hold all of them", async () => {
    const unused = {
      PolicyName: "Unused",
      PolicyId: "ANPAUNUSED",
      Arn: "arn:aws:iam::aws:policy/Unused",
      DefaultVersionId: "v1",
      PolicyVersionList: [],
    };
    const records = await recordsOfFile({ ...sweep, Policies: [...sweep.Policies, unused] });
    expect(policy(records, "aws-managed:Unused")).toBeUndefined();
    expect(policy(records, "aws-managed:AdministratorAccess")).toBeDefined();
  });
});

describe("a policy document", () => {
  const document = allow("s3:*", "arn:aws:s3:::reports/100%41/*");
  const withDocument = (content: unknown) => ({
    ...sweep,
    UserDetailList: [
      user("robin.example", "AIDAROBIN", { UserPolicyList: [{ PolicyName: "p", PolicyDocument: content }] }),
    ],
  });
  const id = `${ROBIN}/inline/p`;

  test.each([
    ["decoded, as the command line prints it", document],
    ["percent-encoded, as the API answers it", encodeURIComponent(JSON.stringify(document))],
    ["raw, with a percent sign of its own", JSON.stringify(document)],
    ["written over several lines", JSON.stringify(document, null, 4)],
  ])("%s gives one and the same text", async (_name, content) => {
    expect(policy(await recordsOfFile(withDocument(content)), id)?.document).toEqual({
      known: true,
      value: JSON.stringify(document),
    });
  });

  test.each([
    ["that does not parse", "{ Version: 2012", /^the policy document is not JSON/],
    ["that is percent-encoded wrongly", "%7B%ZZ", /^the policy document is not JSON/],
    ["that was not given", undefined, /^the policy document was not given$/],
  ])("%s is unknown with its reason, and the rest goes on", async (_name, content, why) => {
    const records = await recordsOfFile(withDocument(content));
    expect(policy(records, id)).toMatchObject({
      document: { known: false, why: expect.stringMatching(why) },
      documentHash: "",
    });
    expect(principal(records, ROBIN)).toBeDefined();
    expect(grantsOf(records, ROBIN)).toContain(`inline ${id}#policy`);
    expect(coverage(records, "policy")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("1 policy document could not be read"),
    });
  });
});

describe("when a role was last used", () => {
  const lastUse = async (more: object) =>
    principal(await recordsOfFile({ ...sweep, RoleDetailList: [role("r", "AROAR", more)] }), `${ID}:AROAR`);

  test("a date is that date", async () => {
    expect((await lastUse({ RoleLastUsed: { LastUsedDate: "2026-01-02T03:04:05+00:00" } }))?.lastUsedAt).toEqual({
      known: true,
      value: "2026-01-02T03:04:05Z",
    });
  });

  test("an empty object of a role younger than 400 days says never", async () => {
    const found = await lastUse({ RoleLastUsed: {}, CreateDate: "2026-06-01T00:00:00+00:00" });
    expect(found?.lastUsedAt).toEqual({ known: true, value: "never" });
    expect(found?.attributes).not.toHaveProperty("lastUseTrackedDays");
  });

  test("an empty object of an older role says never within the days AWS looks back, and is marked so", async () => {
    const found = await lastUse({ RoleLastUsed: {}, CreateDate: "2020-06-01T00:00:00+00:00" });
    expect(found?.lastUsedAt).toEqual({ known: true, value: "never" });
    expect(found?.attributes["lastUseTrackedDays"]).toBe(400);
  });

  test("an answer without it at all is unknown, and so is its coverage", async () => {
    const records = await recordsOfFile({
      ...sweep,
      RoleDetailList: [role("r", "AROAR", { RoleLastUsed: undefined })],
    });
    expect(principal(records, `${ID}:AROAR`)?.lastUsedAt.known).toBe(false);
    expect(coverage(records, "role-last-used")).toMatchObject({
      state: "skipped",
      reason: "the sweep did not hold when roles were last used",
    });
  });

  test("one role without it among others makes the coverage partial", async () => {
    const records = await recordsOfFile({
      ...sweep,
      RoleDetailList: [role("a", "AROAA"), role("b", "AROAB", { RoleLastUsed: undefined })],
    });
    expect(coverage(records, "role-last-used")).toMatchObject({
      state: "partial",
      reason: "1 of 2 roles came without when they were last used",
      items: 1,
    });
  });
});

describe("who a role trusts", () => {
  const trusted = async (document: unknown) => {
    const records = await recordsOfFile({
      ...sweep,
      RoleDetailList: [...sweep.RoleDetailList, role("r", "AROAR", { AssumeRolePolicyDocument: document })],
    });
    return records.grants
      .filter((grant) => grant.entitlementId === `${ID}:AROAR#assume`)
      .map(({ principalId }) => principal(records, principalId))
      .map((one) => `${one?.kind} ${one?.id}`)
      .sort();
  };

  test.each([
    ["a service", { Service: "ec2.amazonaws.com" }, ["service aws-service:ec2.amazonaws.com"]],
    [
      "several parties",
      { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
      ["service aws-service:ec2.amazonaws.com", "service aws-service:lambda.amazonaws.com"],
    ],
    ["a user of the tenant", { AWS: arn("user/sam.example") }, [`user ${ID}:AIDASAM`]],
    [
      "a session of a role of the tenant",
      { AWS: `arn:aws:sts::${TENANT}:assumed-role/deployer/session` },
      [`role ${ID}:AROADEPLOYER`],
    ],
    ["the tenant itself", { AWS: arn("root") }, [`root ${ID}:root`]],
    ["the tenant by its digits, twice", { AWS: [TENANT, arn("root")] }, [`root ${ID}:root`]],
    ["another tenant", { AWS: "arn:aws:iam::999988887777:root" }, ["external external:aws:999988887777"]],
    [
      "a role of another tenant",
      { AWS: "arn:aws:iam::999988887777:role/x" },
      ["external external:aws:arn:aws:iam::999988887777:role/x"],
    ],
    ["a deleted principal", { AWS: "AIDAJ45Q7YFFAREXAMPLE" }, ["external external:aws:AIDAJ45Q7YFFAREXAMPLE"]],
    ["everybody", "*", ["anyone external:aws:*"]],
    ["everybody, spelled otherwise", { AWS: "*" }, ["anyone external:aws:*"]],
    [
      "an OIDC provider",
      { Federated: arn("oidc-provider/token.actions.githubusercontent.com") },
      [`federated ${ID}:${arn("oidc-provider/token.actions.githubusercontent.com")}`],
    ],
    [
      "a built-in identity provider",
      { Federated: "cognito-identity.amazonaws.com" },
      [`federated ${ID}:cognito-identity.amazonaws.com`],
    ],
  ])("%s", async (_name, party, expected) => {
    expect(await trusted(trusts(party))).toEqual(expected);
  });

  test("everybody but some is everybody", async () => {
    expect(
      await trusted({ Statement: { Effect: "Allow", NotPrincipal: { AWS: arn("root") }, Action: "sts:AssumeRole" } }),
    ).toEqual(["anyone external:aws:*"]);
  });

  test("a Deny lets nobody in", async () => {
    expect(await trusted({ Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }] })).toEqual([]);
  });

  test("a principal of another collected tenant is that principal, whichever tenant is read first", async () => {
    const there = (name: string, id: string, tenant: string, from: string) => ({
      ...sweep,
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
      RoleDetailList: [role(name, id, { AssumeRolePolicyDocument: trusts({ AWS: from }) }, tenant)],
    });
    const records = await recordsOf({
      [`aws/${TENANT}/account-authorization-details.json`]: there(
        "here",
        "AROAHERE",
        TENANT,
        `arn:aws:iam::${OTHER}:role/there`,
      ),
      [`aws/${OTHER}/account-authorization-details.json`]: there("there", "AROATHERE", OTHER, arn("role/here")),
    });
    expect(grantsOf(records, `aws:${OTHER}:AROATHERE`)).toEqual([`trust ${ID}:AROAHERE#assume`]);
    expect(grantsOf(records, `${ID}:AROAHERE`)).toEqual([`trust aws:${OTHER}:AROATHERE#assume`]);
    expect(records.principals.filter((one) => one.kind === "external")).toEqual([]);
  });
});

describe("what is missing in the sweep", () => {
  test("a group that users are in but the sweep does not hold makes the principals partial", async () => {
    const records = await recordsOfFile({ ...sweep, GroupDetailList: [] });
    expect(coverage(records, "principal")).toMatchObject({
      state: "partial",
      reason: "1 group that users are in is not in the sweep",
    });
    expect(grantsOf(records, ROBIN)).toContain(`membership ${ID}:${arn("group/builders")}#membership`);
  });

  test("the ids that stand-ins leave out fall back to the ARN", async () => {
    const { UserId: _id, ...withoutId } = user("robin.example", "");
    const records = await recordsOfFile({ ...sweep, UserDetailList: [withoutId] });
    expect(principal(records, `${ID}:${arn("user/robin.example")}`)).toMatchObject({ displayName: "robin.example" });
  });

  test("service-linked and reserved roles are told apart by their path", async () => {
    const records = await recordsOfFile({
      ...sweep,
      RoleDetailList: [
        role("AWSServiceRoleForSupport", "AROASL", { Path: "/aws-service-role/support.amazonaws.com/" }),
        role("AWSReservedSSO_x", "AROASSO", { Path: "/aws-reserved/sso.amazonaws.com/" }),
      ],
    });
    expect(principal(records, `${ID}:AROASL`)).toMatchObject({
      nativeType: "service-linked-role",
      attributes: { serviceLinked: true, reserved: false },
    });
    expect(principal(records, `${ID}:AROASSO`)).toMatchObject({
      nativeType: "reserved-role",
      attributes: { serviceLinked: false, reserved: true },
    });
  });

  test("a truncated sweep makes everything it holds partial", async () => {
    const records = await recordsOf(
      inTenant({ "account-authorization-details.json": { ...sweep, IsTruncated: true, Marker: "x" } }),
    );
    expect(coverage(records, "principal")).toMatchObject({
      state: "partial",
      reason: "the file holds the first pages only",
    });
  });
});
