import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { permissionsForm } from "../../src/model/forms/permissions.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const GITHUB = "connectors:\n  github:\n    organizations:\n      - organization: acme-sample\n";
const ROSTER = "connectors:\n  roster:\n    directory: ./people\n";

async function systems(yaml: string, ...more: string[]): Promise<readonly string[]> {
  const config = join(await temporaryFolder(), "leastwise.yaml");
  await writeFile(config, yaml);
  const { code, out } = await runCli(["--config", config, "permissions", "--json", ...more], world);
  expect(code).toBe(0);
  return permissionsForm.parse(JSON.parse(out)).connectors.map(({ system }) => system);
}

describe("permissions", () => {
  test.each([
    ["of the connectors that are configured", GITHUB, [], ["github"]],
    ["of all, when asked", GITHUB, ["--all"], ["aws", "github"]],
    ["of all, where none is configured that needs any", ROSTER, [], ["aws", "github"]],
    ["of all, where nothing is configured", "connectors: {}\n", [], ["aws", "github"]],
  ])("are %s", async (_name, yaml, more, expected) => {
    expect(await systems(yaml, ...more)).toEqual(expected);
  });

  test("stand in columns, remarks behind, with the scopes of a classic token", async () => {
    const config = join(await temporaryFolder(), "leastwise.yaml");
    await writeFile(config, GITHUB);
    const { out } = await runCli(["--config", config, "permissions"], world);
    const lines = out.split("\n");
    const read = lines.slice(
      lines.indexOf("  to read") + 1,
      lines.indexOf("  to read with a classic token, by scopes"),
    );
    const starts = new Set(read.map((line) => /^ {4}.*?\S {2,}(?=\S)/.exec(line)?.[0].length));
    expect([read.length > 10, starts.size]).toEqual([true, 1]);
    expect(out).toMatch(/^ {4}admin:org +codespaces: classic token of an owner; closed to apps$/m);
    expect(out).toMatch(/^ {4}admin:org_hook +without it webhooks of the organization will not be readable$/m);
  });
});
