import { generateKeyPairSync } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import { parseGitHubSettings } from "../../../connectors/github/settings.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import type { SignInState } from "../../fakes/github/slices/sign-in.ts";
import { collect, coverageOf } from "./open-fake.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
/** As GitHub hands it out. */
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

async function open(key: string | undefined, prepare: (fake: FakeGitHub, state: SignInState) => void = () => {}) {
  const fake = await startFakeGitHub();
  onTestFinished(() => fake.close());
  prepare(fake, fake.state.slices["sign-in"] as SignInState);
  const { organizations } = parseGitHubSettings({
    organizations: [{ organization: "acme-sample", app: { id: 99, privateKeyFrom: "SAMPLE_KEY" }, baseUrl: fake.url }],
  });
  const environment = {
    clock: { now: () => "2026-11-20T08:00:00Z" },
    secrets: { read: (name: string) => (name === "SAMPLE_KEY" ? key : undefined) },
    log: { progress() {}, warn() {} },
  };
  return {
    fake,
    session: await openLiveSession(organizations, { recordTo: null }, environment, { throttled: false, second: 1 }),
  };
}

describe("signing in as a GitHub App", () => {
  test("its installation is found, a token is made for it, and the organization is read with that", async () => {
    const { fake, session } = await open(PEM);
    const records = await collect(session, "members", "teams");
    expect(coverageOf(records, "member")?.state).toBe("complete");
    expect(fake.requests).toContain("GET /orgs/acme-sample/installation");
    expect(fake.requests).toContain("POST /app/installations/4000099/access_tokens");
    // One token is enough for all of it.
    expect((fake.state.slices["sign-in"] as SignInState).tokens).toBe(1);
    expect(fake.problems).toEqual([]);
    expect(JSON.stringify(records)).not.toMatch(/ghs_|PRIVATE KEY/);
  });

  test("a key on one line is a key, as variables hold it", async () => {
    const { session } = await open(PEM.replaceAll("\n", "\\n"));
    expect(coverageOf(await collect(session, "members"), "member")?.state).toBe("complete");
  });

  test("it knows itself, so that it is never revoked", async () => {
    expect(await (await open(PEM)).session.self()).toEqual(["leastwise-reader"]);
  });

  test("doctor names the permissions it lacks and what will not be readable, and what no app is shown", async () => {
    const { session } = await open(PEM, (_fake, state) => void delete state.permissions["members"]);
    const lines = await session.check();
    expect(lines[0]).toMatchObject({ level: "ok", text: "`acme-sample` answers a GitHub App in `SAMPLE_KEY`" });
    expect(lines).toContainEqual({
      level: "warning",
      text: "the app lacks `members: read`",
      hint: expect.stringContaining("teams"),
    });
    expect(lines.map(({ text }) => text)).not.toContain("the app lacks `administration: read`");
    expect(lines).toContainEqual(
      expect.objectContaining({ hint: "GitHub shows them to classic tokens of an enterprise's owner" }),
    );
  });

  test("permissions without which the same is lost are one line", async () => {
    const { session } = await open(PEM, (_fake, { permissions }) => {
      for (const name of ["secrets", "organization_secrets", "organization_dependabot_secrets"])
        delete permissions[name];
    });
    const lost = (await session.check()).filter(({ hint }) => hint?.endsWith(": secrets (names and dates)") === true);
    expect(lost.map(({ text }) => text)).toEqual([
      "the app lacks `organization_secrets: read`, `organization_dependabot_secrets: read`, `secrets: read`",
    ]);
  });

  test.each([
    ["there is none", undefined, "settings", "there is no private key in `SAMPLE_KEY`"],
    [
      "it is something else",
      "-----BEGIN RSA PRIVATE KEY-----\nsecret\n",
      "sign-in",
      "`SAMPLE_KEY` holds is no RSA private key",
    ],
  ])(
    "a key is said to be missing or wrong before any call, without a part of it: %s",
    async (_name, key, kind, text) => {
      const error: unknown = await open(key).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind, message: expect.stringContaining(text) });
      expect(JSON.stringify(error)).not.toContain("secret\\n");
    },
  );

  test("an app that is not installed in the organization is said to be so", async () => {
    const opening = open(PEM, (_fake, state) => void (state.installed = false));
    await expect(opening).rejects.toMatchObject({
      kind: "sign-in",
      message: expect.stringContaining("is not installed"),
    });
  });
});
