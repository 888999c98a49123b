import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rightSizeForm } from "../../src/model/forms/right-size.ts";
import { parsePolicy } from "../../src/policy/aws/parse-policy.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const run = (...args: string[]): Promise<CliRun> => runCli(["right-size", ...args, "--from", ACME], world);
const TENANT = "aws/222233334444";

/** The sample company with one file of a tenant changed. */
async function changed(file: string, change: (content: Record<string, unknown>) => unknown): Promise<string> {
  const folder = join(await temporaryFolder(), "acme");
  await cp(ACME, folder, { recursive: true });
  const path = join(folder, TENANT, file);
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>)));
  return folder;
}

describe("leastwise right-size", () => {
  test("prints the policy on standard output and what it comes to beside it", async () => {
    const { code, out, err } = await run("mystery");
    expect(code).toBe(0);
    expect(parsePolicy(out).known).toBe(true);
    expect(JSON.parse(out)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ec2:Describe*", "s3:Get*", "s3:List*"], Resource: ["*"] }],
    });
    expect(err).toMatch(/^\d+ actions before, \d+ after: without what was not used for 90 days as of 2026-11-20\n/);
    expect(err).toContain("in place of `ReadOnlyAccess`\nproven: allows nothing that was not allowed\n");
    expect(err).toMatch(/removes \d+ actions of iam \(never used\)\n/);
    expect(err).toMatch(/keeps \d+ actions of services it uses, because AWS does not tell which of them: ec2, s3\n/);
  });

  test("prints one document of its form, with the proof", async () => {
    const { out, err } = await run("sue.corge", "--json");
    expect(err).toBe("");
    const document = rightSizeForm.parse(JSON.parse(out));
    expect(document).toEqual(JSON.parse(out));
    expect(document).toMatchObject({
      changed: true,
      replaces: [{ policy: "payments-operate" }],
      keeps: [],
      proof: { nothingNew: true, notProven: [], futureActions: true },
      removed: [
        { service: "sqs", actions: ["sqs:ReceiveMessage", "sqs:SendMessage"], lastUsed: "2026-08-02T07:30:00Z" },
      ],
      keptUnknown: [{ service: "dynamodb", serviceUsed: true }],
    });
  });

  test("a single action AWS follows is taken out of a used service", async () => {
    const from = await changed("service-last-accessed.json", (all) => {
      const answer = all["arn:aws:iam::222233334444:user/mystery"] as {
        ServicesLastAccessed: Record<string, unknown>[];
      };
      for (const service of answer.ServicesLastAccessed)
        if (service["ServiceNamespace"] === "s3")
          service["TrackedActionsLastAccessed"] = [
            { ActionName: "GetBucketPolicy" },
            { ActionName: "ListAllMyBuckets", LastAccessedTime: "2026-11-01T07:30:00+00:00" },
          ];
      return all;
    });
    const { out } = await runCli(["right-size", "mystery", "--from", from, "--json"], world);
    const { removed, policies, proof } = rightSizeForm.parse(JSON.parse(out));
    expect(removed.find(({ service }) => service === "s3")?.actions).toEqual(["s3:GetBucketPolicy"]);
    expect(policies[0]?.Statement[0]?.Action).toContain("s3:List*");
    expect(proof.nothingNew).toBe(true);
  });

  test("nothing is taken on a guess: not from who was not asked about, and not from who is new", async () => {
    const unread = await changed("service-last-accessed.json", () => ({}));
    const without = await runCli(["right-size", "mystery", "--from", unread], world);
    expect(without.err).toContain("nothing to take away is known\n");
    expect(without.err).toContain("note: what it used was not read, so everything is kept\n");
    expect((await run("metrics-exporter")).err).toContain("note: it is younger than 90 days");
  });

  test("what it holds through a group is named with the group", async () => {
    const { err } = await run("quin.bazley");
    expect(err).toContain("in place of `payments-operate` (through payments-operators)\n");
    expect(err).toContain("note: what it holds through groups is in these policies too");
  });

  test("the window is the configured one", async () => {
    const path = join(await temporaryFolder(), "leastwise.yaml");
    await writeFile(path, "thresholds:\n  unusedServiceDays: 10\n");
    const { err } = await runCli(["--config", path, "right-size", "mystery", "--from", ACME], world);
    expect(err).toContain("without what was not used for 10 days");
    expect(err).toMatch(/removes \d+ actions of s3 \(last used 2026-10-31\)/);
  });

  test("what only AWS changes is refused", async () => {
    const { code, err } = await run("AWSServiceRoleForSupport");
    expect(code).toBe(2);
    expect(err).toContain("only AWS changes its policies");
  });
});
