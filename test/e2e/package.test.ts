import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const DETAILS = join(ROOT, "src/demo/acme/aws/222233334444/account-authorization-details.json");
/** What a checkout is made of; what is not there yet is left out. */
const CHECKOUT = [
  "bin",
  "src",
  "connectors",
  "reports",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "LICENSE",
  "NOTICE",
  "README.md",
  "CHANGELOG.md",
];

const run = promisify(execFile);

describe("the published package", () => {
  let folder: string;
  let home: string;
  let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };
  const leastwise = (...args: string[]) =>
    run(process.execPath, [join(home, "node_modules/leastwise/bin/leastwise.js"), ...args], {
      cwd: home,
      maxBuffer: 64 * 1024 * 1024,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
    const source = join(folder, "source");
    for (const name of CHECKOUT) {
      // The reports of an earlier demo are no source.
      await cp(join(ROOT, name), join(source, name), {
        recursive: true,
        filter: (path) => path !== join(ROOT, "reports/out"),
      }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
    }
    await symlink(join(ROOT, "node_modules"), join(source, "node_modules"));
    const { stdout } = await run("npm", ["pack", "--json", "--silent", "--offline", "--pack-destination", folder], {
      cwd: source,
    });
    const answer = JSON.parse(stdout.slice(stdout.indexOf("[")).trim()) as (typeof packed)[];
    packed = answer[0] ?? { filename: "", files: [] };

    // An empty folder of a stranger with the package and, of everything that is installed here, only what it says it depends on.
    home = join(folder, "home");
    await mkdir(join(home, "node_modules"), { recursive: true });
    await run("tar", ["-xzf", join(folder, packed.filename), "-C", join(home, "node_modules")]);
    await run("mv", [join(home, "node_modules/package"), join(home, "node_modules/leastwise")]);
    const { dependencies } = JSON.parse(await readFile(join(home, "node_modules/leastwise/package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) {
      await mkdir(dirname(join(home, "node_modules", name)), { recursive: true });
      await symlink(join(ROOT, "node_modules", name), join(home, "node_modules", name));
    }
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("holds compiled JavaScript, the action table and the sample company, and neither sources nor tests", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "bin/leastwise.js",
        "dist/src/main.js",
        "dist/src/policy/aws/action-table.json",
        "src/demo/acme/recording.json",
        "LICENSE",
        "NOTICE",
      ]),
    );
    expect(paths.filter((path) => /\.tsx?$|^test\/|^reports\/|\.part$|tsconfig|\.tgz$/.test(path))).toEqual([]);
    expect(paths.filter((path) => path.startsWith("src/") && !path.startsWith("src/demo/acme/"))).toEqual([]);
  });

  test("compiled files import compiled files", async () => {
    const dist = join(home, "node_modules/leastwise/dist");
    const files = (await readdir(dist, { recursive: true })).filter((path) => path.endsWith(".js"));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files)
      expect(await readFile(join(dist, file), "utf8"), file).not.toMatch(/(?:from|import\()\s*["']\.[^"']*\.ts["']/);
  });

  test("says its version", async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect((await leastwise("--version")).stdout).toBe(`${version}\n`);
  });

  test("scans a file with the answer that a checkout gives", async () => {
    const scan = ["scan", DETAILS, "--as-of", "2026-11-20", "--json"];
    const { stdout, stderr } = await leastwise(...scan);
    expect(stderr).toBe("");
    const document = JSON.parse(stdout) as { findings: unknown[] };
    expect(document.findings.length).toBeGreaterThan(0);
    expect(stdout).toBe(
      (
        await run(process.execPath, [join(ROOT, "bin/leastwise.js"), ...scan], {
          cwd: home,
          maxBuffer: 64 * 1024 * 1024,
        })
      ).stdout,
    );
  });

  test("runs the whole demo and writes where the person is", async () => {
    const { stdout } = await leastwise("demo");
    expect(stdout).toMatch(/^collected {3}\d+ tenants, \d+ people/);
    expect(stdout).toContain("open leastwise-reports/findings.html and leastwise-reports/campaign.html in a browser");
    expect(await readdir(join(home, "leastwise-reports"))).toEqual(
      expect.arrayContaining([
        "campaign.html",
        "evidence.zip",
        "findings.csv",
        "findings.html",
        "findings.json",
        "permission-matrix.html",
        "sheets",
      ]),
    );
    const { stdout: verdict } = await leastwise("evidence", "verify", "leastwise-reports/evidence.zip");
    expect(verdict).toMatch(/^whole: /);
  });
});
