import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import type { CredentialKind } from "../../../src/model/credential.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { startFakeAws, type FakeAws } from "../../fakes/aws/fake-aws.ts";
import { HOME, PAYMENTS, SEED } from "./fake-seed.ts";
import { collect, coverageOf, openFake, openOver, signInForTests } from "./open-fake.ts";

const value = <T>(observed: { readonly known: true; readonly value: T } | { readonly known: false }): T | "unknown" =>
  observed.known ? observed.value : "unknown";

describe("reading AWS, one thing on each page", () => {
  signInForTests();
  let fake: FakeAws;
  let session: ConnectorSession;
  let records: SnapshotRecords;
  beforeAll(async () => {
    fake = await startFakeAws(SEED, { pageSize: 1, polls: 2 });
    session = await openOver(fake);
    records = await collect(session);
  });
  afterAll(async () => {
    await session.close();
    await fake.close();
  });

  const namesOf = (nativeType: string): readonly string[] =>
    records.principals
      .filter((one) => one.nativeType === nativeType && one.tenantId === `aws:${HOME}`)
      .map(({ displayName }) => displayName)
      .sort();
  const credentialsOf = (kind: CredentialKind) => records.credentials.filter((one) => one.kind === kind);
  const nativeIds = (kind: CredentialKind): readonly string[] =>
    credentialsOf(kind)
      .map(({ nativeId }) => nativeId)
      .sort();
  const policyNamed = (name: string) => records.policies.find((one) => one.name === name && one.kind !== "trust");
  const nameOf = (id: string): string =>
    records.principals.find((one) => one.id === id)?.displayName ??
    records.entitlements.find((one) => one.id === id)?.displayName ??
    records.tenants.find((one) => one.id === id)?.name ??
    records.policies.find((one) => one.id === id)?.name ??
    id;
  const grantsOf = (kind: string): readonly string[] =>
    records.grants
      .filter((one) => one.kind === kind)
      .map(({ principalId, entitlementId }) => `${nameOf(principalId)} → ${nameOf(entitlementId)}`)
      .sort();
  const users = () => [...fake.tenant(HOME).users.values()];

  test("every user, group and role is there", () => {
    expect(namesOf("iam-user")).toEqual(
      users()
        .map(({ UserName }) => UserName)
        .sort(),
    );
    expect(namesOf("iam-group")).toEqual(["admins", "nobody", "readers", "robots"]);
    expect(namesOf("iam-role")).toEqual(["app-server", "of-payments", "release-pipeline"]);
    expect(coverageOf(records, "principal")).toEqual(["account-authorization-details: complete"]);
    const ci = records.principals.find(({ displayName }) => displayName === "ci-deployer");
    expect(ci?.locator).toBe(`arn:aws:iam::${HOME}:user/machines/ci-deployer`);
    expect(records.principals.find(({ displayName }) => displayName === "kai-lorem")?.tags).toEqual({
      known: true,
      value: { team: "sample" },
    });
    expect(records.principals.find(({ displayName }) => displayName === "app-server")?.lastUsedAt).toEqual({
      known: true,
      value: "2026-11-24T00:00:00Z",
    });
  });

  test("memberships, attachments and inline policies are what the tenant holds", () => {
    expect(grantsOf("membership").filter((text) => !text.includes("@"))).toEqual([
      "ada-example → group admins",
      "ada-example → group readers",
      "kai-lorem → group readers",
      "old-robot → group robots",
    ]);
    expect(grantsOf("inline")).toEqual([
      "Releases → inline policy of Releases",
      "app-server → inline policy write-logs",
      "ci-deployer → inline policy deploy",
      "ci-deployer → inline policy tidy",
      "readers → inline policy look-around",
    ]);
    expect(grantsOf("attachment").filter((text) => !/^(Administrator|Releases) /.test(text))).toEqual([
      "admins → policy AdministratorAccess",
      "app-server → policy read-sample-buckets",
      "ci-deployer → policy PowerUserAccess",
      "ci-deployer → policy ship-releases",
      "mia-sample → policy read-sample-buckets",
      "readers → policy ReadOnlyAccess",
    ]);
    const deploy = fake.tenant(HOME).users.get("ci-deployer")?.inline.get("deploy");
    expect(policyNamed("deploy")?.document).toEqual({ known: true, value: deploy });
  });

  test("a policy has the document of its default version, which need not be the newest", () => {
    const policy = policyNamed("read-sample-buckets");
    expect(policy?.versionId).toBe("v2");
    expect(policy?.document.known === true && JSON.parse(policy.document.value)).toMatchObject({
      Statement: [{ Action: ["s3:Get*", "s3:List*"] }],
    });
    expect(policyNamed("ship-releases")?.versionId).toBe("v1");
    expect(policyNamed("left-behind")?.document.known).toBe(true);
  });

  test("AWS's own policies that something names are fetched by name, a boundary nobody is attached to as well", () => {
    expect(
      records.policies
        .filter(({ kind }) => kind === "aws-managed")
        .map(({ name, document }) => [name, document.known])
        .sort(),
    ).toEqual([
      ["AdministratorAccess", true],
      ["PowerUserAccess", true],
      ["ReadOnlyAccess", true],
    ]);
    expect(policyNamed("ceiling")?.document.known).toBe(true);
    expect(coverageOf(records, "policy")).toEqual(["account-authorization-details: complete"]);
    expect(
      records.guardrails
        .filter(({ kind, targetKind }) => kind === "boundary" && targetKind === "principal")
        .map(({ targetId, policyId }) => `${nameOf(targetId)} ≤ ${nameOf(policyId)}`)
        .sort(),
    ).toEqual([
      "Releases ≤ PowerUserAccess",
      "ci-deployer ≤ ceiling",
      "release-pipeline ≤ ceiling",
      "zoe-placeholder ≤ ReadOnlyAccess",
    ]);
  });

  test("both keys of a user are there, each with its state and its last use", () => {
    const keys = users().flatMap((user) => user.keys);
    expect(nativeIds("access-key").filter((id) => id.startsWith("AKIA"))).toEqual(
      keys.map(({ AccessKeyId }) => AccessKeyId).sort(),
    );
    const shown = credentialsOf("access-key")
      .filter(({ attributes }) => attributes["userName"] !== "root")
      .map(({ status, lastUsedAt, lastUsedWhere }) => [value(status), value(lastUsedAt), lastUsedWhere]);
    expect(shown).toEqual([
      ["active", "2026-11-24T03:00:00Z", "s3 in eu-west-1"],
      ["active", "never", null],
      ["inactive", "2025-01-02T00:00:00Z", "s3 in eu-west-1"],
    ]);
  });

  test("passwords come with their last use, and users without one are known to have none", () => {
    expect(
      credentialsOf("console-password")
        .map(({ holderId, lastUsedAt }) => [nameOf(holderId ?? ""), value(lastUsedAt)])
        .sort(),
    ).toEqual([
      ["ada-example", "2026-11-20T08:00:00Z"],
      ["kai-lorem", "never"],
      ["zoe-placeholder", "2024-06-01T00:00:00Z"],
    ]);
    expect(coverageOf(records, "console-password")).toEqual(["login-profiles: complete"]);
  });

  test("second factors, SSH keys, service-specific credentials and certificates come whole", () => {
    const all = users();
    expect(nativeIds("mfa-device")).toEqual(all.flatMap((one) => one.mfaDevices.map((d) => d.SerialNumber)).sort());
    expect(nativeIds("ssh-public-key")).toEqual(all.flatMap((one) => one.sshKeys.map((k) => k.SSHPublicKeyId)).sort());
    expect(nativeIds("service-specific-credential")).toEqual(
      all.flatMap((one) => one.serviceCredentials.map((c) => c.ServiceSpecificCredentialId)).sort(),
    );
    expect(nativeIds("signing-certificate")).toEqual(
      all.flatMap((one) => one.certificates.map((c) => c.CertificateId)).sort(),
    );
    expect(
      credentialsOf("server-certificate")
        .map(({ displayHint, expiresAt }) => [displayHint, value(expiresAt)])
        .sort(),
    ).toEqual(["api-sample", "old-sample", "www-sample"].map((name) => [name, "2027-03-01T00:00:00Z"]));
    for (const kind of ["mfa-device", "ssh-public-key", "service-specific-credential", "signing-certificate"] as const)
      expect(nativeIds(kind).length).toBeGreaterThan(1);
    expect(records.principals.find(({ displayName }) => displayName === "ada-example")?.secondFactor).toEqual({
      known: true,
      value: true,
    });
    expect(records.principals.find(({ displayName }) => displayName === "kai-lorem")?.secondFactor).toEqual({
      known: true,
      value: false,
    });
  });

  test("OIDC and SAML providers are there, and who they let in", () => {
    expect(namesOf("oidc-provider")).toEqual(["builds.sample.example", "tokens.sample.example"]);
    expect(namesOf("saml-provider")).toEqual(["old-directory", "sample-directory"]);
    expect(
      records.principals.find(({ displayName }) => displayName === "builds.sample.example")?.attributes["clientIds"],
    ).toBe("one, two");
    expect(grantsOf("trust")).toContain("tokens.sample.example → assume role release-pipeline");
  });

  test("root is known by the credential report: no second factor, a key, its last use", () => {
    const root = records.principals.find(({ id }) => id === `aws:${HOME}:root`);
    expect(root?.secondFactor).toEqual({ known: true, value: false });
    expect(root?.lastUsedAt).toEqual({ known: true, value: "2026-10-01T00:00:00Z" });
    expect(root?.attributes["accessKeysPresent"]).toBe(1);
    expect(credentialsOf("access-key").filter(({ holderId }) => holderId === root?.id).length).toBe(1);
    expect(coverageOf(records, "root")).toEqual(["account-summary: complete", "credential-report: complete"]);
    // Asked for until it was finished, and fetched once.
    expect([fake.calls.get("GenerateCredentialReport"), fake.calls.get("GetCredentialReport")]).toEqual([3, 1]);
  });

  test("the password policy is what is set", () => {
    const policy = records.resources.find(({ kind }) => kind === "password-policy");
    expect(policy?.attributes).toMatchObject({ exists: true, minimumLength: 14, requireSymbols: true });
    expect(coverageOf(records, "password-policy")).toEqual(["password-policy: complete"]);
  });

  test("what each principal used comes whole from jobs that take their time", () => {
    const used = records.usage
      .filter(({ source }) => source === "service-last-accessed")
      .map(({ principalId, service, lastUsedAt }) => `${nameOf(principalId)} ${service} ${value(lastUsedAt)}`)
      .sort();
    expect(used).toEqual([
      "app-server logs 2026-11-24T00:00:00Z",
      "app-server s3 2026-11-24T00:00:00Z",
      "ci-deployer codedeploy 2026-11-23T00:00:00Z",
      "ci-deployer s3 2026-11-24T03:00:00Z",
      "ci-deployer sqs never",
      "mia-sample s3 never",
    ]);
    expect(coverageOf(records, "service-last-accessed")).toEqual(["service-last-accessed: complete"]);
  });

  test("the organization's tree comes whole, with the policies of every target", () => {
    const parents = records.relations
      .filter(({ kind }) => kind === "parent-of")
      .map(({ fromId, toId }) => `${fromId.split(":").pop()} > ${toId.split(":").pop()}`)
      .sort();
    expect(parents).toEqual([
      "ou-smpl-money > 222233334444",
      "ou-smpl-play > 333344445555",
      "ou-smpl-play > 444455556666",
      "ou-smpl-work > ou-smpl-money",
      "r-smpl > 111122223333",
      "r-smpl > ou-smpl-play",
      "r-smpl > ou-smpl-work",
    ]);
    const limits = records.guardrails
      .filter(({ kind }) => kind === "scp" || kind === "rcp")
      .map(({ kind, policyId, targetId }) => `${kind} ${nameOf(policyId)} on ${targetId.split(":").pop()}`)
      .sort();
    expect(limits).toEqual([
      "rcp only-our-own on ou-smpl-work",
      "scp FullAWSAccess on 222233334444",
      "scp FullAWSAccess on ou-smpl-money",
      "scp FullAWSAccess on ou-smpl-play",
      "scp FullAWSAccess on ou-smpl-work",
      "scp FullAWSAccess on r-smpl",
      "scp no-other-regions on 222233334444",
      "scp no-other-regions on ou-smpl-money",
      "scp stay on 222233334444",
      "scp stay on ou-smpl-work",
    ]);
    for (const policy of records.policies.filter(({ kind }) => kind === "scp" || kind === "rcp"))
      expect(policy.document.known).toBe(true);
    expect(coverageOf(records, "organization")).toEqual(["organization: complete"]);
  });

  test("Identity Center comes whole: people, groups, permission sets and who holds them where", () => {
    expect(namesOf("identity-center-user")).toEqual(["ada", "kai", "lia"].map((name) => `${name}@sample.example`));
    expect(namesOf("identity-center-group")).toEqual(["operations", "payments"]);
    expect(grantsOf("membership").filter((text) => text.includes("@"))).toEqual([
      "ada@sample.example → group operations",
      "kai@sample.example → group operations",
      "lia@sample.example → group payments",
    ]);
    expect(
      records.grants
        .filter(({ kind }) => kind === "assignment")
        .map(({ principalId, entitlementId, tenantId }) =>
          [nameOf(principalId), nameOf(entitlementId), tenantId].join(" | "),
        )
        .sort(),
    ).toEqual([
      `ada@sample.example | permission set Administrator | aws:${PAYMENTS}`,
      `kai@sample.example | permission set Releases | aws:${HOME}`,
      `lia@sample.example | permission set Administrator | aws:${HOME}`,
      `operations | permission set Administrator | aws:${HOME}`,
    ]);
    expect(grantsOf("attachment").filter((text) => /^(Administrator|Releases) /.test(text))).toEqual([
      "Administrator → policy AdministratorAccess",
      "Administrator → policy AdministratorAccess",
      "Administrator → policy ReadOnlyAccess",
      "Administrator → policy ReadOnlyAccess",
      "Releases → policy ceiling",
      "Releases → policy read-sample-buckets",
    ]);
    expect(coverageOf(records, "identity-center")).toEqual(["identity-center: complete"]);
  });

  test("who is an administrator follows from what was read", () => {
    const graph = buildGraph({ ...records, asOf: "2026-11-25T09:00:00Z", asOfSource: "flag" });
    const idOf = (name: string): string => records.principals.find((one) => one.displayName === name)?.id ?? "";
    expect(graph.adminGrants(idOf("ada-example"))).toMatchObject([{ state: "yes", how: "all-actions" }]);
    expect(graph.adminGrants(idOf("mia-sample")).filter(({ state }) => state === "yes")).toEqual([]);
  });

  test("nothing is asked twice that one answer holds, and what was asked is counted", () => {
    const asked = (operation: string): number => fake.calls.get(operation) ?? 0;
    // Users, groups, roles and policies come by the sweep alone, whatever their number.
    expect(asked("GetAccountAuthorizationDetails")).toBe(17);
    for (const operation of ["GetUser", "ListRoles", "ListGroups", "ListGroupsForUser", "ListAttachedUserPolicies"])
      // Identity Center has a `ListGroups` of its own: two groups, two pages.
      expect([operation, asked(operation)]).toEqual([operation, operation === "ListGroups" ? 2 : 0]);
    expect(asked("GetPolicy")).toBe(4);
    expect(asked("DescribePolicy")).toBe(4);
    expect(asked("GetLoginProfile")).toBe(users().length);
    expect(asked("GetAccessKeyLastUsed")).toBe(3);
    expect(asked("GenerateServiceLastAccessedDetails")).toBe(users().length + fake.tenant(HOME).roles.size);
    const sent = [...fake.calls.values()].reduce((sum, count) => sum + count, 0);
    // Signing in and the alias belong to no step.
    expect(records.runs.reduce((sum, run) => sum + run.calls, 0)).toBe(sent - 2);
  });

  test("the tenant is called by its alias, and the run by its own ARN", async () => {
    expect(session.steps[0]?.tenantName).toBe("sample-home");
    expect(await session.self()).toEqual([`arn:aws:iam::${HOME}:user/auditor`]);
  });
});

describe("other sights of AWS", () => {
  signInForTests();

  test("a tenant without a password policy is an answer, not a gap", async () => {
    const { fake, session } = await openFake();
    fake.tenant(HOME).passwordPolicy = undefined;
    const records = await collect(session, "password-policy");
    expect(coverageOf(records, "password-policy")).toEqual(["password-policy: complete"]);
    expect(records.resources.find(({ kind }) => kind === "password-policy")?.attributes).toMatchObject({
      exists: false,
      minimumLength: null,
    });
  });

  test("the sweep takes as many calls for a hundred users as its pages, no more", async () => {
    const { fake, session } = await openFake({ fake: { pageSize: 500 } });
    const tenant = fake.tenant(HOME);
    const [first] = tenant.users.values();
    if (first === undefined) throw new Error("the sample has changed");
    for (let n = 0; n < 100; n += 1)
      tenant.users.set(`crowd-${n}`, {
        ...first,
        UserName: `crowd-${n}`,
        UserId: `AIDACROWD${n}`,
        Arn: `${first.Arn}${n}`,
      });
    const records = await collect(session, "password-policy", "server-certificates", "account-summary");
    expect(records.principals.filter(({ nativeType }) => nativeType === "iam-user").length).toBe(107);
    expect(fake.calls.get("GetAccountAuthorizationDetails")).toBe(1);
    expect([...fake.calls.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(20);
  });

  test("what is switched off in the settings is said to be, and not asked for", async () => {
    const { fake, session } = await openFake({
      settings: { organization: false, identityCenter: false, serviceLastAccessed: false },
    });
    const records = await collect(session);
    expect(coverageOf(records, "organization")).toEqual([
      "organization: skipped (`organization` is not switched on in the configuration)",
    ]);
    expect(coverageOf(records, "identity-center")).toEqual([
      "identity-center: skipped (`identityCenter` is not switched on in the configuration)",
    ]);
    expect(coverageOf(records, "service-last-accessed")).toEqual([
      "service-last-accessed: skipped (`serviceLastAccessed` is switched off in the configuration)",
    ]);
    for (const operation of ["ListRoots", "ListInstances", "GenerateServiceLastAccessedDetails"])
      expect(fake.calls.has(operation)).toBe(false);
  });

  test("the forecast rests on the tenant's own numbers", async () => {
    const { session } = await openFake();
    expect((await session.forecast()).basis).toBe(`${HOME}: 7 users, 3 roles`);
    const { fake, session: small } = await openFake();
    fake.tenant(HOME).users.clear();
    for (const name of ["of-payments", "release-pipeline"]) fake.tenant(HOME).roles.delete(name);
    expect((await small.forecast()).basis).toBe(`${HOME}: 0 users, 1 role`);
  });
});
