import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME } from "./run-cli.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin/leastwise.js");
const SYSTEM_NODE = "/usr/bin/node";

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. */
async function run(
  program: string,
  args: readonly string[],
  cwd = ROOT,
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], {
      cwd,
      env: { ...process.env, ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const TOO_OLD = /^leastwise needs Node 24\.15 or newer, this is \d+\.\d+\.\d+\n {2}hint: [^\n]+\n$/;

/** The version of the machine's own Node, or null where there is none or it is new enough. */
function olderNode(): string | null {
  if (!existsSync(SYSTEM_NODE)) return null;
  const version = execFileSync(SYSTEM_NODE, ["--version"], { encoding: "utf8" }).trim();
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return major < 24 || (major === 24 && minor < 15) ? version : null;
}

describe("the launcher", () => {
  test.each(["18.20.0", "20.20.2", "24.14.9"])(
    "a Node that says it is %s gets one clear line, a hint, and exit code 2",
    async (version) => {
      const pretend = join(await temporaryFolder(), "pretend.cjs");
      await writeFile(
        pretend,
        `Object.defineProperty(process, "versions", { value: { ...process.versions, node: ${JSON.stringify(version)} } });`,
      );
      const { code, out, err } = await run(process.execPath, ["--require", pretend, BIN, "scan", "nothing.json"]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(TOO_OLD);
      expect(err).toContain(`this is ${version}\n`);
    },
  );

  test.each(["24.15.0", "25.0.0", "26.1.0"])("a Node that says it is %s goes on", async (version) => {
    const pretend = join(await temporaryFolder(), "pretend.cjs");
    await writeFile(
      pretend,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: ${JSON.stringify(version)} } });`,
    );
    const { code, out } = await run(process.execPath, ["--require", pretend, BIN, "--version"]);
    expect([code, out]).toEqual([
      0,
      `${(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version}\n`,
    ]);
  });

  const older = olderNode();
  if (older === null)
    process.stderr.write(`\nNOT RUN: ${SYSTEM_NODE} is no older Node, so only pretended ones were tried\n`);
  else {
    test(`the machine's own Node ${older} can read the launcher and say the line`, async () => {
      const { code, out, err } = await run(SYSTEM_NODE, [BIN, "demo"]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(TOO_OLD);
    });
  }

  test("is plain JavaScript that needs nothing new: no types, no static imports, no recent syntax", async () => {
    expect((await run(process.execPath, ["--check", BIN])).code).toBe(0);
    const code = readFileSync(BIN, "utf8").replace(/\/\/.*$/gm, "");
    expect(code).not.toMatch(/^\s*import\s[^(]|^\s*export\s|\?\?|\?\.|\bawait\b|\bimport\s+type\b|\|\|=|&&=/m);
  });

  test("a reader that stops reading is no error", async () => {
    const child = spawn(process.execPath, [BIN, "scan", ACME, "--json"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    // What the sample leaves unread may end with 3: that has nothing to do with the pipe.
    expect([0, 3]).toContain(code);
    expect(err).toBe("");
  });

  test("nor is one that stops reading what is told to people: the command goes on to its end", async () => {
    const out = join(await temporaryFolder(), "findings.csv");
    const child = spawn(process.execPath, [BIN, "scan", ACME, "--csv", out], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Both ends are closed before anything is written, as by `2>&1 | true`.
    child.stdout.destroy();
    child.stderr.destroy();
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    expect([0, 3]).toContain(code);
    expect(existsSync(out)).toBe(true);
  });

  describe("started through npm, which changes to the package's folder", () => {
    const sweep = join(ACME, "aws/222233334444/account-authorization-details.json");
    /** A folder with the sweep in it, where somebody stands. */
    async function standing(): Promise<string> {
      const folder = join(await temporaryFolder(), "below");
      await mkdir(folder);
      await cp(sweep, join(folder, "details-here.json"));
      return folder;
    }
    const scan = ["scan", "details-here.json", "--json"];

    test("paths mean the folder the person stands in", async () => {
      const started = { npm_lifecycle_event: "leastwise", INIT_CWD: await standing() };
      const { code, err } = await run(process.execPath, [BIN, ...scan], ROOT, started);
      expect([code, err]).toEqual([0, ""]);
    });

    test("as npm itself does it", async () => {
      const folder = await standing();
      const npm = ["run", "-s", "leastwise", "--prefix", ROOT, "--", ...scan];
      // The tests run under npm as well: what it told them is not what this one is told.
      const { code, err } = await run("npm", npm, folder, { INIT_CWD: undefined, npm_lifecycle_event: undefined });
      expect([code, err]).toEqual([0, ""]);
    });

    test("a script of another name, or of another package, keeps its folder", async () => {
      const folder = await standing();
      const start = await run(process.execPath, [BIN, ...scan], ROOT, {
        npm_lifecycle_event: "start",
        INIT_CWD: folder,
      });
      expect([start.code, start.err]).toEqual([2, expect.stringContaining("does not exist")]);
      const theirs = await run(process.execPath, [BIN, ...scan], folder, {
        npm_lifecycle_event: "leastwise",
        INIT_CWD: ROOT,
      });
      expect(theirs.code).toBe(0);
    });
  });

  test("a mistake ends the process with 2, in words", async () => {
    const { code, out, err } = await run(process.execPath, [BIN, "scan", "nothing.json"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: nothing\.json: `nothing\.json` does not exist\n {2}hint: /);
  });
});
