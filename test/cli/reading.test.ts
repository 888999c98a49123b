import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const TENANT = "aws/222233334444";
const SWEEP = `${TENANT}/account-authorization-details.json`;

type Json = Record<string, unknown>;
interface Sweep extends Json {
  readonly UserDetailList: Json[];
  readonly RoleDetailList: Json[];
  readonly Policies: Json[];
}

/** The sweep of one tenant, changed, as a file of its own and in a recording that holds nothing else. */
async function given(change: (sweep: Sweep) => object): Promise<{ readonly file: string; readonly folder: string }> {
  const sweep = JSON.parse(await readFile(join(ACME, SWEEP), "utf8")) as Sweep;
  const text = JSON.stringify(change(sweep));
  const folder = await temporaryFolder();
  const [file, recorded] = [join(folder, "details.json"), join(folder, "recording", SWEEP)];
  await mkdir(dirname(recorded), { recursive: true });
  for (const path of [file, recorded]) await writeFile(path, text);
  return { file, folder: join(folder, "recording") };
}

const broken = { Version: "2012-10-17", Statement: [{ Effect: "Alow", Action: "s3:*", Resource: "*" }] };

/** How `scan`, `collect` and `findings` end over the same input. */
async function endings(path: string): Promise<Record<"scan" | "collect" | "findings", CliRun>> {
  const data = await temporaryFolder();
  return {
    scan: await runCli(["scan", path], world),
    collect: await runCli(["--data", data, "collect", "--from", path], world),
    findings: await runCli(["--data", data, "findings"], world),
  };
}

const codesOf = (runs: Readonly<Record<string, CliRun>>): Record<string, number> =>
  Object.fromEntries(Object.entries(runs).map(([name, { code }]) => [name, code]));

describe("how reading ends is the same for every command that reads", () => {
  test("what nobody gave is no failure", async () => {
    const { file } = await given((sweep) => sweep);
    expect(codesOf(await endings(file))).toEqual({ scan: 0, collect: 0, findings: 0 });
  });

  test("what was cut short is 3", async () => {
    const { file } = await given((sweep) => ({ ...sweep, IsTruncated: true, Marker: "more" }));
    expect(codesOf(await endings(file))).toEqual({ scan: 3, collect: 3, findings: 3 });
  });

  test("what was refused is 3, and goes before findings", async () => {
    const { folder } = await given((sweep) => sweep);
    await writeFile(
      join(folder, "recording.json"),
      JSON.stringify({
        format: 1,
        recordedAt: "2026-11-20T08:00:00Z",
        steps: { [`${TENANT}/access-keys`]: { state: "denied", reason: "refused" } },
      }),
    );
    expect(codesOf(await endings(folder))).toEqual({ scan: 3, collect: 3, findings: 3 });
    expect((await runCli(["scan", folder, "--fail-on", "low"], world)).code).toBe(3);
  });

  test("a policy document that does not parse is 2, and is named with its file, its holder and its fault", async () => {
    const { file, folder } = await given((sweep) => {
      const [user, ...users] = sweep.UserDetailList;
      const [role, ...roles] = sweep.RoleDetailList;
      return {
        ...sweep,
        UserDetailList: [{ ...user, UserPolicyList: [{ PolicyName: "mistyped", PolicyDocument: broken }] }, ...users],
        RoleDetailList: [
          { ...role, RolePolicyList: [{ PolicyName: "no-json", PolicyDocument: "{ Version: 2012" }] },
          ...roles,
        ],
      };
    });
    const holder = JSON.parse(await readFile(file, "utf8")) as Sweep;
    const [user, role] = [holder.UserDetailList[0]?.["Arn"] as string, holder.RoleDetailList[0]?.["Arn"] as string];
    const runs = await endings(file);
    expect(codesOf(runs)).toEqual({ scan: 2, collect: 2, findings: 2 });
    const mistyped = `inline policy \`mistyped\` of \`${user}\` cannot be judged: the policy document is not valid: /Statement/0/Effect: is neither Allow nor Deny`;
    expect(runs.scan.err).toContain(`warning: ${file}: ${mistyped}\n`);
    expect(runs.scan.err).toContain(
      `inline policy \`no-json\` of \`${role}\` cannot be judged: the policy document is`,
    );
    expect(runs.collect.err).toContain(`warning: ${file}: ${mistyped}\n`);
    expect(runs.findings.err).toContain(`warning: ${mistyped}\n`);
    // The rest goes on.
    expect(runs.scan.out).toMatch(/^\d+ findings .* examined by \d+ rules, [1-9]\d* undecided\n/);
    const recorded = await runCli(["scan", folder, "--json"], world);
    expect(recorded.code).toBe(2);
    expect(recorded.err).toContain(`warning: ${join(folder, SWEEP)}: ${mistyped}\n`);
    expect((JSON.parse(recorded.out) as { schema: string }).schema).toBe("leastwise/findings@1");
  });
});

describe("what a scan of one file says about what it was not given", () => {
  test("is short: counts, and the files that would help most", async () => {
    const { file } = await given((sweep) => sweep);
    const { out } = await runCli(["scan", file], world);
    expect(out).toMatch(
      /^not evaluated: \d+ rules \(\d+ about GitHub, of which nothing was read\); --all lists them$/m,
    );
    expect(out).toMatch(/^ {2}aws\/222233334444\/credential-report\.csv +\d+ more rules$/m);
    expect(out).not.toContain("idle-deploy-key");
    expect(out.match(/was not given/g)).toBeNull();
    expect(out.slice(out.indexOf("not evaluated")).trimEnd().split("\n").length).toBeLessThan(9);
  });

  test("the file that is named makes as many rules possible as it says", async () => {
    const { file, folder } = await given((sweep) => sweep);
    const before = await runCli(["scan", file], world);
    const promised = Number(/credential-report\.csv +(\d+)/.exec(before.out)?.[1]);
    await cp(join(ACME, TENANT, "credential-report.csv"), join(folder, TENANT, "credential-report.csv"));
    const evaluated = ({ out }: CliRun): number => Number(/examined by (\d+) rules/.exec(out)?.[1]);
    expect(evaluated(await runCli(["scan", folder], world))).toBe(evaluated(before) + promised);
  });

  test("`--all` lists every rule with its reason, and every kind", async () => {
    const { file } = await given((sweep) => sweep);
    const { out } = await runCli(["scan", file, "--all"], world);
    expect(out).toMatch(/^ {2}idle-access-key +access-key was not read/m);
    expect(out).toMatch(/^ {2}idle-deploy-key +no tenant of github was collected$/m);
    expect(out).toContain("  password-policy (skipped: password-policy.json was not given)");
  });
});

describe("what changed, when a file is missing the next time", () => {
  test("the devices are not called removed, and the step that was not read is named", async () => {
    const [later, data] = [join(await temporaryFolder(), "later"), await temporaryFolder()];
    await cp(ACME, later, { recursive: true });
    await rm(join(later, TENANT, "mfa-devices.json"));
    const collect = (from: string, asOf: string): Promise<CliRun> =>
      runCli(["--data", data, "collect", "--from", from, "--as-of", asOf, "--json"], world);
    const { id } = JSON.parse((await collect(ACME, "2026-11-20")).out) as { id: string };
    await collect(later, "2026-12-20");
    const { out } = await runCli(["--data", data, "diff", id], world);
    expect(out).toMatch(/^\? credentials +kai\.lorem: mfa device kai\.lorem/m);
    expect(out).not.toMatch(/^- /m);
    expect(out).toContain("coverage of second-factor by mfa-devices in aws:222233334444: complete → skipped");
  });

  test("one change is one change", async () => {
    const [later, data] = [join(await temporaryFolder(), "later"), await temporaryFolder()];
    await cp(ACME, later, { recursive: true });
    const devices = join(later, TENANT, "mfa-devices.json");
    const before = JSON.parse(await readFile(devices, "utf8")) as Record<string, unknown[]>;
    await writeFile(devices, JSON.stringify({ ...before, "kai.lorem": [] }));
    const collect = (from: string): Promise<CliRun> =>
      runCli(["--data", data, "collect", "--from", from, "--json"], world);
    const { id } = JSON.parse((await collect(ACME)).out) as { id: string };
    const next = JSON.parse((await collect(later)).out) as { id: string };
    const { out } = await runCli(["--data", data, "diff", id, next.id], world);
    // The device, and that its holder has none any more.
    expect(out).toMatch(/^- credentials +kai\.lorem: mfa device kai\.lorem$/m);
    expect(out.split("\n")[0]).toMatch(/: (1 change|[2-9] changes)$/);
  });
});

test("questions about AWS of a recording of GitHub alone say that AWS was not read, and are 3", async () => {
  const folder = await temporaryFolder();
  await cp(join(ACME, "github"), join(folder, "github"), { recursive: true });
  for (const command of [["paths", "--to", "admin"], ["admins"], ["choke-points"]]) {
    const { code, err } = await runCli([...command, "--from", folder], world);
    expect([code, err], command[0]).toEqual([3, expect.stringContaining("no tenant of AWS was read")]);
  }
});
