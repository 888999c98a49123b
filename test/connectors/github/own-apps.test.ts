import { generateKeyPairSync } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import { OPERATION_MANIFESTS } from "../../../connectors/github/operations/manifests.ts";
import { parseGitHubSettings } from "../../../connectors/github/settings.ts";
import { needsSecond } from "../../../src/app/second-person.ts";
import type { ConnectorSession, Operation } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { guard } from "../../../src/revoke/guards.ts";
import { planRevocations } from "../../../src/revoke/plan.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { dumpState } from "../../fakes/github/github-state.ts";
import { watchSignIns } from "../../fakes/github/slices/own-apps.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, TOKEN } from "./open-fake.ts";
import { part, target } from "./operations-ground.ts";

const NODE_ID = "O_sample0001";
const NOW = "2026-11-20T08:00:00Z";
const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return {
    secret: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    open: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
};
const [CI, STRANGER, READER] = [pair(), pair(), pair()];

/** `sample-ci` of the sample, whose key we hold unless a test says otherwise. */
const CI_APP = { id: 3_000_001, privateKeyFrom: "CI_KEY" };
const ci = installation(4_000_001, "sample-ci");
/** The app we sign in with where a test says so. */
const reader = installation(4_000_099, "leastwise-reader");

function installation(id: number, slug: string) {
  const about = target({ principal: part("app", `installation-${id}`, slug) });
  return { ...about, tenantId: `github:${NODE_ID}`, tenantNativeId: NODE_ID };
}

interface Given {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly recordTo?: string;
  readonly bad?: BadDays;
  prepare?(fake: FakeGitHub): void;
}

async function open({ settings = {}, secrets = {}, recordTo, bad, prepare }: Given = {}) {
  const fake = await startFakeGitHub(bad);
  onTestFinished(() => fake.close());
  prepare?.(fake);
  watchSignIns(fake.state, { 3_000_001: CI.open, 99: READER.open });
  const known: Readonly<Record<string, string>> = { SAMPLE_TOKEN: TOKEN, CI_KEY: CI.secret, ...secrets };
  const asked: string[] = [];
  const said: string[] = [];
  const { organizations } = parseGitHubSettings({
    organizations: [
      {
        organization: "acme-sample",
        ...(settings !== undefined && "app" in settings ? {} : { tokenFrom: "SAMPLE_TOKEN" }),
        baseUrl: fake.url,
        ownApps: [CI_APP],
        ...settings,
      },
    ],
  });
  const environment = {
    clock: { now: () => NOW },
    secrets: {
      read(name: string) {
        asked.push(name);
        return known[name];
      },
    },
    log: { progress() {}, warn: (text: string) => void said.push(text) },
  };
  const session = await openLiveSession(organizations, { recordTo: recordTo ?? null }, environment, {
    throttled: false,
    second: 1,
  });
  const operation = (id: string): Operation => {
    const found = session.operation(`github/${id}`);
    if (found === undefined) throw new Error(`there is no live operation ${id}`);
    return found;
  };
  /** Requests that would change something. */
  const changes = () => fake.requests.filter((line) => !line.startsWith("GET") && !line.endsWith("/graphql"));
  return { fake, session, operation, asked, said, changes };
}

/** Signs in as an app that is installed in the organization itself. */
const AS_READER: Given = {
  settings: {
    app: { id: 99, privateKeyFrom: "READER_KEY" },
    ownApps: [CI_APP, { id: 99, privateKeyFrom: "READER_KEY" }],
  },
  secrets: { READER_KEY: READER.secret },
  prepare({ state }) {
    const [one] = state.installations;
    if (one !== undefined)
      state.installations.push({ ...one, id: 4_000_099, app_id: 99, app_slug: "leastwise-reader" });
  },
};

describe("an app whose key is named", () => {
  test("is suspended as itself, and captured, suspended and resumed is what it was; its key is read for the change only", async () => {
    const { fake, operation, asked, changes } = await open();
    const suspend = operation("suspend-app-installation");
    const before = dumpState(fake.state);
    const found = await suspend.capture(ci);
    if (found.state !== "present") throw new Error(`nothing to suspend: ${JSON.stringify(found)}`);
    expect(asked).not.toContain("CI_KEY");

    expect(await suspend.revoke(ci, found.preImage)).toMatchObject({ state: "done" });
    expect(fake.state.installations.find(({ id }) => id === 4_000_001)?.suspended_at).toBe(NOW);
    expect(await suspend.isGone(ci, found.preImage)).toEqual({ known: true, value: true });
    expect(await suspend.revoke(ci, found.preImage)).toEqual({ state: "already-absent" });

    expect(await suspend.restore(ci, found.preImage)).toMatchObject({ state: "done" });
    expect(await suspend.restore(ci, found.preImage)).toMatchObject({ state: "done" });
    expect(dumpState(fake.state)).toBe(before);
    const route = "/app/installations/4000001/suspended";
    expect(changes()).toEqual([`PUT ${route}`, `DELETE ${route}`]);
    expect(fake.problems).toEqual([]);
  });

  test.each<[string, Given["settings"] & {}, BadDays]>([
    ["where there is no enterprise", {}, {}],
    ["where a token is signed in with, which no enterprise lets", { enterprise: "acme" }, {}],
    [
      "where the app that is signed in with is none of the enterprise",
      { ...AS_READER.settings, enterprise: "acme" },
      { forbid: { "/enterprises/acme/apps": { status: 403, message: "Resource not accessible by integration" } } },
    ],
  ])("uninstalls itself %s, and does not come back", async (_name, settings, bad) => {
    const { fake, operation } = await open({ ...AS_READER, settings: { ownApps: [CI_APP], ...settings }, bad });
    const uninstall = operation("uninstall-own-app");
    const found = await uninstall.capture(ci);
    const preImage = found.state === "present" ? found.preImage : null;
    expect(await uninstall.revoke(ci, preImage)).toMatchObject({ state: "done" });
    expect(await uninstall.isGone(ci, preImage)).toEqual({ known: true, value: true });
    expect(fake.requests).toContain("DELETE /app/installations/4000001");
    const restored = await uninstall.restore(ci, preImage);
    expect(restored).toMatchObject({ state: "refused", why: expect.stringContaining("installed anew") });
    expect(fake.problems).toEqual([]);
  });

  test("an app of the enterprise uninstalls without anybody's key", async () => {
    const { operation, changes, asked } = await open({
      ...AS_READER,
      settings: { app: { id: 99, privateKeyFrom: "READER_KEY" }, ownApps: [], enterprise: "acme" },
    });
    expect(await operation("uninstall-app").revoke(ci, null)).toMatchObject({ state: "done" });
    expect(changes().at(-1)).toBe("DELETE /enterprises/acme/apps/organizations/acme-sample/installations/4000001");
    expect(asked).not.toContain("CI_KEY");
  });
});

describe("an app that cannot be signed in as", () => {
  const NAMED = "under `ownApps`";

  test.each<[string, string, Given, string]>([
    ["no key is named", "suspend-app-installation", { settings: { ownApps: [] } }, NAMED],
    [
      "no key is named, and no enterprise",
      "uninstall-app",
      { settings: { ownApps: [] } },
      "no enterprise is configured",
    ],
    [
      "no key is named, and a token is signed in with",
      "uninstall-app",
      { settings: { ownApps: [], enterprise: "acme" } },
      "a token cannot do it",
    ],
    [
      "another app's key is named only",
      "suspend-app-installation",
      { settings: { ownApps: [{ ...CI_APP, id: 3_000_002 }] } },
      "narrow its repositories instead",
    ],
    ["there is no such secret", "suspend-app-installation", { secrets: { CI_KEY: "" } }, "no private key in `CI_KEY`"],
    [
      "the secret is no key",
      "suspend-app-installation",
      { secrets: { CI_KEY: "-----BEGIN RSA PRIVATE KEY-----\nnot a key\n" } },
      "what `CI_KEY` holds is no RSA private key",
    ],
    [
      "the key is another app's",
      "suspend-app-installation",
      { secrets: { CI_KEY: STRANGER.secret } },
      "GitHub does not take the key that `ownApps` names for `sample-ci`",
    ],
  ])("is left alone, with the reason: %s, %s", async (_name, id, given, why) => {
    const { fake, operation } = await open(given);
    const before = dumpState(fake.state);
    const one = operation(id);
    expect(await one.revoke(ci, null)).toEqual({ state: "refused", why: expect.stringContaining(why) });
    expect(await one.isGone(ci, null)).toEqual({ known: true, value: false });
    expect(dumpState(fake.state)).toBe(before);
    expect(fake.problems).toEqual([]);
  });
});

/** What is planned for the installation of an app. */
function planned(records: SnapshotRecords, slug: string) {
  const graph = buildGraph({ ...records, asOf: NOW, asOfSource: "flag" });
  const app = records.principals.find(({ locator }) => locator === slug);
  const grant = records.grants.find(({ kind, principalId }) => kind === "installation" && principalId === app?.id);
  const wanted = {
    subjectKind: "grant" as const,
    subjectId: grant?.id ?? "",
    campaignId: null,
    decisionId: "decision-1",
    findingId: null,
    outcome: "revoke" as const,
    reason: "decided by its owner",
    noticeDays: 0,
  };
  const { revocations, byHand } = planRevocations(graph, [wanted], OPERATION_MANIFESTS, NOW);
  return { graph, revocation: revocations[0], byHand: byHand[0]?.why };
}

describe("what is planned for an app", () => {
  const suspendedAlready = (fake: FakeGitHub): void => {
    const [one] = fake.state.installations;
    if (one !== undefined) fake.state.installations[0] = { ...one, suspended_at: "2026-10-01T08:00:00Z" };
  };

  test.each<[string, string, Given, string, "A" | "C"]>([
    ["is suspended where its key is named", "sample-ci", {}, "suspend-app-installation", "A"],
    ["that is suspended already is uninstalled", "sample-ci", { prepare: suspendedAlready }, "uninstall-own-app", "C"],
  ])("one %s", async (_name, slug, given, operation, undoClass) => {
    const { session } = await open(given);
    const { revocation } = planned(await collect(session, "installations"), slug);
    expect(revocation).toMatchObject({ operation: `github/${operation}`, undoClass, simulated: false });
    if (revocation === undefined) throw new Error("nothing is planned");
    expect(needsSecond(revocation)).toBe(undoClass === "C");
  });

  test.each<[string, string, Given]>([
    ["whose key is not named", "sample-autofix", {}],
    ["where no key is named at all", "sample-ci", { settings: { ownApps: [] } }],
  ])("one %s is for people", async (_name, slug, given) => {
    const { session } = await open(given);
    const { revocation, byHand } = planned(await collect(session, "installations"), slug);
    expect(revocation).toBeUndefined();
    expect(byHand).toContain("GitHub lets only the app itself");
  });

  test("the same is planned from a recording, which need not hold the key", async () => {
    const recordTo = join(await temporaryFolder(), "recording");
    const { session } = await open({ recordTo });
    const live = await collect(session, "installations");
    const recorded = await github.open(
      { mode: "recorded", path: recordTo, workingCopy: false },
      { clock: { now: () => NOW }, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } },
    );
    const again = await collect(recorded, "installations");
    expect(again.principals).toEqual(live.principals);
    expect(planned(again, "sample-ci").revocation?.operation).toBe("github/suspend-app-installation");
  });

  test("the app that is signed in with is never touched: the guard stops it, and the connector refuses", async () => {
    const { fake, session, operation } = await open(AS_READER);
    const { graph, revocation } = planned(await collect(session, "installations"), "leastwise-reader");
    if (revocation === undefined) throw new Error("nothing is planned");
    const self = await session.self();
    const { allowed, stopped } = guard([revocation], { graph, self, protectedPatterns: [] });
    expect(allowed).toEqual([]);
    expect(stopped[0]?.why).toContain("itself signs in as this principal");

    const before = dumpState(fake.state);
    for (const id of ["suspend-app-installation", "uninstall-app", "uninstall-own-app"])
      expect(await operation(id).revoke(reader, null)).toEqual({
        state: "refused",
        why: "leastwise itself signs in as `leastwise-reader`: it never takes away its own access",
      });
    expect(dumpState(fake.state)).toBe(before);
  });

  test("a token of an app knows whom it belongs to, though it may not ask as the app", async () => {
    const { session } = await open({ secrets: { SAMPLE_TOKEN: "ghs_sampleTokenThatMustNotBeKept" } });
    expect(await session.self()).toEqual(["acme-leastwise-reader"]);
  });
});

describe("doctor, on the keys of further apps", () => {
  const aboutKeys = async (session: ConnectorSession) =>
    (await session.check()).filter(({ text }) => /CI_KEY|3000001|ownApps/.test(text));

  test.each<[string, Given, "ok" | "warning", string]>([
    ["one that works", {}, "ok", "the key in `CI_KEY` is that of the app `sample-ci`: it can be suspended"],
    [
      "one that is another app's",
      { secrets: { CI_KEY: STRANGER.secret } },
      "warning",
      "GitHub does not take the key in `CI_KEY`",
    ],
    ["one that is not there", { secrets: { CI_KEY: "" } }, "warning", "no private key in `CI_KEY`"],
    [
      "one of the app that is signed in with",
      { ...AS_READER, settings: { ...AS_READER.settings, ownApps: [{ id: 99, privateKeyFrom: "READER_KEY" }] } },
      "warning",
      "`ownApps` names the app 99 that is signed in with",
    ],
  ])("%s", async (_name, given, level, text) => {
    const { session } = await open(given);
    expect(await aboutKeys(session)).toEqual([expect.objectContaining({ level, text: expect.stringContaining(text) })]);
  });
});

describe("the settings of further apps", () => {
  const parse = (ownApps: unknown) => () =>
    parseGitHubSettings({ organizations: [{ organization: "acme-sample", ownApps }] });

  test.each([
    [
      "an app twice",
      [CI_APP, { ...CI_APP, privateKeyFrom: "OTHER" }],
      "connectors.github.organizations[0].ownApps`: names an app twice",
    ],
    ["a key in the file itself", [{ id: 1, privateKey: "x" }], "has no key `privateKey`"],
    ["no number", [{ id: "sample-ci", privateKeyFrom: "CI_KEY" }], "ownApps[0].id"],
  ])("%s is refused with its place", (_name, ownApps, words) => {
    expect(parse(ownApps)).toThrow(words);
  });
});

test("nothing of a key, nor of what is signed with it, is in what is said or written", async () => {
  const recordTo = join(await temporaryFolder(), "recording");
  const said: unknown[] = [];
  for (const secret of [CI.secret, STRANGER.secret, CI.secret.slice(0, 400)]) {
    const given = { secrets: { CI_KEY: secret }, recordTo };
    const { session, operation, said: logged } = await open(given);
    said.push(await collect(session, "installations"), await session.check(), logged);
    for (const id of ["suspend-app-installation", "uninstall-own-app"]) {
      const one = operation(id);
      said.push(await one.capture(ci), await one.revoke(ci, null), await one.restore(ci, null));
    }
  }
  const names = await readdir(recordTo, { recursive: true, withFileTypes: true });
  for (const file of names.filter((entry) => entry.isFile()))
    said.push(await readFile(join(file.parentPath, file.name), "utf8"));
  const text = JSON.stringify(said);
  expect(text).toContain("own_apps");
  const lines = [CI, STRANGER].flatMap(({ secret }) => secret.split("\n").filter((line) => line.length > 20));
  for (const line of [...lines, "PRIVATE KEY", "eyJ"]) expect(text).not.toContain(line);
});
