import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { columns, plain, Tell } from "../../src/cli/tell.ts";
import { AuditError, type AuditErrorKind } from "../../src/model/audit-error.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, Listening, runCli, testWorld } from "./run-cli.ts";

const clock = new HandClock("2026-11-20T10:00:00Z");
const world = testWorld(clock);
const DETAILS = join(ACME, "aws/222233334444/account-authorization-details.json");

describe("mistakes of the person", () => {
  test.each([
    [
      "an unknown command",
      ["scna"],
      ["error: unknown command 'scna'", "Did you mean scan?", "hint: `leastwise --help` lists the commands"],
    ],
    ["an unknown option", ["scan", "--jsno", "x"], ["error: unknown option '--jsno'", "--json"]],
    ["a missing argument", ["scan"], ["error: missing required argument 'path'"]],
    [
      "a choice that is none",
      ["scan", DETAILS, "--fail-on", "hihg"],
      ["'hihg' is invalid", "critical, high, medium, low"],
    ],
    [
      "a file that is not there",
      ["scan", "nothing/here.json"],
      [
        "error: nothing/here.json: `nothing/here.json` does not exist",
        "  hint: give the file that `aws iam get-account-authorization-details` printed",
      ],
    ],
    [
      "a date that is none",
      ["scan", DETAILS, "--as-of", "30.11.2026"],
      ["error: `30.11.2026` is not a date", "  hint: write it as 2026-11-30 or 2026-11-30T08:00:00Z"],
    ],
    ["a day that does not exist", ["scan", DETAILS, "--as-of", "2026-02-30"], ["error: `2026-02-30` is not a date"]],
    [
      "a configuration that is not there",
      ["--config", "nothing.yaml", "scan", DETAILS],
      ["error: there is no configuration `nothing.yaml`", "  hint: "],
    ],
    [
      "a name that nobody has, with where it was looked for",
      ["explain", "nobody", "--from", DETAILS],
      [
        `error: there is no finding, principal, repository, credential, person or tenant \`nobody\` in \`${DETAILS}\``,
        "  hint: ",
      ],
    ],
    [
      "the end of a key id that two have",
      ["explain", "...0005", "--from", ACME],
      ["`...0005` fits 2 credentials: …0005 of odo.amet, …0005 of experiment-runner", "  hint: give the whole id"],
    ],
    ["a verb that is none", ["review", "opne"], ["unknown command 'opne'", "  hint: `leastwise review --help` lists"]],
    [
      "an option that a verb does not have",
      ["evidence", "verify", "--jsno", "x"],
      ["unknown option '--jsno'", "  hint: `leastwise evidence verify --help` shows how it is called"],
    ],
    ["an archive that is not there", ["evidence", "verify", "nothing.zip"], ["nothing.zip"]],
  ])("%s is said in words and ends with 2, and nothing is answered", async (_name, args, words) => {
    const { code, out, err } = await runCli(args, world);
    expect(code).toBe(2);
    expect(out).toBe("");
    for (const word of words) expect(err).toContain(word);
    expect(err).not.toMatch(/\bat .*\.ts:\d+|AuditError|this is a bug/);
  });

  test.each([
    ["findings", []],
    ["diff", ["snap-0"]],
    ["review", ["open"]],
    ["explain", ["robin"]],
  ])("%s in an empty data directory says what to run first", async (command, rest) => {
    const { code, err } = await runCli(["--data", await temporaryFolder(), command, ...rest], world);
    expect(code).toBe(2);
    expect(err).toContain("error: there is no snapshot yet\n  hint: run `leastwise collect` first");
  });

  test("a rehearsal without recorded answers says what it needs", async () => {
    const { code, err } = await runCli(["--data", await temporaryFolder(), "revoke", "run", "--rehearse"], world);
    expect([code, err.split("\n")[0]]).toEqual([2, "error: a rehearsal needs recorded answers"]);
  });

  test("`review` and `evidence` without a verb show their help and end with 2", async () => {
    for (const command of ["review", "evidence"]) {
      const { code, err } = await runCli([command], world);
      expect(code).toBe(2);
      expect(err).toContain(`Usage: leastwise ${command}`);
    }
  });
});

describe("the exit code", () => {
  test.each<[AuditErrorKind, number]>([
    ["settings", 2],
    ["input-file", 2],
    ["sign-in", 3],
    ["permission", 3],
    ["provider-answer", 3],
    ["invariant", 70],
  ])("of an error of the kind %s is %i", async (kind, expected) => {
    const failing = testWorld(clock, {
      loadSettings: () =>
        Promise.reject(
          new AuditError(kind, "test", "the `thing` is broken", {
            hint: "mend it",
            place: { file: "leastwise.yaml", line: 3, column: 7 },
          }),
        ),
    });
    const { code, out, err } = await runCli(["snapshots", "--json"], failing);
    expect([code, out, err]).toEqual([
      expected,
      "",
      "error: leastwise.yaml:3:7: the `thing` is broken\n  hint: mend it\n",
    ]);
  });

  test("of anything unforeseen is 70, called our bug, with a way to report it", async () => {
    const failing = testWorld(clock, { loadSettings: () => Promise.reject(new TypeError("x is undefined")) });
    const { code, out, err } = await runCli(["snapshots"], failing);
    expect([code, out]).toEqual([70, ""]);
    expect(err).toContain("error: this is a bug in leastwise: TypeError: x is undefined");
    expect(err).toContain("hint: please report it");
  });

  test("a JSON pointer stands where there is no line", () => {
    const err = new Listening();
    new Tell(new Listening(), err).error(
      new AuditError("input-file", "x", "a policy is missing", { place: { file: "a.json", pointer: "/Policies/0" } }),
    );
    expect(err.text).toBe("error: a.json at /Policies/0: a policy is missing\n");
  });

  test.each([
    ["findings at the limit", "high", 1],
    ["findings above the limit", "low", 1],
  ])("of %s is 1", async (_name, limit, expected) => {
    expect((await runCli(["scan", DETAILS, "--fail-on", limit], world)).code).toBe(expected);
  });

  test("of findings below the limit, or without a limit, is 0", async () => {
    expect((await runCli(["scan", DETAILS], world)).code).toBe(0);
    const quiet = join(await temporaryFolder(), "sweep.json");
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    };
    const role = {
      Path: "/",
      RoleName: "sample",
      RoleId: "AROASAMPLE",
      Arn: "arn:aws:iam::111122223333:role/sample",
      CreateDate: "2026-11-01T00:00:00Z",
      AssumeRolePolicyDocument: trust,
      RoleLastUsed: { LastUsedDate: "2026-11-19T00:00:00Z" },
    };
    await writeFile(
      quiet,
      JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [role], Policies: [] }),
    );
    const { code, err } = await runCli(["scan", quiet, "--fail-on", "high"], world);
    expect([code, err]).toEqual([0, ""]);
  });

  test("of help and version is 0, on standard output", async () => {
    expect(await runCli(["--version"], world)).toEqual({ code: 0, out: "1.2.3\n", err: "" });
    const help = await runCli(["--help"], world);
    expect([help.code, help.err]).toEqual([0, ""]);
    for (const command of [
      "scan",
      "init",
      "doctor",
      "permissions",
      "collect",
      "snapshots",
      "diff",
      "findings",
      "explain",
      "reports",
      "review",
      "revoke",
      "evidence",
      "demo",
    ]) {
      expect(help.out).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    }
  });
});

describe("what goes where", () => {
  test("`--json` prints one document on standard output; files written are told on standard error", async () => {
    const csv = join(await temporaryFolder(), "findings.csv");
    const { code, out, err } = await runCli(["scan", DETAILS, "--json", "--csv", csv], world);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { schema: string }).schema).toBe("leastwise/findings@1");
    expect(out.trimStart().startsWith("{")).toBe(true);
    expect(err).toBe(`wrote ${csv}\n`);
  });

  test("the same scan twice prints the same bytes", async () => {
    const scan = () => runCli(["scan", ACME, "--json"], world);
    expect(await scan()).toEqual(await scan());
  });

  test("the list on the terminal names how many more there are, `--all` lists them", async () => {
    const some = await runCli(["scan", ACME], world);
    const all = await runCli(["scan", ACME, "--all"], world);
    expect(some.out).toMatch(/… and \d+ more: --all lists them/);
    expect(all.out).not.toContain("more: --all");
    expect(all.out.split("\n").length).toBeGreaterThan(some.out.split("\n").length);
  });

  test("progress is shown on a terminal, gone before an answer, and never in a file", () => {
    const [out, terminal, file] = [new Listening(), new Listening(true), new Listening()];
    const tell = new Tell(out, terminal);
    tell.progress("reading 1 of 2");
    tell.answer("done");
    expect(terminal.text).toBe("reading 1 of 2\r\u001b[K");
    expect(out.text).toBe("done\n");
    new Tell(out, file).progress("reading 1 of 2");
    expect(file.text).toBe("");
  });

  test("what a secret reader knows is taken out of every word for people", () => {
    const err = new Listening(true);
    const tell = new Tell(new Listening(), err, (text) => text.replaceAll("s3cret-value", "[redacted]"));
    tell.say("a s3cret-value");
    tell.warn("b s3cret-value");
    tell.progress("c s3cret-value");
    tell.error(new Error("d s3cret-value"));
    expect(err.text).not.toContain("s3cret-value");
    expect(err.text.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test("a provider's words cannot write over the terminal", () => {
    expect(plain("a\u001b[2Jb\u0007c\u202Ed\re")).toBe("a�[2Jb�c�d�e");
  });

  test("columns line up and leave no blanks at the end", () => {
    expect(
      columns([
        ["a", "bb", "c"],
        ["aaa", "b", ""],
      ]),
    ).toBe("a    bb  c\naaa  b");
  });
});

describe("what commands write", () => {
  test("`init` writes a configuration that can be read back, once", async () => {
    const folder = await temporaryFolder();
    const files = world.files;
    const at = (path: string): string => join(folder, path);
    const there = testWorld(clock, {
      files: {
        ...files,
        exists: (path) => files.exists(at(path)),
        write: (path, content) => files.write(at(path), content),
      },
    });
    const { code, out, err } = await runCli(["init"], there);
    expect([code, out, err]).toEqual([
      0,
      "wrote leastwise.yaml and leastwise.schema.json\n",
      "next: uncomment and fill in a connector in leastwise.yaml, then `leastwise doctor`\n",
    ]);
    expect((await readdir(folder)).sort()).toEqual(["leastwise.schema.json", "leastwise.yaml"]);
    expect((await runCli(["--config", at("leastwise.yaml"), "scan", DETAILS], world)).code).toBe(0);
    const again = await runCli(["init"], there);
    expect([again.code, again.err]).toEqual([
      2,
      "error: `leastwise.yaml` is there already\n  hint: edit it, or replace it with --force\n",
    ]);
    expect((await runCli(["init", "--force"], there)).code).toBe(0);
  });

  test("the policies that `permissions` prints allow what the operations need, read and revoke apart", async () => {
    const actions = async (part: string): Promise<string[]> => {
      const { out } = await runCli(["permissions", "--aws-policy", part], world);
      return (JSON.parse(out) as { Statement: { Action: string[]; Effect: string }[] }).Statement.flatMap(
        ({ Action, Effect }) => (Effect === "Allow" ? Action : []),
      );
    };
    const [read, revoke] = [await actions("read"), await actions("revoke")];
    expect(read).toContain("iam:GetAccountAuthorizationDetails");
    expect(read.filter((action) => !/:(Get|List|Describe|Generate|BatchGet)/.test(action))).toEqual([]);
    expect(revoke).toEqual(
      expect.arrayContaining(["iam:UpdateAccessKey", "iam:DetachUserPolicy", "iam:RemoveUserFromGroup"]),
    );
    // Deleting what cannot be put back is only rehearsed: nobody needs the permission.
    expect(revoke).not.toContain("iam:DeleteAccessKey");
    for (const list of [read, revoke]) expect(list).toEqual([...new Set(list)].sort());
  });

  test("the demo replaces what an earlier demo made, and nothing that is somebody's own", async () => {
    const folder = await temporaryFolder();
    const own = join(folder, "own");
    await mkdir(own);
    await writeFile(join(own, "thesis.txt"), "years of work");
    for (const args of [
      ["--out", own],
      ["--out", join(folder, "out"), "--keep", own],
    ]) {
      const { code, err } = await runCli(["demo", ...args], world);
      expect([code, err]).toEqual([
        2,
        `error: \`${own}\` is there already and was not made by the demo\n  hint: name a new folder\n`,
      ]);
    }
    expect(await readdir(own)).toEqual(["thesis.txt"]);

    // The demo's own folder beside it makes it no less somebody's own.
    const [out, kept] = [join(folder, "out"), join(folder, "kept")];
    expect((await runCli(["demo", "--out", out, "--keep", kept], world)).code).toBe(0);
    expect((await runCli(["demo", "--out", out, "--keep", own], world)).code).toBe(2);
    expect(await readdir(own)).toEqual(["thesis.txt"]);
    expect((await runCli(["demo", "--out", out, "--keep", kept], world)).code).toBe(0);
  });
});
