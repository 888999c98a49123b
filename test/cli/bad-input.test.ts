import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FindingsDocument } from "../../src/model/findings-document.ts";
import { sha256 } from "../../src/text/digest.ts";
import { HandClock } from "../app/fake-provider.ts";
import { describeWith } from "../fakes/needs-tool.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const DETAILS = "aws/222233334444/account-authorization-details.json";
const BIN = join(import.meta.dirname, "../../bin/leastwise.js");

/** A data directory in the middle of a review, with the sheets that are out: nothing below may change it. */
let folder: string;
const at = (...path: readonly string[]): string => join(folder, ...path);
const run = (...args: readonly string[]): Promise<CliRun> => runCli(["--data", at("data"), ...args], world);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  // What the sample leaves unread may end with 3: that is no mistake of the person.
  expect([0, 3]).toContain((await run("collect", "--from", ACME)).code);
  expect((await run("review", "open")).code).toBe(0);
  expect((await run("review", "export", "--out", at("sheets"))).code).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every file and folder with the hash of what is in it. */
async function everything(root: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length)] = entry.isFile() ? sha256(await readFile(path)) : "folder";
  }
  return found;
}

/** What is said in full: where, what, and what to do. `$` stands for the folder the input lies in. */
type Said = readonly [error: string, hint: string];

/** Runs the command and holds its words to our style; answers what was said and whether anything else was done. */
async function refused(place: string, args: readonly string[], said: Said): Promise<void> {
  const { code, out, err } = await run(...args);
  expect([code, out, err.replaceAll(place, "$")]).toEqual([2, "", `error: ${said[0]}\n  hint: ${said[1]}\n`]);
  expectOurStyle(said);
}

/** Lower case, no full stop, no stack. */
function expectOurStyle([error, hint]: Said): void {
  const sentence = error.replace(/^(?:\S+?(?::\d+)*(?: at \/\S*)?: )?/, "");
  expect(sentence).toMatch(/^[a-z`].*[^.]$/);
  // What is meant as code keeps its capitals.
  expect(hint).toMatch(/^[a-z`].*[^.]$/);
}

const sample = async (): Promise<Sweep> => JSON.parse(await readFile(join(ACME, DETAILS), "utf8")) as Sweep;

interface Sweep {
  readonly UserDetailList: { UserId: string; Arn: string }[];
  readonly Policies: { Arn: string; PolicyName: string; PolicyVersionList: { Document: unknown }[] }[];
}

const MAKE_IT = "make the file with `aws iam get-account-authorization-details > details.json`";

describe("a file of AWS that cannot be used", () => {
  test.each<[name: string, content: () => Promise<string | null>, said: Said]>([
    [
      "is not there",
      async () => null,
      [
        "$/details.json: `$/details.json` does not exist",
        "give the file that `aws iam get-account-authorization-details` printed, or a recording folder",
      ],
    ],
    [
      "is empty",
      async () => "",
      ["$/details.json: the file is empty", "run the command that made it again and look at what it says"],
    ],
    [
      "was cut short",
      async () => '{\n  "UserDetailList": [\n    {"Path": "/", "UserN',
      [
        "$/details.json:3:25: the JSON ends too early: the file was cut short",
        "make the file again; was the disk full, or the command stopped?",
      ],
    ],
    [
      "was printed by `aws iam list-users`",
      async () => JSON.stringify({ Users: [{ UserName: "robin.example" }] }),
      [
        "$/details.json at /: this is what `aws iam list-users` prints, not what `aws iam get-account-authorization-details` prints",
        MAKE_IT,
      ],
    ],
    [
      "is the package.json of something",
      () => readFile(join(import.meta.dirname, "../../package.json"), "utf8"),
      [
        "$/details.json at /: this is something else, not what `aws iam get-account-authorization-details` prints",
        MAKE_IT,
      ],
    ],
    [
      "holds one user twice",
      async () => {
        const { UserDetailList, ...rest } = await sample();
        return JSON.stringify({ ...rest, UserDetailList: [...UserDetailList, UserDetailList[0]] });
      },
      [
        "$/details.json:1:@ at /UserDetailList/26: `arn:aws:iam::222233334444:user/kai.lorem` stands in the file twice",
        "was the same page written into it twice?",
      ],
    ],
    [
      "holds two users with one id",
      async () => {
        const { UserDetailList, ...rest } = await sample();
        const second = { ...UserDetailList[1], UserId: UserDetailList[0]?.UserId };
        return JSON.stringify({ ...rest, UserDetailList: [UserDetailList[0], second] });
      },
      [
        "$/details.json:1:@ at /UserDetailList/1: `AIDASAMPLE20000000001` stands in the file twice",
        "was the same page written into it twice?",
      ],
    ],
  ])("%s: said with its place, and nothing is written", async (_name, content, said) => {
    const input = await temporaryFolder();
    const text = await content();
    const file = join(input, "details.json");
    if (text !== null) await writeFile(file, text);
    // The column of an entry in a file of one line is a number nobody counts by hand.
    const column = said[0].includes(":@") ? entryColumn(text ?? "", said[0]) : "";
    const inFull: Said = [said[0].replace(":@", `:${column}`), said[1]];
    const before = [await everything(at("data")), await everything(input)];
    await refused(input, ["collect", "--from", file], inFull);
    await refused(input, ["scan", file, "--csv", join(input, "f.csv"), "--html", join(input, "f.html")], inFull);
    await refused(input, ["explain", "kai.lorem", "--from", file], inFull);
    expect([await everything(at("data")), await everything(input)]).toEqual(before);
  });
});

/** Where the repeated entry starts, found by other means than the reader's. */
function entryColumn(text: string, said: string): string {
  const { UserDetailList } = JSON.parse(text) as Sweep;
  const index = Number(/\/UserDetailList\/(\d+)/.exec(said)?.[1]);
  const start = text.lastIndexOf(JSON.stringify(UserDetailList[index]));
  return String(start + 1);
}

describe("a policy document that cannot be read", () => {
  test.each<[name: string, document: unknown, why: string]>([
    [
      "is cut short",
      '{"Version": "2012-10-17", "Statement": [',
      "the policy document is not JSON: Unexpected end of JSON input",
    ],
    [
      "has an effect that is none",
      { Version: "2012-10-17", Statement: [{ Effect: "Perhaps", Action: "s3:*", Resource: "*" }] },
      "the policy document is not valid: /Statement/0/Effect: is neither Allow nor Deny",
    ],
  ])("because it %s is named and not judged; everything else goes on", async (_name, document, why) => {
    const input = await temporaryFolder();
    const sweep = await sample();
    const policy = sweep.Policies.find(({ PolicyName }) => PolicyName === "deploy-web");
    if (policy?.PolicyVersionList[0] === undefined) throw new Error("the sample has no such policy");
    policy.PolicyVersionList[0].Document = document;
    const file = join(input, "details.json");
    await writeFile(file, JSON.stringify(sweep));
    const { code, out, err } = await runCli(["scan", file, "--json"], world);
    const without = await runCli(["scan", join(ACME, DETAILS), "--json"], world);
    const warning = `warning: $/details.json: policy \`${policy.Arn}\` cannot be judged: ${why}\n`;
    expect([code, err.replaceAll(input, "$")]).toEqual([2, warning]);
    const [now, then] = [JSON.parse(out) as FindingsDocument, JSON.parse(without.out) as FindingsDocument];
    const found = ({ findings }: FindingsDocument) => findings.map(({ id, severity }) => `${severity} ${id}`).sort();
    expect(found(now)).toEqual(found(then));
    const open = now.rules.filter(({ undecided }) => undecided > 0);
    // What is granted, and what can be made of it, is the question of these; the others do not look into the document.
    expect(open.map(({ id }) => id)).toEqual([
      "direct-admin-policy",
      "admin-by-grant",
      "admin-in-effect",
      "escalation-to-admin",
    ]);
    for (const { reason } of open) expect(reason).toContain(`policy \`deploy-web\`: ${why}`);
    // What runs as which role was not given, so some ways stay open for that reason.
    const before = then.rules.filter(({ undecided }) => undecided > 0);
    expect(before.map(({ id }) => id).filter((id) => id !== "escalation-to-admin")).toEqual([]);
    for (const { reason } of before) expect(reason).not.toContain("deploy-web");
  });
});

describe("the company's lists", () => {
  const change = (file: string, from: RegExp, to: string) => async (input: string) => {
    const text = await readFile(join(input, file), "utf8");
    expect(text).toMatch(from);
    await writeFile(join(input, file), text.replace(from, to));
  };
  test.each<[name: string, spoil: (input: string) => Promise<void>, said: Said]>([
    [
      "a roster without one of its columns",
      change("roster.csv", /,employment/, ""),
      [
        "$/roster.csv:1: the column `employment` is missing",
        "the first line must name person_id,name,email,manager_email,department,employment,start_date,end_date",
      ],
    ],
    [
      "managers in a circle",
      change("roster.csv", /^(p001,[^,]*,[^,]*),,/m, "$1,cleo.sample@acme.example,"),
      [
        "$/roster.csv:2: managers manage each other in a circle: `p001` → `p003` → `p001`",
        "mend `manager_email`; whoever leads the company has none",
      ],
    ],
    [
      "a date in the roster that has two readings",
      change("roster.csv", /2019-02-01/, "03/04/2026"),
      [
        "$/roster.csv:3: `03/04/2026` in `start_date` could be `2026-04-03` or `2026-03-04`",
        "write dates as 2026-11-30; in a spreadsheet, format the column that way before saving it as CSV",
      ],
    ],
    [
      "a date in the approvals that has two readings",
      change("approvals.csv", /2027-03-01/, "03/04/2026"),
      [
        "$/approvals.csv:2: `03/04/2026` in `expires_at` could be `2026-04-03` or `2026-03-04`",
        "write dates as 2026-11-30; in a spreadsheet, format the column that way before saving it as CSV",
      ],
    ],
  ])("%s: said with its line, and nothing is written", async (_name, spoil, said) => {
    const input = join(await temporaryFolder(), "recording");
    await cp(ACME, input, { recursive: true });
    await spoil(input);
    const before = [await everything(at("data")), await everything(input)];
    await refused(input, ["collect", "--from", input], said);
    await refused(input, ["scan", input, "--csv", join(input, "f.csv")], said);
    expect([await everything(at("data")), await everything(input)]).toEqual(before);
  });
});

describe("the configuration", () => {
  const SECRET = "hunter2-not-a-real-secret";
  const GITHUB = "connectors:\n  github:\n    organizations:\n      - organization: acme-sample\n";
  const ELSEWHERE =
    "take it out, put it into an environment variable or a file that only you can read, and replace it at the provider if others could read this file";
  test.each<[name: string, text: string, said: Said]>([
    [
      "an unknown key",
      "revoke:\n  noticeDay: 3\n",
      ["$/leastwise.yaml:2:3: `revoke` has no key `noticeDay`", "did you mean `noticeDays`?"],
    ],
    [
      "an unknown connector",
      "connectors:\n  gihub: {}\n",
      ["$/leastwise.yaml:2:3: `connectors` has no key `gihub`", "did you mean `github`?"],
    ],
    [
      "a token that looks like one",
      `${GITHUB}        tokenFrom: ghp_${"x1Y2".repeat(9)}\n`,
      ["$/leastwise.yaml:5:20: the configuration holds what looks like a GitHub token", ELSEWHERE],
    ],
    [
      "a secret that looks like nothing, where the connector knows no key for it",
      `${GITHUB}        token: ${SECRET}\n`,
      ["$/leastwise.yaml:5:9: `connectors.github.organizations[0].token` holds a secret", ELSEWHERE],
    ],
    [
      "a secret in the place of its variable's name",
      `${GITHUB}        tokenFrom: ${SECRET}\n`,
      [
        "$/leastwise.yaml:5:20: `connectors.github.organizations[0].tokenFrom` must be the name of an environment variable, such as `GITHUB_TOKEN`",
        "write the name of the variable here and the secret into the variable",
      ],
    ],
    [
      "a token from before tokens had a beginning",
      `${GITHUB}        tokenFrom: ${"a1b2".repeat(10)}\n`,
      [
        "$/leastwise.yaml:5:20: `connectors.github.organizations[0].tokenFrom` must be the name of an environment variable, such as `GITHUB_TOKEN`",
        "write the name of the variable here and the secret into the variable",
      ],
    ],
    [
      "a key of AWS",
      `connectors:\n  aws:\n    secretAccessKey: ${SECRET}\n`,
      ["$/leastwise.yaml:3:5: `connectors.aws.secretAccessKey` holds a secret", ELSEWHERE],
    ],
  ])("with %s is refused at its place, and no secret is shown", async (_name, text, said) => {
    const input = await temporaryFolder();
    const file = join(input, "leastwise.yaml");
    await writeFile(file, text);
    const before = await everything(at("data"));
    for (const args of [["collect"], ["snapshots"], ["doctor"]]) {
      await refused(input, ["--config", file, ...args], said);
      const { out, err } = await run("--config", file, ...args);
      for (const secret of [SECRET, "x1Y2x1Y2", "a1b2a1b2"]) expect(out + err).not.toContain(secret);
    }
    expect([await everything(at("data")), await everything(input)]).toEqual([
      before,
      { "/leastwise.yaml": sha256(text) },
    ]);
  });
});

describe("a data directory", () => {
  test("made by a newer version is refused with both versions, and left as it is", async () => {
    const input = await temporaryFolder();
    const data = join(input, "data");
    await cp(at("data"), data, { recursive: true });
    const database = new DatabaseSync(join(data, "state.db"));
    database.exec("insert into schema_migration values (99, 'from the future', '2030-01-01T00:00:00Z')");
    database.close();
    const before = await everything(data);
    for (const args of [["snapshots"], ["collect", "--from", ACME], ["review", "open"], ["findings"]])
      await refused(
        input,
        ["--data", data, ...args],
        [
          "$/data/state.db: `$/data/state.db` was made by a newer version (schema 99, this one knows 1)",
          "update leastwise, or name another data directory with `--data`",
        ],
      );
    expect(await everything(data)).toEqual(before);
  });

  test.each<[name: string, path: string, said: Said]>([
    ["that is a file", "file", ["`$/file` is a file, not a folder", "name a folder"]],
    ["under a file", "file/data", ["`$/file/data` lies under something that is not a folder", "check the path"]],
  ])("%s is refused, and the file stays", async (_name, path, said) => {
    const input = await temporaryFolder();
    await writeFile(join(input, "file"), "mine");
    await refused(input, ["--data", join(input, path), "collect", "--from", ACME], said);
    expect(await everything(input)).toEqual({ "/file": sha256("mine") });
  });

  test("without a name is not the folder one happens to be in", async () => {
    const before = await readdir(".");
    await refused(
      folder,
      ["--data", "", "snapshots"],
      ["the path of the data directory is empty", "was a variable of the shell empty?"],
    );
    expect(await readdir(".")).toEqual(before);
  });
});

describe("a place that cannot be written", () => {
  const NO_FOLDER: Said = ["`$/file` is a file, not a folder", "name a folder"];
  test.each<[name: string, args: readonly string[], said: Said]>([
    ["a folder as CSV", ["findings", "--csv", "$/taken"], ["`$/taken` is a folder, not a file", "name a file"]],
    ["a page under a file", ["findings", "--html", "$/file/x.html"], NO_FOLDER],
    [
      "a page further down",
      ["findings", "--html", "$/file/a/b.html"],
      ["`$/file/a` lies under something that is not a folder", "check the path"],
    ],
    [
      "no name",
      ["findings", "--csv", ""],
      ["the path of the file to write is empty", "was a variable of the shell empty?"],
    ],
    ["reports in a file", ["reports", "--out", "$/file"], NO_FOLDER],
    ["sheets in a file", ["review", "export", "--out", "$/file"], NO_FOLDER],
    [
      "an archive over something",
      ["evidence", "export", "$/file"],
      ["`$/file` is there already", "evidence is never overwritten: choose another name"],
    ],
    [
      "a recording in a file",
      ["--config", "$/leastwise.yaml", "collect", "--record", "$/file"],
      [
        "$/file/roster.csv: the recording cannot be written: a file is where its folder should be",
        "record into another folder",
      ],
    ],
    [
      "a recording where a folder is",
      ["--config", "$/leastwise.yaml", "collect", "--record", "$/taken"],
      ["$/taken/roster.csv: the recording cannot be written: a folder is in its place", "record into another folder"],
    ],
  ])("%s: said, and neither there nor in the store anything changes", async (_name, args, said) => {
    const input = await temporaryFolder();
    await writeFile(join(input, "file"), "mine");
    await mkdir(join(input, "taken/roster.csv"), { recursive: true });
    await writeFile(join(input, "leastwise.yaml"), `connectors:\n  roster:\n    directory: ${ACME}\n`);
    const before = [await everything(at("data")), await everything(input)];
    await refused(
      input,
      args.map((arg) => arg.replace("$", input)),
      said,
    );
    expect([await everything(at("data")), await everything(input)]).toEqual(before);
  });

  test("a pin in a folder is said, and the folder stays", async () => {
    const input = await temporaryFolder();
    const before = await everything(at("data"));
    await refused(input, ["evidence", "pin", input], ["`$` is a folder, not a file", "name a file"]);
    expect([await everything(at("data")), await everything(input)]).toEqual([before, {}]);
  });

  test("a link is written through, not replaced", async () => {
    const input = await temporaryFolder();
    await writeFile(join(input, "old.csv"), "old");
    await symlink("old.csv", join(input, "link.csv"));
    expect((await run("findings", "--csv", join(input, "link.csv"))).err).toBe(`wrote ${join(input, "link.csv")}\n`);
    expect((await readFile(join(input, "old.csv"), "utf8")).length).toBeGreaterThan(100);
    expect(Object.keys(await everything(input)).sort()).toEqual(["/link.csv", "/old.csv"]);
    expect((await everything(input))["/link.csv"]).toBe("folder");
  });
});

describe("a sheet that comes back", () => {
  /** The largest of the sheets that are out, as lines. */
  async function sheet(): Promise<readonly string[]> {
    const names = await readdir(at("sheets"));
    const texts = await Promise.all(names.map((name) => readFile(at("sheets", name), "utf8")));
    return (texts.sort((a, b) => b.length - a.length)[0] ?? "").split("\r\n");
  }
  const decided = async (): Promise<number> =>
    (
      JSON.parse((await run("review", "status", "--json")).out) as { reviewers: { decided: number }[] }
    ).reviewers.reduce((sum, reviewer) => sum + reviewer.decided, 0);

  test.each<[name: string, spoil: (lines: readonly string[]) => string, said: Said]>([
    [
      "cut inside a quoted cell",
      (lines) => {
        const end = lines.findIndex((line, i) => i > 3 && line.includes('"'));
        const line = lines[end] ?? "";
        return [...lines.slice(0, end), line.slice(0, line.indexOf('"') + 9)].join("\r\n");
      },
      [
        "$/sheet.csv:@: a quoted cell does not end or has text behind its quote",
        'write a quote inside a quoted cell twice: `""`',
      ],
    ],
    [
      "with a column that was renamed",
      ([header = "", ...rows]) => [header.replace("item_code", "number"), ...rows].join("\r\n"),
      [
        "$/sheet.csv:1: the column `item_code` is missing",
        "columns may be moved and added, but not renamed or deleted; export the sheet again",
      ],
    ],
    ["that is empty", () => "", ["$/sheet.csv: the file is empty", "the first line must name the columns"]],
    [
      "of another campaign",
      (lines) => lines.join("\r\n").replaceAll(/,ex-[a-z2-7]+,/g, ",ex-elsewhere,"),
      [
        "$/sheet.csv: this sheet was not exported by this campaign (export `ex-elsewhere`)",
        "`leastwise review status` names the campaign that is open",
      ],
    ],
  ])("%s is refused as a whole, and no answer counts", async (_name, spoil, said) => {
    const input = await temporaryFolder();
    const text = spoil(await sheet());
    const file = join(input, "sheet.csv");
    await writeFile(file, text);
    const inFull: Said = [said[0].replace(":@", `:${text.split("\r\n").length}`), said[1]];
    const before = await everything(at("data"));
    await refused(input, ["review", "import", file], inFull);
    expect(await everything(at("data"))).toEqual(before);
    // With --apply the attempt itself goes on record, and nothing else does.
    await refused(input, ["review", "import", file, "--apply"], inFull);
    expect(await decided()).toBe(0);
  });

  test.each<[name: string, spoil: (line: string) => string, why: RegExp]>([
    [
      "that names an unknown item",
      (line) => line.replace(/AR-\w{4}-\w{4}-\w/, "AR-2222-2222-2"),
      /`AR-2222-2222-2` is not /,
    ],
    [
      "that was cut in the middle of an item's name",
      (line) => line.slice(0, line.lastIndexOf(",") - 3),
      /is not a whole item code: was it changed or cut\?/,
    ],
    [
      "that was cut behind an item's name",
      (line) => line.slice(0, line.lastIndexOf(",") + 5),
      /row_check|the check|altered|changed/,
    ],
    ["that was cut far before the item's name", (line) => line.slice(0, 20), /the row has no item code/],
  ])(
    "with a last row %s: the row is told with its line, and only what is whole could count",
    async (_name, spoil, why) => {
      const input = await temporaryFolder();
      const [header = "", first = "", second = ""] = await sheet();
      const file = join(input, "sheet.csv");
      const answered = (line: string): string => line.replace(/^,,/, "revoke,not needed any more,");
      await writeFile(file, [header, answered(first), spoil(answered(second))].join("\r\n"));
      const before = await everything(at("data"));
      const { code, out, err } = await run("review", "import", file);
      expect(code).toBe(2);
      expect(out).toContain(`${file} for `);
      expect(out).toContain("1 accepted");
      expect(out).toContain("1 rejected");
      expect(/\n {2}line 3 .*\n/.exec(out)?.[0]).toMatch(why);
      expect(err).toMatch(/^nothing is recorded/m);
      expect(await everything(at("data"))).toEqual(before);
    },
  );
});

const FULL = "free some space and run the same command again; nothing was half-written";
const inNamespace = (() => {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** A real file system of a given size, mounted where only the child sees it: it is gone with the child. */
describeWith("unshare with leave to mount a tmpfs", inNamespace)("a disk that is really full", () => {
  /** Runs a command line with `$` on the small disk, then copies what lies there to `kept`. */
  async function onDisk(
    input: string,
    options: string,
    args: readonly string[],
    before = "true",
  ): Promise<CliRun & { readonly kept: string }> {
    const [disk, kept] = [join(input, "disk"), join(input, "kept")];
    await mkdir(disk, { recursive: true });
    const script = `mount -t tmpfs -o ${options} tmpfs "${disk}" && { cd "${disk}"; ${before}; } && cd / &&
      { "$@"; code=$?; cp -r "${disk}" "${kept}"; exit $code; }`;
    const child = [process.execPath, BIN, ...args.map((arg) => arg.replace("$", disk))];
    const { code, out, err } = await promisify(execFile)("unshare", ["-rm", "sh", "-c", script, "sh", ...child]).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        err: error.stderr,
      }),
    );
    return { code, out, err: err.replaceAll(disk, "$"), kept };
  }

  test.each([
    [
      "before the state is there",
      "20k",
      /^error: \$\/data\/state\.db: `\$\/data\/state\.db` cannot be written: the disk is full\n/,
    ],
    ["in the middle of a snapshot", "220k", /^error: `\$\/data\/\S+` cannot be written: the disk is full\n/],
  ])("%s: said, no snapshot is there, and the same command does it when there is room", async (_name, size, said) => {
    const { code, out, err, kept } = await onDisk(await temporaryFolder(), `size=${size}`, [
      "--data",
      "$/data",
      "collect",
      "--from",
      ACME,
    ]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
    expect(err.endsWith(`\n  hint: ${FULL}\n`)).toBe(true);
    const data = join(kept, "data");
    for (const left of Object.keys(await everything(data))) expect(left).not.toMatch(/unfinished|\.part$|work\/./);
    expect((await runCli(["--data", data, "snapshots"], world)).out).toBe("there is no snapshot yet\n");
    expect([0, 3]).toContain((await runCli(["--data", data, "collect", "--from", ACME], world)).code);
    expect((await runCli(["--data", data, "snapshots", "--verify"], world)).code).toBe(0);
  });

  test("a report that finds no room leaves the old one whole, and nothing beside it", async () => {
    const { code, out, err, kept } = await onDisk(
      await temporaryFolder(),
      "size=20k",
      ["scan", ACME, "--html", "$/findings.html"],
      "echo the old report > findings.html",
    );
    expect([code, out, err]).toEqual([
      2,
      "",
      `error: \`$/findings.html\` cannot be written: the disk is full\n  hint: ${FULL}\n`,
    ]);
    expect(await everything(kept)).toEqual({ "/findings.html": sha256("the old report\n") });
  });

  test("a recording that finds no room says so and keeps no half list", async () => {
    const input = await temporaryFolder();
    await writeFile(join(input, "leastwise.yaml"), `connectors:\n  roster:\n    directory: ${ACME}\n`);
    const { code, out, err, kept } = await onDisk(input, "size=8k", [
      "--config",
      join(input, "leastwise.yaml"),
      "--data",
      join(input, "data"),
      "collect",
      "--record",
      "$/recording",
    ]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /^error: \$\/recording\/[a-z-]+\.csv: the recording cannot be written: the disk is full\n {2}hint: free some space and run the same command again: /,
    );
    for (const [path, hash] of Object.entries(await everything(join(kept, "recording"))))
      expect(hash).toBe(sha256(await readFile(join(ACME, path))));
  });

  test("a disk that may only be read is told apart", async () => {
    const { code, err } = await onDisk(await temporaryFolder(), "ro", ["scan", ACME, "--csv", "$/findings.csv"]);
    expect([code, err]).toEqual([
      2,
      "error: `$/findings.csv` cannot be written: the disk is read-only\n  hint: choose another folder\n",
    ]);
  });
});

describe.skipIf(process.platform !== "linux")("a device", () => {
  test("that takes nothing is a full disk, and stays what it is", async () => {
    const input = await temporaryFolder();
    // Behind a link of our own: should the program ever write a file in its place, the machine keeps its device.
    await symlink("/dev/full", join(input, "device"));
    await refused(
      input,
      ["findings", "--csv", join(input, "device")],
      ["`$/device` cannot be written: the disk is full", FULL],
    );
    expect((await stat(join(input, "device"))).isCharacterDevice()).toBe(true);
    expect(await readdir(input)).toEqual(["device"]);
  });
});

describe("a key that a connector does not know", () => {
  test("is told with its file, its path and the nearest one, and nothing is collected", async () => {
    const input = await temporaryFolder();
    const file = join(input, "leastwise.yaml");
    await writeFile(file, "connectors:\n  aws:\n    organisation: true\n");
    const { code, out, err } = await runCli(["--config", file, "--data", join(input, "data"), "collect"], world);
    expect([code, out, err.replaceAll(input, "$")]).toEqual([
      2,
      "",
      "error: $/leastwise.yaml: `connectors.aws` has no key `organisation`\n  hint: did you mean `organization`?\n",
    ]);
  });
});

describe("a folder that may not be written", () => {
  test("is said, and nothing is written", async () => {
    const input = await temporaryFolder();
    await mkdir(join(input, "closed"), { mode: 0o500 });
    const command = [process.execPath, BIN, "--data", at("data"), "findings", "--csv", join(input, "closed/f.csv")];
    // Whoever tests as root may write anywhere: the capability to do so is taken off the child.
    const [program = "", ...args] =
      process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all", ...command] : command;
    const { code, stdout, stderr } = await promisify(execFile)(program, args).then(
      () => ({ code: 0, stdout: "", stderr: "" }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.replaceAll(input, "$")).toMatch(
      /^error: `\$\/closed\/f\.csv` may not be opened\n {2}hint: check who owns it and its mode\n$/m,
    );
    expect(await everything(input)).toEqual({ "/closed": "folder" });
  });
});
