import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import type { ConnectorSession, Operation } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { describeTarget } from "../../../src/revoke/describe-target.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { dumpState } from "../../fakes/github/github-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, environmentWith, openFake, SAMPLE } from "./open-fake.ts";
import { targetOf } from "../target-of.ts";

/** Every change that may be made at GitHub, with something of the sample it acts on. */
const CASES = [
  ["github/remove-team-membership", "acme-rex-awaiter", "team platform"],
  ["github/remove-team-membership", "acme-kai-lorem", "team platform"],
  ["github/remove-team-repository", "legacy-tools", "write on acme-sample/payments-api"],
  ["github/remove-team-repository", "platform", "maintain on acme-sample/infrastructure"],
  ["github/remove-direct-collaborator", "acme-rex-awaiter", "admin on acme-sample/infrastructure"],
  ["github/delete-deploy-key", "acme-sample/archive-site", "old web server"],
  ["github/delete-deploy-key", "acme-sample/release-tools", "release machine"],
] as const;

const operationOf = (session: ConnectorSession, id: string): Operation => {
  const operation = session.operation(id);
  if (operation === undefined) throw new Error(`there is no operation ${id}`);
  return operation;
};

/** The operation on the fake, with its target, captured. */
async function captured(id: string, holder: string, what: string, bad: BadDays = {}) {
  const { session, fake } = await openFake();
  const target = targetOf(await collect(session), holder, what);
  fake.bad = bad;
  const operation = operationOf(session, id);
  const found = await operation.capture(target);
  return { fake, operation, target, found, preImage: found.state === "present" ? found.preImage : null };
}

describe("changes at GitHub", () => {
  test.each(CASES)(
    "%s of %s from %s: capture, revoke and restore bring the organization back",
    async (id, holder, what) => {
      const { fake, operation, target, found, preImage } = await captured(id, holder, what);
      const before = dumpState(fake.state);
      expect(found.state).toBe("present");
      expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: false });

      expect(await operation.revoke(target, preImage)).toEqual({ state: "done", requestId: "SAMPLE:1" });
      expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: true });
      expect(dumpState(fake.state)).not.toBe(before);
      expect(await operation.revoke(target, preImage)).toEqual({ state: "already-absent" });
      expect(await operation.capture(target)).toEqual({ state: "already-absent" });

      expect(await operation.restore(target, preImage)).toMatchObject({ state: "done" });
      expect(await operation.restore(target, preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(target, preImage)).toEqual({ known: true, value: false });
      expect(dumpState(fake.state)).toBe(before);
      expect(fake.problems).toEqual([]);
    },
  );

  test("a maintainer of a team comes back as one", async () => {
    const { preImage } = await captured("github/remove-team-membership", "acme-kai-lorem", "team platform");
    expect(preImage).toEqual({ role: "maintainer" });
  });

  test("an owner's direct permission is what was given, not what owners have anyway", async () => {
    const { session, fake } = await openFake();
    const rex = fake.state.members.find(({ node }) => node?.login === "acme-rex-awaiter");
    const edges = fake.state.collaborators.get("acme-sample/infrastructure");
    if (rex === undefined || edges?.[0] === undefined) throw new Error("the sample has changed");
    rex.role = "ADMIN";
    edges[0] = {
      ...edges[0],
      permission: "READ",
      permissionSources: [{ permission: "READ", roleName: "triage", source: { __typename: "Repository" } }],
    };
    const target = targetOf(await collect(session), "acme-rex-awaiter", "triage on acme-sample/infrastructure");
    const operation = operationOf(session, "github/remove-direct-collaborator");
    expect(await operation.capture(target)).toMatchObject({ state: "present", preImage: { permission: "triage" } });
    expect((await operation.revoke(target, {})).state).toBe("done");
    // GitHub lists the owner still; nothing is held directly any more.
    expect(await operation.isGone(target, {})).toEqual({ known: true, value: true });
  });

  test("a member of a child team is not a member of the parent", async () => {
    const { session } = await openFake();
    const records = await collect(session);
    const target = targetOf(records, "acme-rex-awaiter", "team platform");
    const parent = targetOf(records, "acme-ada-example", "team engineering").entitlement;
    const operation = operationOf(session, "github/remove-team-membership");
    expect(await operation.capture({ ...target, entitlement: parent })).toEqual({ state: "already-absent" });
  });

  test.each([
    ["github/remove-team-membership", "acme-rex-awaiter", "team platform", { goneTeam: "platform" }],
    [
      "github/remove-team-repository",
      "legacy-tools",
      "write on acme-sample/payments-api",
      { goneTeam: "legacy-tools" },
    ],
    [
      "github/remove-team-repository",
      "legacy-tools",
      "write on acme-sample/payments-api",
      { goneRepository: "acme-sample/payments-api" },
    ],
    [
      "github/remove-direct-collaborator",
      "acme-rex-awaiter",
      "admin on acme-sample/infrastructure",
      { goneRepository: "acme-sample/infrastructure" },
    ],
    [
      "github/remove-direct-collaborator",
      "acme-rex-awaiter",
      "admin on acme-sample/infrastructure",
      { hiddenRepository: "acme-sample/infrastructure" },
    ],
    [
      "github/delete-deploy-key",
      "acme-sample/archive-site",
      "old web server",
      { goneRepository: "acme-sample/archive-site" },
    ],
  ] as const)(
    "%s of %s, %s: a place that GitHub hides is unreadable, never proof that the access is gone",
    async (id, holder, what, bad) => {
      const { fake, operation, target, found } = await captured(id, holder, what, bad);
      const before = dumpState(fake.state);
      expect(found).toMatchObject({ state: "unreadable" });
      expect(await operation.isGone(target, null)).toMatchObject({ known: false });
      expect(await operation.revoke(target, null)).toMatchObject({ state: "refused" });
      expect(dumpState(fake.state)).toBe(before);
    },
  );

  test("a change that GitHub answers with not found, though the thing is there, is refused and not called gone", async () => {
    const { fake, operation, target, preImage } = await captured(
      "github/delete-deploy-key",
      "acme-sample/archive-site",
      "old web server",
    );
    const path = `/repos/acme-sample/archive-site/keys/${target.credential?.nativeId ?? ""}`;
    fake.bad = { forbid: { [path]: { status: 404, message: "Not Found" } } };
    expect(await operation.revoke(target, preImage)).toMatchObject({
      state: "refused",
      why: expect.stringContaining("may not change it"),
    });
  });

  test("a team that the identity provider fills is left to it, with its group's name", async () => {
    const { fake, operation, target, preImage } = await captured(
      "github/remove-team-membership",
      "acme-rex-awaiter",
      "team platform",
      { governed: { platform: "Platform crew" } },
    );
    const before = dumpState(fake.state);
    expect(await operation.revoke(target, preImage)).toEqual({
      state: "refused",
      why: "the identity provider's group `Platform crew` decides who is in team `platform`: take `acme-rex-awaiter` out of it there",
    });
    expect(dumpState(fake.state)).toBe(before);
  });

  test.each([
    ["github/remove-team-membership", "team platform"],
    ["github/remove-direct-collaborator", "admin on acme-sample/infrastructure"],
  ])("%s is not undone by inviting somebody who left in between", async (id, what) => {
    const { fake, operation, target, preImage } = await captured(id, "acme-rex-awaiter", what);
    await operation.revoke(target, preImage);
    fake.state.members.splice(
      fake.state.members.findIndex(({ node }) => node?.login === "acme-rex-awaiter"),
      1,
    );
    expect(await operation.restore(target, preImage)).toMatchObject({
      state: "refused",
      why: expect.stringContaining("would send an invitation"),
    });
    expect(fake.requests.filter((one) => one.startsWith("PUT"))).toEqual([]);
  });

  test("a key that somebody used meanwhile says so when it is captured", async () => {
    const { session, fake } = await openFake();
    const target = targetOf(await collect(session), "acme-sample/archive-site", "old web server");
    const [key] = fake.state.deployKeys.get("acme-sample/archive-site") ?? [];
    if (key === undefined) throw new Error("the sample has changed");
    key.last_used = "2026-11-19T08:00:00Z";
    expect(await operationOf(session, "github/delete-deploy-key").capture(target)).toMatchObject({
      lastUsedAt: { known: true, value: "2026-11-19T08:00:00Z" },
    });
  });

  test("a refusal is told in words", async () => {
    const { operation, target, preImage } = await captured(
      "github/delete-deploy-key",
      "acme-sample/archive-site",
      "old web server",
    );
    const { fake } = await openFake();
    expect(fake.problems).toEqual([]);
    expect(
      await operation.revoke({ ...target, tenantId: "github:O_elsewhere", tenantNativeId: "O_elsewhere" }, preImage),
    ).toEqual({
      state: "refused",
      why: "the organization `O_elsewhere` is not configured here",
    });
  });
});

describe("changes in rehearsal", () => {
  const open = (path: string, workingCopy: boolean) =>
    github.open({ mode: "recorded", path, workingCopy }, environmentWith());
  async function workingCopy(): Promise<string> {
    const folder = await temporaryFolder();
    await cp(SAMPLE, folder, { recursive: true });
    return folder;
  }
  const read = async (folder: string) => collect(await open(folder, false));

  test.each([
    ...CASES,
    ["github/remove-outside-collaborator", "acme-fin-contractor", "write on acme-sample/web"] as const,
  ])("%s of %s from %s works on a copy of a recording, and never on the recording itself", async (id, holder, what) => {
    const folder = await workingCopy();
    const before = await read(folder);
    const target = targetOf(before, holder, what);
    const original = operationOf(await open(folder, false), id);
    expect(await original.revoke(target, {})).toMatchObject({
      state: "refused",
      why: expect.stringContaining("never changed"),
    });
    expect(await read(folder)).toEqual(before);

    const operation = operationOf(await open(folder, true), id);
    const found = await operation.capture(target);
    if (found.state !== "present") throw new Error("nothing to revoke");
    expect(await operation.revoke(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: true });
    const without = await read(folder);
    expect([...without.grants, ...without.credentials].map(({ id: one }) => one)).not.toContain(target.subjectId);
    expect(without.coverage.map(({ state }) => state)).toEqual(before.coverage.map(({ state }) => state));
    expect(await operation.restore(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: false });
    if (id !== "github/delete-deploy-key") expect((await read(folder)).grants).toEqual(before.grants);
  });

  test("a deploy key that is put back has a new id, today's date and no use", async () => {
    const folder = await workingCopy();
    const target = targetOf(await read(folder), "acme-sample/release-tools", "release machine");
    const operation = operationOf(await open(folder, true), "github/delete-deploy-key");
    const found = await operation.capture(target);
    if (found.state !== "present") throw new Error("nothing to revoke");
    await operation.revoke(target, found.preImage);
    await operation.restore(target, found.preImage);
    const key = (await read(folder)).credentials.find(({ displayHint }) => displayHint === "release machine");
    expect(key?.id).not.toBe(target.subjectId);
    expect(key).toMatchObject({
      createdAt: { known: true, value: "2026-11-20T08:00:00Z" },
      lastUsedAt: { known: true, value: "never" },
      attributes: { readOnly: false },
    });
  });

  const rows = (read: Awaited<ReturnType<typeof collect>>) => ({
    grants: read.grants,
    principals: read.principals.map(({ id, attributes }) => ({ id, attributes })),
  });

  test.each([
    ["github/lower-direct-collaborator", "acme-rex-awaiter", "admin on acme-sample/infrastructure"],
    ["github/lower-team-repository", "platform", "maintain on acme-sample/infrastructure"],
    ["github/lower-organization-owner", "acme-ada-example", "organization owner"],
    ["github/suspend-app-installation", "sample-ci", "app sample-ci on all repositories"],
  ])(
    "%s of %s, %s, is rehearsed: less is there after it, and all of it again after its undo",
    async (id, holder, what) => {
      const folder = await workingCopy();
      const before = await read(folder);
      const target = targetOf(before, holder, what);
      const operation = operationOf(await open(folder, true), id);
      const found = await operation.capture(target);
      if (found.state !== "present") throw new Error("nothing to revoke");
      expect(await operation.revoke(target, found.preImage)).toEqual({ state: "done" });
      expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: true });
      expect(rows(await read(folder))).not.toEqual(rows(before));
      expect(await operation.restore(target, found.preImage)).toEqual({ state: "done" });
      expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: false });
      expect(rows(await read(folder))).toEqual(rows(before));
    },
  );

  test.each([
    ["github/uninstall-app", "sample-ci", "app sample-ci on all repositories", "by hand"],
    ["github/revoke-fine-grained-token", "", "6000001", "ask for access again"],
    ["github/cancel-organization-invitation", "newcomer-sample", "organization member", ""],
  ])("%s is rehearsed, and %s %s comes back only as GitHub lets it", async (id, holder, what, why) => {
    const folder = await workingCopy();
    const before = await read(folder);
    const [token] = before.credentials.filter(({ kind }) => kind === "fine-grained-token");
    const target = targetOf(before, holder, what === "6000001" ? (token?.nativeId ?? "") : what);
    const operation = operationOf(await open(folder, true), id);
    const found = await operation.capture(target);
    if (found.state !== "present") throw new Error("nothing to revoke");
    expect(await operation.revoke(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: true });
    const after = await read(folder);
    expect([...after.grants, ...after.credentials].map((row) => row.id)).not.toContain(target.subjectId);
    expect(await operation.restore(target, found.preImage)).toEqual(
      why === "" ? { state: "done" } : { state: "refused", why: expect.stringContaining(why) },
    );
    // An invitation that is sent anew is another one, to the same person.
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: why !== "" });
  });

  /** A selection of the sample: what is selected for, by the end of the entitlement's or the principal's id. */
  function selectionIn(records: Awaited<ReturnType<typeof collect>>, end: string, of: "entitlementId" | "principalId") {
    const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
    const grant = records.grants.find((one) => one.kind === "selection" && one[of].endsWith(end));
    const described = describeTarget(graph, "grant", grant?.id ?? "");
    if (described === undefined) throw new Error(`${end} is not in the sample`);
    return described.target;
  }

  test.each<[string, (records: Awaited<ReturnType<typeof collect>>) => RevocationTarget]>([
    ["remove-organization-role", (all) => targetOf(all, "acme-ike-dummyfield", "organization role ruleset-keeper")],
    ["remove-organization-role", (all) => targetOf(all, "security", "organization role all_repo_read")],
    ["narrow-secret", (all) => selectionIn(all, "/secret/actions/SIGNING_KEY#use", "entitlementId")],
    ["narrow-runner-group", (all) => selectionIn(all, ":runner-group-2#use", "entitlementId")],
    ["narrow-app-installation", (all) => selectionIn(all, ":installation-4000003", "principalId")],
  ])("%s is rehearsed on what was recorded, and undone exactly", async (name, find) => {
    const folder = await workingCopy();
    const before = await read(folder);
    const target = find(before);
    const operation = operationOf(await open(folder, true), `github/${name}`);
    const found = await operation.capture(target);
    if (found.state !== "present") throw new Error(`nothing to revoke: ${JSON.stringify(found)}`);
    expect(await operation.revoke(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: true });
    expect(await operation.revoke(target, found.preImage)).toEqual({ state: "already-absent" });
    expect((await read(folder)).grants.map((row) => row.id)).not.toContain(target.subjectId);
    expect(await operation.restore(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: false });
    expect((await read(folder)).grants).toEqual(before.grants);
  });

  test("a seat ends, and is billed again, in a rehearsal as at GitHub", async () => {
    const folder = await workingCopy();
    const before = await read(folder);
    const target = targetOf(before, "acme-cleo-sample", "Copilot seat");
    const operation = operationOf(await open(folder, true), "github/cancel-copilot-seat");
    expect((await operation.capture(target)).state).toBe("present");
    expect(await operation.revoke(target, {})).toEqual({ state: "done" });
    expect(await operation.isGone(target, {})).toEqual({ known: true, value: true });
    expect(await operation.restore(target, {})).toEqual({ state: "done" });
    expect((await read(folder)).grants).toEqual(before.grants);
  });

  test.each([
    ["remove-single-sign-on-authorization", "", "1500001", "nobody else can"],
    ["cancel-repository-invitation", "acme-ida-agency", "read on acme-sample/web-assets", ""],
  ])("%s is rehearsed, and its undo is what GitHub lets one do", async (name, holder, what, why) => {
    const folder = await workingCopy();
    const before = await read(folder);
    const target = targetOf(before, holder, what);
    const operation = operationOf(await open(folder, true), `github/${name}`);
    const found = await operation.capture(target);
    if (found.state !== "present") throw new Error("nothing to revoke");
    expect(await operation.revoke(target, found.preImage)).toEqual({ state: "done" });
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: true });
    expect(await operation.restore(target, found.preImage)).toEqual(
      why === "" ? { state: "done" } : { state: "refused", why: expect.stringContaining(why) },
    );
    expect(await operation.isGone(target, found.preImage)).toEqual({ known: true, value: why !== "" });
    if (why === "") expect((await read(folder)).grants.map(({ id }) => id)).toEqual(before.grants.map(({ id }) => id));
  });

  test("what a recording does not hold cannot be rehearsed, and is not called gone", async () => {
    const folder = await workingCopy();
    const target = targetOf(await read(folder), "acme-cleo-sample", "Copilot seat");
    await rm(join(folder, "github/acme-sample/copilot-seats.json"));
    const operation = operationOf(await open(folder, true), "github/cancel-copilot-seat");
    expect(await operation.capture(target)).toMatchObject({ state: "unreadable" });
    expect(await operation.isGone(target, {})).toMatchObject({ known: false });
    expect(await operation.revoke(target, {})).toMatchObject({ state: "refused" });
  });

  test("who leaves the organization leaves its teams and repositories, and coming back needs the person", async () => {
    const folder = await workingCopy();
    const before = await read(folder);
    const target: RevocationTarget = targetOf(before, "acme-rex-awaiter", "organization member");
    const operation = operationOf(await open(folder, true), "github/remove-organization-member");
    expect((await operation.revoke(target, {})).state).toBe("done");
    const after = await read(folder);
    expect(before.grants.filter(({ principalId }) => principalId === target.principal?.id).length).toBeGreaterThan(2);
    expect(after.grants.filter(({ principalId }) => principalId === target.principal?.id)).toEqual([]);
    expect(after.coverage.find(({ kind }) => kind === "member")?.state).toBe("complete");
    expect(await operation.restore(target, {})).toMatchObject({
      state: "refused",
      why: expect.stringContaining("invitation"),
    });
  });
});
