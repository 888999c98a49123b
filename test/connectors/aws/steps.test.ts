import { describe, expect, test } from "vitest";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { STEPS } from "../../../connectors/aws/steps/index.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import {
  inTenant,
  OTHER,
  recordsOf,
  report,
  role,
  sweep,
  TENANT,
  tenantFiles,
  user,
  type Files,
} from "./sample-recording.ts";

const ID = `aws:${TENANT}`;
const ROBIN = `${ID}:AIDAROBIN`;
const SAM = `${ID}:AIDASAM`;
const FRESH = `${ID}:AKIAFRESHFRESHFRESH1`;
const STALE = `${ID}:AKIASTALESTALESTALE2`;
const arn = (path: string): string => `arn:aws:iam::${TENANT}:${path}`;
const nothingBut = (files: Files): Files =>
  Object.fromEntries(
    Object.entries({ "account-authorization-details.json": sweep, ...files }).map(([name, content]) => [
      `aws/${TENANT}/${name}`,
      content,
    ]),
  );
const credential = (records: SnapshotRecords, id: string) => records.credentials.find((one) => one.id === id);
const principal = (records: SnapshotRecords, id: string) => records.principals.find((one) => one.id === id);
const rows = (records: SnapshotRecords, kind: string) =>
  records.coverage
    .filter((row) => row.kind === kind)
    .map(({ step, state, reason }) => `${step}: ${state}${reason === null ? "" : ` (${reason})`}`);

describe("access keys", () => {
  test("come with status, age and last use, by their id", async () => {
    const records = await recordsOf(inTenant());
    expect(credential(records, FRESH)).toMatchObject({
      kind: "access-key",
      holderId: ROBIN,
      displayHint: "…ESH1",
      status: { known: true, value: "active" },
      createdAt: { known: true, value: "2024-01-10T08:00:00Z" },
      lastUsedAt: { known: true, value: "2026-11-20T09:00:00Z" },
      lastUsedWhere: "s3 in eu-west-1",
    });
    expect(
      records.credentials
        .filter((one) => one.kind === "access-key" && one.holderId === ROBIN)
        .map((one) => one.id)
        .sort(),
    ).toEqual([FRESH, STALE]);
  });

  test("that were never used answer N/A, which is never", async () => {
    const records = await recordsOf(inTenant());
    expect(credential(records, STALE)).toMatchObject({
      lastUsedAt: { known: true, value: "never" },
      lastUsedWhere: null,
    });
  });

  test("whose last use was not asked for are unknown, not unused", async () => {
    const records = await recordsOf(inTenant({ "access-key-last-used.json": undefined }));
    expect(credential(records, FRESH)?.lastUsedAt).toEqual({
      known: false,
      why: "access-key-last-used.json was not given",
    });
    expect(rows(records, "access-key-last-used")).toEqual([
      "access-key-last-used: skipped (access-key-last-used.json was not given)",
    ]);
  });

  test("that are not in the file of last uses make it partial", async () => {
    const records = await recordsOf(
      inTenant({ "access-key-last-used.json": { AKIAFRESHFRESHFRESH1: { LastUsedDate: "2026-11-20T09:00:00Z" } } }),
    );
    expect(credential(records, STALE)?.lastUsedAt.known).toBe(false);
    expect(rows(records, "access-key-last-used")).toEqual(["access-key-last-used: partial (1 key is not in it)"]);
  });

  test("with a status AWS never had are neither active nor inactive", async () => {
    const records = await recordsOf(
      inTenant({ "access-keys.json": { "robin.example": [{ AccessKeyId: "AKIAODD", Status: "Sleeping" }] } }),
    );
    expect(credential(records, `${ID}:AKIAODD`)?.status.known).toBe(false);
  });

  test("of a user the sweep does not hold are kept, and the gap is named", async () => {
    const records = await recordsOf(
      inTenant({ "access-keys.json": { "new.example": [{ AccessKeyId: "AKIANEW", Status: "Active" }] } }),
    );
    expect(credential(records, `${ID}:AKIANEW`)).toBeDefined();
    expect(rows(records, "access-key")).toEqual([
      "access-keys: partial (1 of its users is not in the sweep, for example `new.example`; 2 users were not asked for)",
    ]);
  });
});

describe("the credential report", () => {
  test("fills in what a sweep alone lacks", async () => {
    const records = await recordsOf(nothingBut({ "credential-report.csv": report }));
    expect(credential(records, `${ROBIN}/access-key-1`)).toMatchObject({
      status: { known: true, value: "active" },
      createdAt: { known: true, value: "2024-01-10T08:00:00Z" },
      lastUsedAt: { known: true, value: "2026-11-20T09:00:00Z" },
      lastUsedWhere: "s3 in eu-west-1",
      attributes: { fromCredentialReport: true },
    });
    expect(credential(records, `${ROBIN}/access-key-2`)?.lastUsedAt).toEqual({ known: true, value: "never" });
    expect(credential(records, `${SAM}/access-key-1`)).toBeUndefined();
    expect(credential(records, `${ROBIN}/password`)).toMatchObject({
      createdAt: { value: "2024-01-11T08:00:00Z" },
      lastUsedAt: { value: "never" },
    });
    expect(credential(records, `${SAM}/password`)).toBeUndefined();
    expect(principal(records, ROBIN)?.secondFactor).toEqual({ known: true, value: false });
    expect(rows(records, "access-key")).toContain(
      "credential-report: partial (the credential report names access keys without their ids)",
    );
    expect(rows(records, "console-password")).toContain("credential-report: complete");
    expect(rows(records, "second-factor")).toContain("credential-report: complete");
  });

  test("tells of root: second factor, last use, keys without ids", async () => {
    const records = await recordsOf(inTenant());
    expect(principal(records, `${ID}:root`)).toMatchObject({
      kind: "root",
      createdAt: { value: "2020-01-01T00:00:00Z" },
      lastUsedAt: { known: true, value: "2026-10-01T12:00:00Z" },
      secondFactor: { known: true, value: true },
      attributes: { accessKeysPresent: 1 },
    });
    expect(credential(records, `${ID}:root/access-key-1`)).toMatchObject({
      status: { value: "active" },
      createdAt: { value: "2021-01-01T00:00:00Z" },
      lastUsedAt: { value: "never" },
    });
    expect(credential(records, `${ID}:root/access-key-2`)).toBeUndefined();
    expect(rows(records, "root")).toEqual(["account-summary: complete", "credential-report: complete"]);
  });

  test("never overrules the calls per user: they are newer", async () => {
    const records = await recordsOf(
      inTenant({ "login-profiles.json": { "robin.example": null, "sam.example": { UserName: "sam.example" } } }),
    );
    // The report says that robin has a password and no second factor; the calls said otherwise.
    expect(credential(records, `${ROBIN}/password`)).toBeUndefined();
    expect(principal(records, ROBIN)?.secondFactor).toEqual({ known: true, value: true });
    expect(
      records.credentials.filter((one) => one.attributes["fromCredentialReport"] === true && one.holderId === ROBIN),
    ).toEqual([]);
  });

  test("says when the passwords were last used that the calls found", async () => {
    const records = await recordsOf(inTenant());
    expect(credential(records, `${ROBIN}/password`)?.lastUsedAt).toEqual({ known: true, value: "never" });
    const without = await recordsOf(inTenant({ "credential-report.csv": undefined }));
    expect(credential(without, `${ROBIN}/password`)?.lastUsedAt).toEqual({
      known: false,
      why: "only the credential report says when a password was last used",
    });
  });

  test("without a row of root leaves root unknown", async () => {
    const rootless = report
      .split("\n")
      .filter((line) => !line.startsWith("<root_account>"))
      .join("\n");
    const records = await recordsOf(nothingBut({ "credential-report.csv": rootless }));
    expect(principal(records, `${ID}:root`)?.secondFactor.known).toBe(false);
    expect(rows(records, "root")).toContain("credential-report: skipped (the credential report has no row of root)");
  });

  test("that lacks a user says so", async () => {
    const shorter = report.split("\n").slice(0, 3).join("\n");
    const records = await recordsOf(nothingBut({ "credential-report.csv": shorter }));
    expect(rows(records, "console-password")).toContain(
      "credential-report: partial (1 user is not in the credential report)",
    );
  });

  test("is read as the command line prints it, base64 inside JSON", async () => {
    const records = await recordsOf(
      nothingBut({
        "credential-report.csv": JSON.stringify({
          Content: Buffer.from(report).toString("base64"),
          ReportFormat: "text/csv",
        }),
      }),
    );
    expect(credential(records, `${ROBIN}/access-key-1`)).toBeDefined();
  });

  test("takes AWS's words for nothing as what they are", async () => {
    const odd = report.replaceAll("no_information", "not_supported");
    const records = await recordsOf(nothingBut({ "credential-report.csv": odd }));
    expect(credential(records, `${ROBIN}/password`)?.lastUsedAt).toEqual({
      known: false,
      why: "the credential report does not support it",
    });
  });
});

describe("the other files", () => {
  test("second factors, SSH keys, service-specific credentials and certificates", async () => {
    const records = await recordsOf(inTenant());
    expect(principal(records, ROBIN)?.secondFactor).toEqual({ known: true, value: true });
    expect(principal(records, SAM)?.secondFactor).toEqual({ known: true, value: false });
    expect(credential(records, `${ID}:${arn("mfa/robin-phone")}`)).toMatchObject({
      kind: "mfa-device",
      displayHint: "robin-phone",
    });
    expect(credential(records, `${ID}:APKAROBIN`)).toMatchObject({
      kind: "ssh-public-key",
      status: { value: "inactive" },
      holderId: ROBIN,
    });
    expect(credential(records, `${ID}:ACCASAM`)).toMatchObject({
      kind: "service-specific-credential",
      displayHint: "codecommit.amazonaws.com …ASAM",
    });
    expect(credential(records, `${ID}:CERTSAM`)).toMatchObject({ kind: "signing-certificate" });
    expect(credential(records, `${ID}:ASCAWWW`)).toMatchObject({
      kind: "server-certificate",
      holderId: null,
      expiresAt: { value: "2027-01-01T00:00:00Z" },
    });
  });

  test("the password policy, set or not", async () => {
    const set = await recordsOf(inTenant());
    expect(set.resources.find((one) => one.kind === "password-policy")).toMatchObject({
      id: `${ID}:password-policy`,
      attributes: {
        exists: true,
        minimumLength: 8,
        requireSymbols: true,
        requireNumbers: false,
        reusePrevention: null,
      },
    });
    const none = await recordsOf(inTenant({ "password-policy.json": "null" }));
    expect(none.resources.find((one) => one.kind === "password-policy")?.attributes).toMatchObject({
      exists: false,
      minimumLength: null,
    });
  });

  test("the summary tells of root where there is no report, and names the gap", async () => {
    const records = await recordsOf(inTenant({ "credential-report.csv": undefined }));
    expect(principal(records, `${ID}:root`)).toMatchObject({
      secondFactor: { known: true, value: true },
      lastUsedAt: { known: false },
    });
    expect(credential(records, `${ID}:root/access-key-1`)).toMatchObject({ status: { known: false } });
    expect(rows(records, "root")).toEqual([
      "account-summary: partial (only the credential report says when root was last used)",
      "credential-report: skipped (credential-report.csv was not given)",
    ]);
  });

  test("identity providers are the principals that trust policies name", async () => {
    const id = `${ID}:${arn("oidc-provider/token.actions.githubusercontent.com")}`;
    expect(principal(await recordsOf(inTenant()), id)).toMatchObject({
      kind: "federated",
      nativeType: "oidc-provider",
      displayName: "token.actions.githubusercontent.com",
      attributes: { clientIds: "sts.amazonaws.com" },
    });
  });

  test("what was used, per service and per action; what was not is never", async () => {
    const { usage } = await recordsOf(inTenant());
    expect(
      usage
        .map(({ principalId, service, action, lastUsedAt }) => [
          principalId,
          service,
          action,
          lastUsedAt.known && lastUsedAt.value,
        ])
        .sort(),
    ).toEqual([
      [ROBIN, "s3", null, "2026-11-20T09:00:00Z"],
      [ROBIN, "s3", "s3:GetObject", "2026-11-20T09:00:00Z"],
      [ROBIN, "sqs", null, "never"],
    ]);
  });

  test("a job that failed says nothing about its principal", async () => {
    const records = await recordsOf(
      inTenant({
        "service-last-accessed.json": {
          [arn("user/robin.example")]: { JobStatus: "FAILED", ServicesLastAccessed: [{ ServiceNamespace: "s3" }] },
        },
      }),
    );
    expect(records.usage).toEqual([]);
    expect(rows(records, "service-last-accessed")).toEqual([
      "service-last-accessed: partial (1 job failed or did not end; 2 users and roles were not asked for)",
    ]);
  });

  test("what runs as which role, resource policies and public access blocks", async () => {
    const records = await recordsOf(inTenant());
    expect(records.resources.find((one) => one.locator.endsWith("function:report"))?.attributes).toEqual({
      type: "lambda:function",
      runsAs: arn("role/deployer"),
    });
    expect(records.policies.find((one) => one.kind === "resource")).toMatchObject({
      holderId: `${ID}:arn:aws:s3:::reports`,
      document: { known: true },
    });
    expect(records.resources.find((one) => one.locator === "arn:aws:s3:::reports")?.attributes).toMatchObject({
      hasResourcePolicy: true,
      blockPublicAcls: false,
    });
    expect(records.tenants.find((one) => one.id === ID)).toMatchObject({
      attributes: { blockPublicAcls: true, restrictPublicBuckets: false },
    });
  });
});

describe("the organization", () => {
  test("names its tenants, hangs its policies where they are attached and keeps the tree", async () => {
    const records = await recordsOf(inTenant());
    expect(records.tenants.map(({ id, name, managementTenantId }) => [id, name, managementTenantId])).toEqual([
      [ID, "example-main", ID],
      [`aws:${OTHER}`, "example-side", ID],
    ]);
    expect(
      records.guardrails
        .filter((one) => one.kind === "scp")
        .map(({ policyId, targetId, targetKind }) => [policyId, targetId, targetKind])
        .sort(),
    ).toEqual([
      [`${ID}:p-full`, `${ID}:r-root`, "root"],
      [`${ID}:p-region`, `${ID}:ou-work`, "ou"],
    ]);
    expect(records.policies.find((one) => one.id === `${ID}:p-region`)).toMatchObject({
      kind: "scp",
      document: { known: true },
    });
    expect(
      records.relations
        .filter((one) => one.kind === "parent-of")
        .map(({ fromId, toId }) => `${fromId} > ${toId}`)
        .sort(),
    ).toEqual([`${ID}:ou-work > aws:${OTHER}`, `${ID}:r-root > ${ID}`, `${ID}:r-root > ${ID}:ou-work`]);
  });

  test("is answered by one tenant for all of them", async () => {
    const records = await recordsOf({
      ...inTenant(),
      [`aws/${OTHER}/account-authorization-details.json`]: {
        UserDetailList: [],
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
      },
    });
    expect(
      records.coverage.filter((row) => row.kind === "organization").map(({ tenantId, state }) => [tenantId, state]),
    ).toEqual([
      [ID, "complete"],
      [`aws:${OTHER}`, "complete"],
    ]);
  });

  test("that nobody answered is a gap of every tenant", async () => {
    const empty = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
    const records = await recordsOf({
      [`aws/${TENANT}/account-authorization-details.json`]: empty,
      [`aws/${OTHER}/account-authorization-details.json`]: empty,
    });
    expect(
      records.coverage.filter((row) => row.kind === "organization").map(({ tenantId, state }) => [tenantId, state]),
    ).toEqual([
      [ID, "skipped"],
      [`aws:${OTHER}`, "skipped"],
    ]);
  });
});

describe("Identity Center", () => {
  test("people hold permission sets through groups, and the sets hold policies where they are assigned", async () => {
    const records = await recordsOf(inTenant());
    const set = `${ID}:ps-0001`;
    expect(principal(records, `${ID}:u-kim`)).toMatchObject({
      nativeType: "identity-center-user",
      locator: "kim.example",
      email: { known: true, value: "kim@invented.example" },
    });
    expect(principal(records, set)).toMatchObject({
      kind: "role",
      nativeType: "permission-set",
      displayName: "Operators",
    });
    const held = (id: string): string[] =>
      records.grants
        .filter((grant) => grant.principalId === id)
        .map(({ kind, entitlementId }) => `${kind} ${entitlementId}`)
        .sort();
    expect(held(`${ID}:u-kim`)).toEqual([`membership ${ID}:g-ops#membership`]);
    expect(held(`${ID}:g-ops`)).toEqual([`assignment ${set}#permission-set`]);
    // The customer-managed policy is the one of that name in the tenant, by its own id.
    expect(held(set)).toEqual([
      "attachment aws-managed:AdministratorAccess#policy",
      `attachment ${ID}:ANPAREADREPORTS#policy`,
      `inline ${set}/inline/permission-set#policy`,
    ]);
  });
});

describe("every file", () => {
  const steps = STEPS.filter(({ id }) => id !== "credential-report");

  test.each(steps.map((step) => [step.file, step.provides] as const))(
    "%s that was not given is skipped coverage",
    async (file, provides) => {
      const records = await recordsOf(nothingBut({}));
      for (const kind of provides)
        expect(rows(records, kind)).toContainEqual(expect.stringContaining(`(${file} was not given)`));
    },
  );

  test.each(steps.map((step) => [step.file]))("%s with something else in it is named with its place", async (file) => {
    await expect(recordsOf(nothingBut({ [file]: '{"x": 7' }))).rejects.toMatchObject({
      code: "json-cut",
      place: { file: expect.stringContaining(file), line: 1 },
    });
    await expect(recordsOf(nothingBut({ [file]: '"hello"' }))).rejects.toMatchObject({
      kind: "input-file",
      code: "json-shape",
      place: { file: expect.stringContaining(file) },
    });
  });

  test.each([
    ["access-keys.json", { "robin.example": "AKIA" }, "/robin.example"],
    ["access-keys.json", { "robin.example": [{ AccessKeyId: "AKIAX" }, 7] }, "/robin.example/1"],
    ["access-keys.json", { "a/b": { AccessKeyMetadata: {} } }, "/a~1b/AccessKeyMetadata"],
    ["access-keys.json", { AccessKeyMetadata: [{ AccessKeyId: "AKIAX" }] }, "/AccessKeyMetadata/0"],
    ["login-profiles.json", { "robin.example": 1 }, "/robin.example"],
    ["server-certificates.json", [1], "/0"],
    ["identity-providers.json", { oidc: {} }, "/oidc"],
    ["organization.json", { targets: [1] }, "/targets/0"],
  ])("%s names the JSON pointer of what is wrong", async (file, content, pointer) => {
    await expect(recordsOf(nothingBut({ [file]: content }))).rejects.toMatchObject({
      code: "json-shape",
      place: { pointer },
    });
  });

  test("a report that is none is named", async () => {
    await expect(recordsOf(nothingBut({ "credential-report.csv": "name,age\nx,1\n" }))).rejects.toMatchObject({
      code: "not-the-report",
      place: { line: 1 },
    });
  });

  test.each([
    [
      "around each list",
      { "access-keys.json": { "robin.example": { AccessKeyMetadata: [{ AccessKeyId: "AKIAX", Status: "Active" }] } } },
    ],
    [
      "of one call",
      {
        "access-keys.json": {
          AccessKeyMetadata: [{ UserName: "robin.example", AccessKeyId: "AKIAX", Status: "Active" }],
        },
      },
    ],
  ])("the envelope %s is taken off", async (_name, files) => {
    expect(credential(await recordsOf(nothingBut(files)), `${ID}:AKIAX`)).toMatchObject({ holderId: ROBIN });
  });

  test("what the recording says of a step goes before its file", async () => {
    const steps = {
      [`aws/${TENANT}/access-keys`]: { state: "partial", reason: "throttled" },
      [`aws/${TENANT}/mfa-devices`]: { state: "denied", reason: "AccessDenied: iam:ListMFADevices" },
    };
    const records = await recordsOf({
      ...inTenant({ "credential-report.csv": undefined }),
      "recording.json": { format: 1, recordedAt: "2026-11-24T00:00:00Z", steps },
    });
    expect(rows(records, "access-key")).toEqual(["access-keys: partial (throttled)"]);
    expect(rows(records, "second-factor")).toEqual(["mfa-devices: denied (AccessDenied: iam:ListMFADevices)"]);
    expect(principal(records, ROBIN)?.secondFactor.known).toBe(false);
  });
});

describe("users that a file does not mention", () => {
  const alone = { "sam.example": [] };

  test("were not asked for: the credential report speaks for their keys", async () => {
    const records = await recordsOf(inTenant({ "access-keys.json": alone }));
    const keys = records.credentials.filter(({ kind, holderId }) => kind === "access-key" && holderId === ROBIN);
    expect(keys.length).toBeGreaterThan(0);
    expect(rows(records, "access-key")).toContain("access-keys: partial (1 user was not asked for)");
  });

  test("and for their passwords", async () => {
    const records = await recordsOf(inTenant({ "login-profiles.json": { "sam.example": null } }));
    const passwords = records.credentials.filter((one) => one.kind === "console-password" && one.holderId === ROBIN);
    expect(passwords.length).toBe(1);
    expect(rows(records, "console-password")).toContain("login-profiles: partial (1 user was not asked for)");
  });

  test("have services that nobody asked about", async () => {
    const records = await recordsOf(inTenant({ "service-last-accessed.json": {} }));
    expect(rows(records, "service-last-accessed")).toEqual([
      expect.stringMatching(/^service-last-accessed: partial \(\d+ users and roles were not asked for\)$/),
    ]);
  });
});

describe("half of Identity Center", () => {
  const whole = tenantFiles["identity-center.json"] as {
    readonly permissionSets: readonly Record<string, unknown>[];
    readonly [list: string]: unknown;
  };

  test("without its people it says so: an assignment to nobody known is not nobody", async () => {
    const { users: _, memberships: __, ...half } = whole;
    expect(rows(await recordsOf(inTenant({ "identity-center.json": half })), "identity-center")).toEqual([
      "identity-center: partial (users, memberships were not given)",
    ]);
  });

  test("without the policies of a permission set it says so", async () => {
    const permissionSets = whole.permissionSets.map(({ inline: _, ...set }) => set);
    expect(
      rows(await recordsOf(inTenant({ "identity-center.json": { ...whole, permissionSets } })), "identity-center"),
    ).toEqual([
      expect.stringMatching(/^identity-center: partial \(the policies of \d+ permission sets? were not given\)$/),
    ]);
  });
});

describe("documents that are odd", () => {
  test.each(["null", "[]", "3"])("a trust policy that is `%s` is one role's trouble, not the run's", async (text) => {
    const records = await recordsOf(
      inTenant({
        "account-authorization-details.json": {
          ...sweep,
          RoleDetailList: [...sweep.RoleDetailList, role("odd", "AROAODD", { AssumeRolePolicyDocument: text })],
        },
      }),
    );
    expect(records.principals.some(({ displayName }) => displayName === "odd")).toBe(true);
    const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
    expect(graph.parsed(`${ID}:AROAODD/trust`).known).toBe(false);
  });

  test("a member that stands there twice is still seen by whoever judges the policy", async () => {
    const text =
      '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Resource": "x"}}';
    const records = await recordsOf(
      inTenant({
        "account-authorization-details.json": {
          ...sweep,
          UserDetailList: [
            ...sweep.UserDetailList,
            user("dup", "AIDADUP", {
              UserPolicyList: [{ PolicyName: "x", PolicyDocument: encodeURIComponent(text) }],
            }),
          ],
        },
      }),
    );
    const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
    expect(graph.parsed(`${ID}:AIDADUP/inline/x`)).toEqual({
      known: false,
      why: "the policy document is not valid: /Statement/Resource: stands there twice",
    });
  });
});
