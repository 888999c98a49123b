import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chokePointsForm } from "../../src/model/forms/choke-points.ts";
import { HandClock } from "../app/fake-provider.ts";
import { ACME, runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe("leastwise choke-points", () => {
  test("tells who can come to administer, the fewest grants that end it, and what each alone would do", async () => {
    const { code, out, err } = await runCli(["choke-points", "--from", ACME], world);
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n");
    expect(lines.slice(0, 2)).toEqual([
      "acme-production: 6 principals can come to administer it",
      "  all of it ends with 3 grants gone (no fewer will do)",
    ]);
    expect(lines.slice(2, 5).sort()).toEqual([
      "    `github-infrastructure` with policy IAMFullAccess",
      "    `nightly-report` with policy AdministratorAccess",
      "    `payments-admin` with policy IAMFullAccess",
    ]);
    expect(lines.slice(5, 7)).toEqual([
      "  one grant alone cuts off",
      "     4 of 6  `nightly-report` with policy AdministratorAccess",
    ]);
    expect(out).toContain("1 of 6  `sal.yieldly` in group developers");
    expect(out).toContain("1 of 6  `cal.iterato` may assume role build-runner");
  });

  test("prints the same as a document", async () => {
    const { out } = await runCli(["choke-points", "--from", ACME, "--json"], world);
    const { tenants } = chokePointsForm.parse(JSON.parse(out));
    expect(tenants.map(({ tenantName, escalating }) => [tenantName, escalating])).toEqual([["acme-production", 6]]);
    const counts = tenants[0]?.ranking.map(({ cutsOff }) => cutsOff) ?? [];
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  test("says so where nobody can come to administer anything", async () => {
    const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
    folders.push(folder);
    await mkdir(join(folder, "aws/111122223333"), { recursive: true });
    await writeFile(
      join(folder, "aws/111122223333/account-authorization-details.json"),
      JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }),
    );
    const { code, out } = await runCli(["choke-points", "--from", folder], world);
    expect([code, out]).toEqual([0, "nobody can come to administer a tenant that is not made administrator\n"]);
  });
});
