import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accessForm } from "../../src/model/forms/access.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const run = (...args: string[]): Promise<CliRun> => runCli(["access", ...args, "--from", ACME], world);

describe("leastwise access", () => {
  test("tells first whether it administers, then by service what, on what, how surely and when it was used", async () => {
    const { code, out, err } = await run("mystery");
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | ").trimEnd());
    expect(lines.slice(0, 9)).toEqual([
      "arn:aws:iam::222233334444:user/mystery in aws:222233334444",
      "does not administer its tenant: its policies do not allow every action on every resource",
      "",
      "service | highest level | actions | on | how surely | last used",
      expect.stringMatching(
        /^cloudwatch \| Read \| \d+ read of \d+ \| everything \| conditional \(aws:RequestedRegion\) \| never$/,
      ),
      expect.stringMatching(/^ec2 \| List \| \d+ list of \d+ \| everything \| conditional .* \| 2026-10-31$/),
      expect.stringMatching(/^iam \| Read \| \d+ list, \d+ read of \d+ \| everything \| yes \| never$/),
      expect.stringMatching(/^logs \|/),
      expect.stringMatching(/^s3 \|/),
    ]);
    expect(out).toContain("not used for 90 days as of 2026-11-20: cloudwatch, iam, logs; not known of 1 service\n");
  });

  test.each([
    ["cleo.sample", "administers its tenant: `AdministratorAccess` allows every action on every resource\n"],
    [
      "lia.ipsum",
      "administers its tenant: `AdministratorAccess` allows every action on every resource, but for what is denied\n",
    ],
    [
      "mo.dolor",
      "does not administer its tenant: its policies would, but its permissions boundary takes administration away\n",
    ],
    ["payments-admin", "does not administer its tenant: its policies do not allow every action on every resource\n"],
  ])("%s %s", async (name, sentence) => {
    expect((await run(name)).out).toContain(`\n${sentence}`);
  });

  test("hundreds of services of which it has the same are one line", async () => {
    const { out } = await run("cleo.sample");
    expect(out).toMatch(/\n4\d\d more services +Permissions management +all +everything +yes +not known\n/);
    expect(out.split("\n").length).toBeLessThan(13);
  });

  test("one service in detail: on what, under which condition, through which policy", async () => {
    const { out } = await run("build-runner", "--service", "IAM");
    expect(out).toContain(
      "may under conditions: iam:PassRole\n  on               arn:aws:iam::222233334444:role/nightly-report\n",
    );
    expect(out).toContain("  if               iam:PassedToService StringEquals lambda.amazonaws.com\n");
    expect(out).toContain("  through          run-builds\n");
    expect(out).not.toContain("lambda ");
  });

  test("prints one document of its form", async () => {
    const { code, out } = await run("mystery", "--json");
    const document = accessForm.parse(JSON.parse(out));
    expect(document).toEqual(JSON.parse(out));
    expect(code).toBe(0);
    const services = document.acts[0]?.services ?? [];
    expect(services.map(({ service, use }) => [service, use])).toEqual([
      ["cloudwatch", "unused"],
      ["ec2", "used"],
      ["iam", "unused"],
      ["logs", "unused"],
      ["s3", "used"],
      ["sts", "unknown"],
    ]);
    const [cloudwatch] = services;
    expect(cloudwatch?.unusedActions).toHaveLength(cloudwatch?.granted ?? 0);
    expect(services.find(({ service }) => service === "s3")?.unusedActions).toEqual([]);
  });

  test("a policy that was not read makes it unknown, and is named", async () => {
    const folder = join(await temporaryFolder(), "acme");
    await cp(ACME, folder, { recursive: true });
    const path = join(folder, "aws/222233334444/account-authorization-details.json");
    const sweep = JSON.parse(await readFile(path, "utf8")) as {
      Policies: { PolicyName: string; PolicyVersionList: unknown }[];
    };
    for (const policy of sweep.Policies) if (policy.PolicyName === "run-builds") policy.PolicyVersionList = [];
    await writeFile(path, JSON.stringify(sweep));
    const { out } = await runCli(["access", "build-runner", "--from", folder], world);
    expect(out).toContain("not read: policy `run-builds`");
    expect(out).toMatch(/lambda +Permissions management|4\d\d more services .*unknown/);
  });

  test.each([
    [["nobody-of-that-name"], "there is no principal `nobody-of-that-name`"],
    [["mystery", "--service", "s33"], "did you mean `s3`?"],
    [["arn:aws:iam::111122223333:root"], "is the root user: it may do everything"],
    [["s3.amazonaws.com"], "has no policies"],
    [["administrators"], "is a group"],
  ])("%j is refused in words", async (args, words) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});
