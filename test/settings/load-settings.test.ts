import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AuditError } from "../../src/model/audit-error.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { jsonSchema, loadSettings } from "../../src/settings/load-settings.ts";
import { parseSettings } from "../../src/settings/parse-settings.ts";
import { SETTINGS_TEMPLATE } from "../../src/settings/template.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

/** Writes a configuration into a folder of its own and loads it. */
async function load(text: string, environment: Record<string, string> = {}) {
  const folder = await temporaryFolder();
  const file = join(folder, "leastwise.yaml");
  await writeFile(file, text);
  return { folder, file, settings: await loadSettings(file, environment) };
}

describe("the configuration", () => {
  test("may be missing, empty or only comments: then the defaults hold", async () => {
    const folder = await temporaryFolder();
    await expect(loadSettings(join(folder, "none.yaml"), {})).rejects.toMatchObject({
      kind: "settings",
      code: "settings-missing",
    });
    for (const text of ["", "# nothing yet\n", "---\n", "{}", "thresholds:\nrevoke:\nreview:\nconnectors:\n"]) {
      const { settings, file } = await load(text);
      expect(settings).toEqual({ ...DEFAULT_SETTINGS, file });
    }
  });

  test("overrides what it names and leaves the rest", async () => {
    const { settings, folder, file } = await load(`
data: state
reports: /srv/reports
thresholds: { idleCredentialDays: 30 }
connectors:
  aws: { anything: [goes, 1] }
  roster:
review: { fallbackReviewer: security@example.com }
revoke:
  protected: ["arn:aws:iam::*:user/break-glass-*"]
  maximumPerRun: 5
  noticeDays: 3
  automatic:
    - { rule: idle-access-key, action: deactivate, noticeDays: 14 }
    - { rule: idle-access-key, action: deactivate }
`);
    expect(settings).toEqual({
      file,
      data: join(folder, "state"),
      reports: "/srv/reports",
      thresholds: { ...DEFAULT_THRESHOLDS, idleCredentialDays: 30 },
      connectors: { aws: { anything: ["goes", 1] }, roster: {} },
      review: { fallbackReviewer: "security@example.com", dueDays: 14 },
      revoke: {
        protected: ["arn:aws:iam::*:user/break-glass-*"],
        maximumPerRun: 5,
        killSwitch: false,
        noticeDays: 3,
        automatic: [
          { rule: "idle-access-key", action: "deactivate", noticeDays: 14 },
          { rule: "idle-access-key", action: "deactivate", noticeDays: 3 },
        ],
      },
    });
  });

  test("`LEASTWISE_DATA` wins over the file and over the default", async () => {
    expect((await load("data: state", { LEASTWISE_DATA: "/srv/data" })).settings.data).toBe("/srv/data");
    expect((await load("", { LEASTWISE_DATA: "elsewhere" })).settings.data).toBe("elsewhere");
    expect((await load("", { LEASTWISE_DATA: "" })).settings.data).toBe(".leastwise");
  });

  test("a kill switch that is a file is on while the file exists", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "leastwise.yaml");
    await writeFile(file, "revoke: { killSwitch: ./STOP }");
    expect((await loadSettings(file, {})).revoke.killSwitch).toBe(false);
    await writeFile(join(folder, "STOP"), "");
    expect((await loadSettings(file, {})).revoke.killSwitch).toBe(true);
    expect((await load("revoke: { killSwitch: true }")).settings.revoke.killSwitch).toBe(true);
  });

  test("a kill switch that cannot be looked at is on", async () => {
    const { settings } = await load(`revoke: { killSwitch: "${"x".repeat(300)}/${"y".repeat(5_000)}" }`);
    expect(settings.revoke.killSwitch).toBe(true);
  });
});

describe("bad input", () => {
  const bad: readonly (readonly [
    name: string,
    text: string,
    place: readonly [line: number, column: number],
    message: string,
    hint: string,
  ])[] = [
    [
      "an unknown key at the top, with the nearest one",
      "dta: x\n",
      [1, 1],
      "the configuration has no key `dta`",
      "did you mean `data`?",
    ],
    [
      "an unknown key inside a group",
      "revoke:\n  maximumPerRum: 3\n",
      [2, 3],
      "`revoke` has no key `maximumPerRum`",
      "did you mean `maximumPerRun`?",
    ],
    [
      "two letters that changed places",
      "thresholds:\n  keyAegDays: 3\n",
      [2, 3],
      "`thresholds` has no key `keyAegDays`",
      "did you mean `keyAgeDays`?",
    ],
    [
      "an unknown key inside a list",
      "revoke:\n  automatic:\n    - rule: idle-access-key\n      action: deactivate\n      notice: 3\n",
      [5, 7],
      "`revoke.automatic[0]` has no key `notice`",
      "`noticeDays`",
    ],
    [
      "a key that resembles nothing",
      "review:\n  colour: blue\n",
      [2, 3],
      "`review` has no key `colour`",
      "known here: `fallbackReviewer`, `dueDays`",
    ],
    [
      "a connector that does not exist",
      "connectors:\n  gitlab: {}\n",
      [2, 3],
      "`connectors` has no key `gitlab`",
      "did you mean `github`?",
    ],
    [
      "text where a number belongs",
      "thresholds:\n  keyAgeDays: ninety\n",
      [2, 15],
      "`thresholds.keyAgeDays` must be a whole number",
      "schema",
    ],
    [
      "a fraction of a day",
      "thresholds: { keyAgeDays: 1.5 }\n",
      [1, 27],
      "`thresholds.keyAgeDays` must be a whole number",
      "schema",
    ],
    [
      "no days at all",
      "thresholds: { keyAgeDays: 0 }\n",
      [1, 27],
      "`thresholds.keyAgeDays` must be at least 1",
      "schema",
    ],
    [
      "too many days",
      "thresholds: { keyAgeDays: 99999 }\n",
      [1, 27],
      "`thresholds.keyAgeDays` must be at most 3650",
      "schema",
    ],
    [
      "deactivation before the finding",
      "thresholds:\n  idleCredentialDays: 60\n  deactivateCredentialDays: 50\n",
      [3, 29],
      "`thresholds.deactivateCredentialDays` cannot be used: must not be smaller than `idleCredentialDays`",
      "schema",
    ],
    [
      "fewer owners at most than at least",
      "thresholds:\n  maximumOwners: 1\n",
      [2, 18],
      "must not be smaller than `minimumOwners`",
      "schema",
    ],
    ["a group where text belongs", "data: { path: x }\n", [1, 7], "`data` must be text", "schema"],
    [
      "text where a list belongs",
      "revoke:\n  protected: break-glass\n",
      [2, 14],
      "`revoke.protected` must be a list",
      "schema",
    ],
    [
      "an automatic policy for another rule",
      "revoke:\n  automatic:\n    - { rule: idle-role, action: deactivate }\n",
      [3, 15],
      "`revoke.automatic[0].rule` must be `idle-access-key`",
      "schema",
    ],
    [
      "a kill switch that says yes in another YAML",
      "revoke:\n  killSwitch: yes\n",
      [2, 15],
      "`revoke.killSwitch` cannot be used: write `true` or `false`, or the path of a file",
      "schema",
    ],
    [
      "a kill switch in quotes",
      'revoke:\n  killSwitch: "true"\n',
      [2, 15],
      "`revoke.killSwitch` cannot be used",
      "schema",
    ],
    [
      "a kill switch that is a number",
      "revoke:\n  killSwitch: 1\n",
      [2, 15],
      "`revoke.killSwitch` must be `true`, `false` or the path of a file",
      "schema",
    ],
    ["a list instead of keys", "- data\n", [1, 1], "the configuration must be a group of keys", "schema"],
    ["plain text", "hello\n", [1, 1], "the configuration must be a group of keys", "schema"],
    [
      "a key that is there twice",
      "data: a\nreports: b\ndata: c\n",
      [3, 1],
      "not valid YAML: map keys must be unique",
      "indentation",
    ],
    ["quotes that never close", 'data: "abc\n', [2, 1], 'not valid YAML: missing closing "quote', "indentation"],
    ["a tab for indentation", "revoke:\n\tnoticeDays: 3\n", [2, 1], "not valid YAML", "indentation"],
    ["two documents in one file", "data: a\n---\ndata: b\n", [2, 1], "not valid YAML", "indentation"],
    [
      "anchors that unfold without end",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(10)}]\nc: &c [${"*b,".repeat(10)}]\nd: [${"*c,".repeat(10)}]\n`,
      [1, 1],
      "refers to itself too often",
      "anchors",
    ],
  ];

  test.each(bad)("%s is refused with its place", (_name, text, [line, column], message, hint) => {
    const refused = refusal(text);
    expect(refused).toBeInstanceOf(AuditError);
    expect(refused).toMatchObject({ kind: "settings", place: { file: "conf/leastwise.yaml", line, column } });
    expect(refused.message).toContain(message);
    expect(refused.hint).toContain(hint);
    expect(refused.message).not.toMatch(/^[A-Z]|[.\n]$/);
  });

  const secrets: readonly (readonly [name: string, secret: string, what: string])[] = [
    ["an access key id", `AKIA${"IOSFODNN7EXAMPLE"}`, "an AWS access key id"],
    ["a temporary access key id", `ASIA${"IOSFODNN7EXAMPLE"}`, "an AWS access key id"],
    ["a secret access key", "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY", "an AWS secret access key"],
    ["a personal token", `ghp_${"x1Y2".repeat(9)}`, "a GitHub token"],
    ["an app's token", `ghs_${"x1Y2".repeat(9)}`, "a GitHub token"],
    ["a fine-grained token", `github_pat_${"11AB_x".repeat(8)}`, "a GitHub token"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----", "a private key"],
    ["a private key of another kind", "-----BEGIN PRIVATE KEY-----", "a private key"],
    ["a signing key", "0123456789abcdef".repeat(4), "a signing key"],
  ];

  test.each(secrets)("%s in the file is refused with its place and never shown", (_name, secret, what) => {
    for (const text of [
      `data: x\nreports: "${secret}"\n`,
      `data: x\n# reports: ${secret}\n`,
      `data: x\ntoken: { : broken ${secret}\n`,
      `data: x\n${secret}: 1\n`,
    ]) {
      const refused = refusal(text);
      expect(refused).toMatchObject({
        kind: "settings",
        code: "secret-in-settings",
        message: `the configuration holds what looks like ${what}`,
        place: { line: 2 },
      });
      expect(
        JSON.stringify([refused.message, refused.hint, refused.place, refused.stack, refused.cause ?? null]),
      ).not.toContain(secret);
    }
  });

  test("a value in the wrong place is never repeated in the message", () => {
    const refused = refusal("thresholds:\n  keyAgeDays: hunter2-is-my-password\n");
    expect(JSON.stringify([refused.message, refused.hint])).not.toContain("hunter2");
  });

  test.each([
    ["a role's ARN", "arn:aws:iam::111122223333:role/LeastwiseReaderForOrganization2026"],
    ["a long path", "/srv/Compliance/Reports2026/quarterly/out"],
    ["forty characters of a path", "exports/Compliance2026/quarterly/reports"],
    ["a commit", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["a pattern", "arn:aws:iam::*:user/break-glass-*"],
    ["the name of a variable", "LEASTWISE_GITHUB_TOKEN"],
  ])("%s is no secret", (_name, text) => {
    expect(parseSettings(`revoke: { protected: ["${text}"] }`, "leastwise.yaml").revoke?.protected).toEqual([text]);
  });

  test.each([
    ["a folder", (file: string) => mkdir(file), "is a folder"],
    ["not UTF-8", (file: string) => writeFile(file, Buffer.from([0x64, 0x61, 0xff, 0xfe])), "is not UTF-8 text"],
  ])("a file that is %s is refused in words", async (_name, make, what) => {
    const file = join(await temporaryFolder(), "leastwise.yaml");
    await make(file);
    await expect(loadSettings(file, {})).rejects.toMatchObject({
      kind: "settings",
      message: expect.stringContaining(what) as string,
      place: { file },
    });
  });
});

describe("what `init` writes", () => {
  test("is a configuration that changes nothing", () => {
    const { connectors: _none, ...rest } = parseSettings(SETTINGS_TEMPLATE, "leastwise.yaml");
    expect(JSON.stringify(rest)).toBe('{"thresholds":null,"review":null,"revoke":null}');
  });

  test("is valid with every line uncommented, and names every setting", async () => {
    const open = SETTINGS_TEMPLATE.split("\n")
      .map((line) => line.replace(/^( *)# ( *(?:- )?[A-Za-z]+:(?: .*)?)$/, "$1$2"))
      .filter((line) => !/^ *#/.test(line))
      .join("\n");
    const parsed = parseSettings(open, "leastwise.yaml");
    expect(Object.keys(parsed).sort()).toEqual(["connectors", "data", "reports", "review", "revoke", "thresholds"]);
    expect(Object.keys(parsed.thresholds ?? {}).sort()).toEqual(Object.keys(DEFAULT_THRESHOLDS).sort());
    expect(Object.keys(parsed.revoke ?? {}).sort()).toEqual(Object.keys(DEFAULT_SETTINGS.revoke).sort());
    expect(Object.keys(parsed.review ?? {}).sort()).toEqual(Object.keys(DEFAULT_SETTINGS.review).sort());
    expect(Object.keys(parsed.connectors ?? {})).toEqual(["aws", "github", "roster"]);
    expect(parsed.connectors?.aws).toMatchObject({ tenants: [{ tenant: "111122223333" }], organization: true });
    expect(parsed.revoke?.automatic).toHaveLength(1);
  });

  test("the JSON Schema for editors knows every key and allows no other", async () => {
    const schema = (await jsonSchema()) as { properties: Record<string, unknown>; additionalProperties: boolean };
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
    expect(schema.additionalProperties).toBe(false);
    expect(JSON.stringify(schema)).toContain("CIS AWS 1.11");
  });
});

function refusal(text: string): AuditError {
  try {
    parseSettings(text, "conf/leastwise.yaml");
  } catch (error) {
    return error as AuditError;
  }
  throw new Error("the configuration was accepted");
}
