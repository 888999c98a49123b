import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chokePointsForm } from "../../src/model/forms/choke-points.ts";
import { adminsForm } from "../../src/model/forms/questions.ts";
import { HandClock } from "../app/fake-provider.ts";
import { ACME, runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Those of AWS and of GitHub whom `admins` lists as sure to administer production by a path. */
async function comingToAdministerProduction(): Promise<number> {
  const { out } = await runCli(["admins", "--from", ACME, "--tenant", "acme-production", "--json"], world);
  const { admins } = adminsForm.parse(JSON.parse(out));
  const sure = admins.filter(({ how, state }) => how === "path" && state === "yes");
  expect(sure.some(({ principalId }) => principalId.startsWith("github:"))).toBe(true);
  return sure.length;
}

describe("leastwise choke-points", () => {
  test("tells who can come to administer, the fewest grants that end it, and what each alone would do", async () => {
    const { code, out, err } = await runCli(["choke-points", "--from", ACME], world);
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n");
    const coming = await comingToAdministerProduction();
    expect(lines.slice(0, 2)).toEqual([
      `acme-production: ${coming} principals can come to administer it`,
      "  all of it ends with 4 grants gone (no fewer will do)",
    ]);
    expect(lines.slice(2, 6).sort()).toEqual([
      "    `github-infrastructure` with policy IAMFullAccess",
      "    `nightly-report` with policy AdministratorAccess",
      "    `payments-admin` with policy IAMFullAccess",
      "    `token.actions.githubusercontent.com` may assume role github-payments",
    ]);
    expect(lines[6]).toBe("  one grant alone cuts off");
    expect(lines[7]).toMatch(
      new RegExp(` of ${coming}  \`token.actions.githubusercontent.com\` may assume role github-infrastructure$`),
    );
    expect(out).toContain(`4 of ${coming}  \`nightly-report\` with policy AdministratorAccess`);
    expect(out).toContain(`1 of ${coming}  \`sal.yieldly\` in group developers`);
    expect(out).toContain(`1 of ${coming}  \`cal.iterato\` may assume role build-runner`);
  });

  test("prints the same as a document", async () => {
    const { out } = await runCli(["choke-points", "--from", ACME, "--json"], world);
    const { tenants } = chokePointsForm.parse(JSON.parse(out));
    expect(tenants.map(({ tenantName, escalating }) => [tenantName, escalating])).toEqual([
      ["acme-production", await comingToAdministerProduction()],
    ]);
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
