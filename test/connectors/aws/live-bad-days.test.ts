import { beforeAll, describe, expect, test } from "vitest";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/aws/bad-days.ts";
import { startFakeAws } from "../../fakes/aws/fake-aws.ts";
import { SEED } from "./fake-seed.ts";
import { collect, coverageOf, factsOf, openFake, openOver, signInForTests, STUBBORN } from "./open-fake.ts";

const SWEEP = "account-authorization-details";

/** Every call of reading, the step it belongs to, the service whose permission it needs and the kind that suffers. */
const CALLS = [
  ["GetAccountAuthorizationDetails", SWEEP, "iam", "principal"],
  ["GetPolicy", SWEEP, "iam", "policy"],
  ["GetPolicyVersion", SWEEP, "iam", "policy"],
  ["ListAccessKeys", "access-keys", "iam", "access-key"],
  ["GetAccessKeyLastUsed", "access-key-last-used", "iam", "access-key-last-used"],
  ["GetLoginProfile", "login-profiles", "iam", "console-password"],
  ["ListMFADevices", "mfa-devices", "iam", "second-factor"],
  ["ListSSHPublicKeys", "ssh-public-keys", "iam", "ssh-public-key"],
  ["ListServiceSpecificCredentials", "service-specific-credentials", "iam", "service-specific-credential"],
  ["ListSigningCertificates", "signing-certificates", "iam", "signing-certificate"],
  ["ListServerCertificates", "server-certificates", "iam", "server-certificate"],
  ["ListOpenIDConnectProviders", "identity-providers", "iam", "identity-provider"],
  ["GetOpenIDConnectProvider", "identity-providers", "iam", "identity-provider"],
  ["ListSAMLProviders", "identity-providers", "iam", "identity-provider"],
  ["GenerateCredentialReport", "credential-report", "iam", "root"],
  ["GetCredentialReport", "credential-report", "iam", "root"],
  ["GetAccountSummary", "account-summary", "iam", "root"],
  ["GetAccountPasswordPolicy", "password-policy", "iam", "password-policy"],
  ["GenerateServiceLastAccessedDetails", "service-last-accessed", "iam", "service-last-accessed"],
  ["GetServiceLastAccessedDetails", "service-last-accessed", "iam", "service-last-accessed"],
  ["DescribeOrganization", "organization", "organizations", "organization"],
  ["ListRoots", "organization", "organizations", "organization"],
  ["ListOrganizationalUnitsForParent", "organization", "organizations", "organization"],
  ["ListAccountsForParent", "organization", "organizations", "organization"],
  ["ListPoliciesForTarget", "organization", "organizations", "organization"],
  ["DescribePolicy", "organization", "organizations", "organization"],
  ["ListInstances", "identity-center", "sso", "identity-center"],
  ["ListPermissionSets", "identity-center", "sso", "identity-center"],
  ["DescribePermissionSet", "identity-center", "sso", "identity-center"],
  ["ListManagedPoliciesInPermissionSet", "identity-center", "sso", "identity-center"],
  ["ListCustomerManagedPolicyReferencesInPermissionSet", "identity-center", "sso", "identity-center"],
  ["GetInlinePolicyForPermissionSet", "identity-center", "sso", "identity-center"],
  ["GetPermissionsBoundaryForPermissionSet", "identity-center", "sso", "identity-center"],
  ["ListAccountsForProvisionedPermissionSet", "identity-center", "sso", "identity-center"],
  ["ListAccountAssignments", "identity-center", "sso", "identity-center"],
  ["ListUsers", "identity-center", "identitystore", "identity-center"],
  ["ListGroups", "identity-center", "identitystore", "identity-center"],
  ["ListGroupMemberships", "identity-center", "identitystore", "identity-center"],
] as const;

/** Steps that say less when another one was not answered, and are right to. */
const LEANING: Readonly<Record<string, readonly string[]>> = {
  "access-keys": ["access-key-last-used"],
  // Without the report nobody says when root was last used.
  "credential-report": ["account-summary"],
};

/** Calls with lists of more than one page, of the sample with one thing on each page. */
const PAGED = [
  "ListAccessKeys",
  "ListMFADevices",
  "ListSSHPublicKeys",
  "ListServiceSpecificCredentials",
  "ListSigningCertificates",
  "ListServerCertificates",
  "GetServiceLastAccessedDetails",
  "ListPoliciesForTarget",
  "ListOrganizationalUnitsForParent",
  "ListAccountsForParent",
  "ListPermissionSets",
  "ListManagedPoliciesInPermissionSet",
  "ListCustomerManagedPolicyReferencesInPermissionSet",
  "ListAccountsForProvisionedPermissionSet",
  "ListAccountAssignments",
  "ListUsers",
  "ListGroups",
  "ListGroupMemberships",
] as const;
const IAM_PAGED = PAGED.slice(0, 7);

/** Reads everything while every fifth call is refused. */
async function readThrottled(): Promise<{ readonly records: SnapshotRecords; readonly refusals: number }> {
  const fake = await startFakeAws(SEED, { pageSize: 500, badDays: { throttleEvery: 5 } });
  try {
    const session = await openOver(fake, { pace: STUBBORN, settings: { concurrency: 10 } });
    const records = await collect(session);
    await session.close();
    return { records, refusals: fake.throttled() };
  } finally {
    await fake.close();
  }
}

const rowOf = (call: string) => CALLS.find(([name]) => name === call) ?? CALLS[0];

describe("AWS on a bad day", () => {
  signInForTests();
  let calm: SnapshotRecords;
  let throttled: ReturnType<typeof readThrottled>;
  beforeAll(async () => {
    const fake = await startFakeAws(SEED);
    const session = await openOver(fake);
    calm = await collect(session);
    await session.close();
    await fake.close();
    // Each throttle is waited for as long as AWS asks, a second and more: that goes on beside the other cases.
    throttled = readThrottled();
    throttled.catch(() => {});
  });
  test("a calm day, with which the others are compared, lacks only what files alone can tell", () => {
    expect(calm.coverage.filter(({ state }) => state !== "complete").map(({ kind }) => kind)).toEqual([
      "resource-policy",
      "running-as",
      "web-identity-session",
    ]);
  });

  /** Rows of all steps that have nothing to do with the call. */
  const others = (records: SnapshotRecords, step: string) =>
    records.coverage
      .filter((row) => row.step !== step && LEANING[step]?.includes(row.step) !== true)
      // A row that only a gap brings: the credential report answers for what the calls per user did not.
      .filter((row) => calm.coverage.some(({ kind, step: of }) => kind === row.kind && of === row.step))
      .map(({ kind, step: of, state, items }) => [of, kind, state, items]);

  const withBadDays = async (
    bad: BadDays,
    options: Parameters<typeof openFake>[0] = {},
    only: readonly string[] = [],
  ) => {
    const { fake, session } = await openFake(options);
    fake.badDays = bad;
    return { fake, session, records: await collect(session, ...only) };
  };

  /** Why the kind is a gap. */
  const gapOf = (records: SnapshotRecords, call: string): string => {
    const [, step, , kind] = rowOf(call);
    const row = records.coverage.find((one) => one.step === step && one.kind === kind);
    expect(row?.state).toMatch(/^(?:denied|partial)$/);
    expect(row?.reason).toMatch(/\S/);
    return row?.reason ?? "";
  };

  /** The kind is a gap with a reason, and everything else is as on a calm day. */
  const expectOneGap = (records: SnapshotRecords, call: string): string => {
    const [, step] = rowOf(call);
    expect(others(records, step)).toEqual(others(calm, step));
    return gapOf(records, call);
  };

  describe.each(CALLS.slice(1))("%s", (call, step, service) => {
    test("refused: a gap that names the permission, and no other", async () => {
      const { records } = await withBadDays({ denied: [call] });
      expect(expectOneGap(records, call)).toContain(`AWS refused \`${service}:${call}\``);
    });

    test("broken, with AWS's error or a page of HTML: a gap, and no other", async () => {
      const failing = await withBadDays({ failing: [call] });
      expect(expectOneGap(failing.records, call)).toContain(`\`${service}:${call}\` failed`);
      const html = await withBadDays({ html: [call] }, {}, [step, "access-keys"]);
      const reason = gapOf(html.records, call);
      expect(reason).toContain(`\`${service}:${call}\` failed: AWS answered something that is not AWS's form`);
      expect(reason).not.toContain("<");
    });
  });

  test.each(["denied", "failing", "html"] as const)(
    "the sweep is %s: nobody is known, so nobody is asked for, and what needs no names is read",
    async (how) => {
      const { records, fake } = await withBadDays({ [how]: ["GetAccountAuthorizationDetails"] });
      expect(coverageOf(records, "principal").join()).toMatch(/^account-authorization-details: denied \(.*Details`/);
      for (const kind of ["access-key", "console-password", "second-factor", "ssh-public-key", "service-last-accessed"])
        expect(coverageOf(records, kind).join()).not.toContain(": complete");
      for (const kind of ["password-policy", "server-certificate", "identity-provider", "organization"])
        expect(coverageOf(records, kind).join()).toMatch(/: complete$/);
      expect(fake.calls.has("ListAccessKeys")).toBe(false);
    },
  );

  test.each([
    ["access-key", "ListAccessKeys"],
    ["access-key-last-used", "GetAccessKeyLastUsed"],
    ["service-last-accessed", "GenerateServiceLastAccessedDetails"],
  ])("%s refused for one of many is partial, with the number", async (kind, call) => {
    const { fake, session } = await openFake();
    let asked = 0;
    // Refused once, in the middle of many.
    Object.defineProperty(fake, "badDays", {
      get: () => {
        if (fake.calls.get(call) === 2) asked += 1;
        return fake.calls.get(call) === 2 ? { denied: [call] } : {};
      },
    });
    const records = await collect(session);
    expect(asked).toBeGreaterThan(0);
    expect(coverageOf(records, kind).join()).toMatch(
      new RegExp(`: partial \\(1 of \\d+ iam:${call} calls: AWS refused`),
    );
  });

  test("policies that may not be read leave users and roles whole", async () => {
    const { records } = await withBadDays({ denied: ["GetPolicy"] });
    expect(coverageOf(records, "policy").join()).toMatch(
      /: partial \(4 of 4 policies could not be read: AWS refused `iam:GetPolicy`; 4 policies that are attached/,
    );
    for (const kind of ["principal", "role-last-used", "access-key", "service-last-accessed"])
      expect(coverageOf(records, kind).join()).toMatch(/: complete$/);
    const admin = records.policies.find(({ name }) => name === "AdministratorAccess");
    expect(admin?.document.known).toBe(false);
  });

  test("a refused list of keys leaves their last use unknown, not empty and complete", async () => {
    const { records } = await withBadDays({ denied: ["ListAccessKeys"] });
    expect(coverageOf(records, "access-key-last-used")).toEqual([
      "access-key-last-used: skipped (the access keys are not known: AWS refused `iam:ListAccessKeys`)",
      "credential-report: complete",
    ]);
    // The report stands in: it knows the keys without their ids.
    expect(records.credentials.filter(({ id }) => id.includes("/access-key-")).length).toBe(4);
  });

  test.each(PAGED)("%s refused after the first page is never complete", async (call) => {
    const { records } = await withBadDays({ deniedAfterFirstPage: [call] }, { fake: { pageSize: 1 } });
    expect(expectOneGap(records, call)).toContain("AWS refused");
  });

  test("the sweep refused after the first page is partial, and so is all that was asked about it", async () => {
    const { records } = await withBadDays({ deniedAfterFirstPage: ["GetAccountAuthorizationDetails"] });
    // The first three users have nothing attached: they are kept all the same.
    expect(
      records.principals.filter(({ nativeType }) => nativeType === "iam-user").map(({ displayName }) => displayName),
    ).toEqual(["ada-example", "kai-lorem", "rex-awaiter"]);
    for (const kind of ["principal", "access-key", "access-key-last-used", "console-password", "ssh-public-key"])
      expect(coverageOf(records, kind)[0]).toMatch(/: partial \(.*AWS refused `iam:GetAccountAuthorizationDetails`/);
    expect(coverageOf(records, "password-policy")).toEqual(["password-policy: complete"]);
  });

  test("under a throttle on every fifth call nothing is lost", async () => {
    const { records, refusals } = await throttled;
    expect(refusals).toBeGreaterThan(20);
    expect(factsOf(records)).toEqual(factsOf(calm));
  });

  test("a throttle that does not end is a gap that says so", async () => {
    const { fake, session } = await openFake({ settings: { serviceLastAccessed: false } });
    fake.badDays = { throttleEvery: 1 };
    const records = await collect(session, "password-policy");
    expect(coverageOf(records, "principal")).toEqual([
      "account-authorization-details: denied (AWS kept throttling `iam:GetAccountAuthorizationDetails`)",
    ]);
    expect(coverageOf(records, "password-policy")).toEqual([
      "password-policy: denied (AWS kept throttling `iam:GetAccountPasswordPolicy`)",
    ]);
  });

  test("a connection that is cut in the middle of an answer is asked again, and nothing is lost", async () => {
    const cut = Object.fromEntries(CALLS.map(([call]) => [call, 1]));
    const { fake, records } = await withBadDays({ cut });
    expect(factsOf(records)).toEqual(factsOf(calm));
    // The page that was cut and the same page again.
    expect(fake.calls.get("GetPolicy")).toBe(5);
    expect(fake.calls.get("GetAccountPasswordPolicy")).toBe(2);
  });

  test.each(["GetAccountAuthorizationDetails", ...PAGED])(
    "%s naming the same page for ever is given up after a few calls, and is no complete list",
    async (call) => {
      const { fake, session } = await openFake();
      fake.badDays = { repeatToken: [call] };
      const records = await collect(session);
      expect(gapOf(records, call)).toContain("the provider named the same next page twice");
      // Ten principals are asked for at most, three pages each, and a look that finds a job unfinished.
      expect(fake.calls.get(call)).toBeLessThanOrEqual(40);
    },
  );

  test.each(["GetAccountAuthorizationDetails", ...IAM_PAGED])(
    "%s cut short without a next page is no complete list",
    async (call) => {
      const { records } = await withBadDays({ noMarker: [call] });
      expect(gapOf(records, call)).toContain("without naming its next page");
    },
  );

  test("credentials that AWS does not accept stop the opening with what to do", async () => {
    const fake = await startFakeAws(SEED, { badDays: { denied: ["GetCallerIdentity"] } });
    try {
      await expect(openOver(fake, { tenants: [{}] })).rejects.toMatchObject({ kind: "sign-in", code: "aws-sign-in" });
    } finally {
      await fake.close();
    }
  });
});
