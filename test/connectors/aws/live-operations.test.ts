import { describe, expect, test } from "vitest";
import type { ConnectorSession, Operation } from "../../../src/contracts/connector.ts";
import type { FakeAws } from "../../fakes/aws/fake-aws.ts";
import { byRole, collect, openFake, signInForTests, TWO_TENANTS } from "./open-fake.ts";
import { targetOf } from "../target-of.ts";
import { CLOSED, HOME, PAYMENTS } from "./fake-seed.ts";

/** Every change that may be made at AWS, with something of the sample it acts on. A key is named by its user and place. */
const CASES = [
  ["aws/deactivate-access-key", HOME, "ci-deployer", "key 2", "UpdateAccessKey"],
  ["aws/detach-managed-policy", HOME, "mia-sample", "policy read-sample-buckets", "DetachUserPolicy"],
  ["aws/detach-managed-policy", HOME, "ci-deployer", "policy ship-releases", "DetachUserPolicy"],
  ["aws/detach-managed-policy", HOME, "admins", "policy AdministratorAccess", "DetachGroupPolicy"],
  ["aws/detach-managed-policy", HOME, "app-server", "policy read-sample-buckets", "DetachRolePolicy"],
  ["aws/delete-inline-policy", HOME, "ci-deployer", "inline policy deploy", "DeleteUserPolicy"],
  ["aws/delete-inline-policy", HOME, "readers", "inline policy look-around", "DeleteGroupPolicy"],
  ["aws/delete-inline-policy", HOME, "app-server", "inline policy write-logs", "DeleteRolePolicy"],
  ["aws/remove-from-group", HOME, "ada-example", "group readers", "RemoveUserFromGroup"],
  ["aws/deactivate-access-key", PAYMENTS, "batch-robot", "key 1", "UpdateAccessKey"],
  ["aws/detach-managed-policy", PAYMENTS, "lia-invented", "policy SecurityAudit", "DetachUserPolicy"],
  ["aws/delete-inline-policy", PAYMENTS, "batch", "inline policy pay", "DeleteRolePolicy"],
  ["aws/remove-from-group", PAYMENTS, "lia-invented", "group admins", "RemoveUserFromGroup"],
] as const;
type Case = (typeof CASES)[number];

const operationOf = (session: ConnectorSession, id: string): Operation => {
  const operation = session.operation(id);
  if (operation === undefined) throw new Error(`there is no operation ${id}`);
  return operation;
};
const keysOf = (fake: FakeAws, tenant: string, user: string) => fake.tenant(tenant).users.get(user)?.keys ?? [];
const statesOf = (fake: FakeAws, tenant: string, user: string) => keysOf(fake, tenant, user).map((key) => key.Status);

/** The operation on a fake with one thing on each page, with its target, captured. */
async function captured([id, tenant, holder, what]: readonly [string, string, string, string, ...unknown[]]) {
  const { fake, session } = await openFake({
    tenants: TWO_TENANTS,
    settings: { organization: false, identityCenter: false, serviceLastAccessed: false },
    fake: { pageSize: 1 },
  });
  const records = await collect(session, "access-keys");
  const place = /^key (\d)$/.exec(what)?.[1];
  const subject = place === undefined ? what : (keysOf(fake, tenant, holder)[Number(place) - 1]?.AccessKeyId ?? "");
  const target = targetOf(
    { ...records, grants: records.grants.filter(({ tenantId }) => tenantId === `aws:${tenant}`) },
    holder,
    subject,
  );
  const operation = operationOf(session, id);
  const before = { [HOME]: fake.dump(HOME), [PAYMENTS]: fake.dump(PAYMENTS) };
  const found = await operation.capture(target);
  return {
    fake,
    session,
    operation,
    target,
    found,
    before,
    preImage: found.state === "present" ? found.preImage : null,
  };
}

const name = "%s in %s: %s, %s";

describe("changes at AWS", () => {
  signInForTests();

  test.each(CASES)(`${name}: capture, revoke and restore leave everything as it was`, async (...one) => {
    const [, tenant, , , call] = one;
    const { fake, operation, target, found, before, preImage } = await captured(one);
    const other = tenant === HOME ? PAYMENTS : HOME;
    expect(found.state).toBe("present");
    expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: false });
    expect(fake.dump(tenant)).toBe(before[tenant]);

    expect(await operation.revoke(target, preImage)).toEqual({
      state: "done",
      requestId: expect.stringMatching(/^fake-\d+$/),
    });
    expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: true });
    const after = fake.dump(tenant);
    expect(after).not.toBe(before[tenant]);
    // Made in the target's own tenant and nowhere else.
    expect(fake.dump(other)).toBe(before[other]);

    expect(await operation.revoke(target, preImage)).toEqual({ state: "already-absent" });
    expect(await operation.capture(target)).toEqual({ state: "already-absent" });
    expect(fake.dump(tenant)).toBe(after);
    expect(fake.calls.get(call)).toBe(1);

    expect(await operation.restore(target, preImage)).toMatchObject({ state: "done" });
    expect(await operation.restore(target, preImage)).toMatchObject({ state: "done" });
    expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: false });
    expect(fake.dump(tenant)).toBe(before[tenant]);
    expect(fake.dump(other)).toBe(before[other]);
  });

  test.each([
    ["the second of two", HOME, "ci-deployer", "key 2", ["Active", "Inactive"]],
    ["the first of two", PAYMENTS, "batch-robot", "key 1", ["Inactive", "Active"]],
  ] as const)("of two keys only the one that was meant is touched: %s", async (_which, tenant, user, what, after) => {
    const one = await captured(["aws/deactivate-access-key", tenant, user, what]);
    expect(statesOf(one.fake, tenant, user)).toEqual(["Active", "Active"]);
    await one.operation.revoke(one.target, one.preImage);
    expect(statesOf(one.fake, tenant, user)).toEqual(after);
    await one.operation.restore(one.target, one.preImage);
    expect(statesOf(one.fake, tenant, user)).toEqual(["Active", "Active"]);
  });

  test("a key is captured with the last use as it is at that moment", async () => {
    const stale = await captured(["aws/deactivate-access-key", PAYMENTS, "batch-robot", "key 1"]);
    expect(stale.found).toEqual({
      state: "present",
      preImage: { status: "Active" },
      lastUsedAt: { known: true, value: "2023-01-01T00:00:00Z" },
    });
    const never = await captured(["aws/deactivate-access-key", HOME, "ci-deployer", "key 2"]);
    expect(never.found).toMatchObject({ lastUsedAt: { known: true, value: "never" } });
    // Used after the scan: who captures again sees it.
    const keys = keysOf(never.fake, HOME, "ci-deployer");
    const second = keys[1];
    if (second === undefined) throw new Error("the sample has changed");
    keys[1] = {
      ...second,
      lastUsed: { LastUsedDate: new Date("2026-11-25T08:59:00Z"), ServiceName: "s3", Region: "x" },
    };
    expect(await never.operation.capture(never.target)).toMatchObject({
      lastUsedAt: { known: true, value: "2026-11-25T08:59:00Z" },
    });
    never.fake.badDays = { denied: ["GetAccessKeyLastUsed"] };
    expect(await never.operation.capture(never.target)).toMatchObject({
      state: "present",
      lastUsedAt: { known: false, why: "AWS refused `iam:GetAccessKeyLastUsed`" },
    });
  });

  test("an inline policy comes back to the letter, spaces and signs included", async () => {
    const one = await captured(["aws/delete-inline-policy", HOME, "ci-deployer", "inline policy deploy"]);
    const inline = one.fake.tenant(HOME).users.get("ci-deployer")?.inline;
    const text = '{ "Version": "2012-10-17",\n  "Id": "50% + é",  "Statement": [] }';
    inline?.set("deploy", text);
    const found = await one.operation.capture(one.target);
    if (found.state !== "present") throw new Error(found.state);
    await one.operation.revoke(one.target, found.preImage);
    expect(inline?.has("deploy")).toBe(false);
    await one.operation.restore(one.target, found.preImage);
    expect(inline?.get("deploy")).toBe(text);
  });

  test.each(CASES)(`${name}: what is gone already is an outcome, and nothing is changed`, async (...one) => {
    const { fake, operation, target, preImage } = await captured(one);
    const [, tenant, holder] = one;
    const state = fake.tenant(tenant);
    for (const map of [state.users, state.groups, state.roles]) map.delete(holder);
    const before = fake.dump(tenant);
    expect(await operation.capture(target)).toEqual({ state: "already-absent" });
    expect(await operation.revoke(target, preImage)).toEqual({ state: "already-absent" });
    expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: true });
    // A user that is gone has no keys to look at, and nothing is made anew.
    expect(await operation.restore(target, preImage)).toEqual({ state: "already-absent" });
    expect(fake.dump(tenant)).toBe(before);
  });

  test.each(CASES)(`${name}: a refused change says which permission lacks, and nothing is changed`, async (...one) => {
    const [, tenant, , , call] = one;
    const { fake, operation, target, preImage, before } = await captured(one);
    for (const [bad, why] of [
      [{ denied: [call] }, `AWS refused \`iam:${call}\``],
      [{ html: [call] }, `\`iam:${call}\` failed: AWS answered something that is not AWS's form`],
    ] as const) {
      fake.badDays = bad;
      expect(await operation.revoke(target, preImage)).toEqual({ state: "refused", why });
      expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: false });
    }
    expect(fake.dump(tenant)).toBe(before[tenant]);
  });

  const LOOKS: Readonly<Record<string, string>> = {
    UpdateAccessKey: "ListAccessKeys",
    DetachUserPolicy: "ListAttachedUserPolicies",
    DetachGroupPolicy: "ListAttachedGroupPolicies",
    DetachRolePolicy: "ListAttachedRolePolicies",
    DeleteUserPolicy: "GetUserPolicy",
    DeleteGroupPolicy: "GetGroupPolicy",
    DeleteRolePolicy: "GetRolePolicy",
    RemoveUserFromGroup: "ListGroupsForUser",
  };

  test.each(CASES.filter((one: Case) => one[1] === HOME))(
    `${name}: who may not look does not change`,
    async (...one) => {
      const [, tenant, , , call] = one;
      const look = LOOKS[call] ?? "";
      const { fake, operation, target, preImage, before } = await captured(one);
      fake.badDays = { denied: [look] };
      const why = `AWS refused \`iam:${look}\``;
      expect(await operation.capture(target)).toEqual({ state: "unreadable", why });
      expect(await operation.revoke(target, preImage)).toEqual({ state: "refused", why });
      expect(await operation.isGone(target, preImage)).toEqual({ known: false, why });
      expect(fake.calls.has(call)).toBe(false);
      expect(fake.dump(tenant)).toBe(before[tenant]);
    },
  );

  test.each([
    ["aws/detach-managed-policy", "ci-deployer", "policy ship-releases", "ListAttachedUserPolicies"],
    ["aws/remove-from-group", "ada-example", "group readers", "ListGroupsForUser"],
    ["aws/deactivate-access-key", "ci-deployer", "key 2", "ListAccessKeys"],
  ])("%s: a list that is not whole is no proof that it is gone", async (id, holder, what, look) => {
    const { fake, operation, target, preImage, before } = await captured([id, HOME, holder, what]);
    for (const bad of [{ noMarker: [look] }, { repeatToken: [look] }, { deniedAfterFirstPage: [look] }]) {
      fake.badDays = bad;
      expect((await operation.capture(target)).state).toBe("unreadable");
      expect((await operation.revoke(target, preImage)).state).toBe("refused");
      expect((await operation.isGone(target, preImage)).known).toBe(false);
    }
    expect(fake.dump(HOME)).toBe(before[HOME]);
  });

  test("a change whose answer was cut off is asked again, and has happened once", async () => {
    const { fake, operation, target, preImage, before } = await captured(CASES[0]);
    fake.badDays = { cut: { UpdateAccessKey: 1 } };
    expect(await operation.revoke(target, preImage)).toMatchObject({ state: "done" });
    expect(statesOf(fake, HOME, "ci-deployer")).toEqual(["Active", "Inactive"]);
    fake.badDays = {};
    await operation.restore(target, preImage);
    expect(fake.dump(HOME)).toBe(before[HOME]);
  });

  test("a detachment whose answer was cut off has happened all the same", async () => {
    const { fake, operation, target, preImage } = await captured(CASES[1]);
    fake.badDays = { cut: { DetachUserPolicy: 1 } };
    expect((await operation.revoke(target, preImage)).state).toMatch(/^(?:done|already-absent)$/);
    expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: true });
  });

  test("what only a rehearsal may do does not exist for the provider", async () => {
    const { session } = await openFake();
    for (const id of ["aws/delete-access-key", "aws/delete-login-profile"])
      expect(session.operation(id)).toBeUndefined();
    for (const [id] of CASES) expect(session.operation(id)?.manifest.rehearsalOnly).toBe(false);
  });

  test("a tenant that is not connected, or refused to be, is left alone", async () => {
    const { target } = await captured(CASES[0]);
    const { fake, session } = await openFake({ tenants: [{ tenant: HOME }, byRole(CLOSED)] });
    const operation = operationOf(session, "aws/deactivate-access-key");
    const before = [HOME, PAYMENTS, CLOSED].map((tenant) => fake.dump(tenant));
    const elsewhere = { ...target, tenantNativeId: PAYMENTS };
    const why = `the tenant \`${PAYMENTS}\` is not connected`;
    expect(await operation.capture(elsewhere)).toEqual({ state: "unreadable", why });
    expect(await operation.revoke(elsewhere, null)).toEqual({ state: "refused", why });
    expect(await operation.restore(elsewhere, null)).toEqual({ state: "refused", why });
    expect(await operation.isGone(elsewhere, null)).toEqual({ known: false, why });
    const refused = { ...target, tenantNativeId: CLOSED };
    expect((await operation.capture(refused)).state).toBe("unreadable");
    expect((await operation.revoke(refused, null)).state).toBe("refused");
    expect([HOME, PAYMENTS, CLOSED].map((tenant) => fake.dump(tenant))).toEqual(before);
  });
});
