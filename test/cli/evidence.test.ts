import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reviewedCampaign } from "../app/sample-campaign.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { runCli, testWorld, type CliRun } from "./run-cli.ts";

const clock = new HandClock("2026-11-20T10:00:00Z");
const world = testWorld(clock);

/** A data directory with a closed review, and a command line over it. */
async function reviewed(): Promise<(...args: string[]) => Promise<CliRun>> {
  const path = await temporaryFolder();
  const data = await world.openData(path);
  await reviewedCampaign(data);
  await data.close();
  return (...args) => runCli(["--data", path, "evidence", ...args], world);
}

describe("evidence on the command line", () => {
  test("export and verify count the same files", async () => {
    const evidence = await reviewed();
    const zip = join(await temporaryFolder(), "s.zip");
    const files = ({ out }: CliRun): string | undefined => /(\d+ files)/.exec(out)?.[1];
    const written = files(await evidence("export", zip));
    expect(written).toMatch(/^\d+ files$/);
    expect(files(await evidence("verify", zip))).toBe(written);
  });

  test("a pin that is later than the archive cannot be compared: said in words, with 2; earlier ones count", async () => {
    const evidence = await reviewed();
    const folder = await temporaryFolder();
    const [zip, early, late] = [join(folder, "s.zip"), join(folder, "early"), join(folder, "late")];
    await evidence("pin", early);
    await evidence("export", zip);
    await evidence("pin", join(folder, "another command"));
    await evidence("pin", late);
    const refused = await evidence("verify", zip, "--pin", late);
    expect(refused.code).toBe(2);
    expect(refused.out).toMatch(/^whole: /);
    expect(refused.err).toContain(`error: ${late}: the pin was made after the archive, which ends with event `);
    expect(refused.err).toContain("hint: use a pin that was made before the export");
    expect(refused.out + refused.err).not.toContain("rewritten");

    const held = await evidence("verify", zip, "--pin", early);
    expect([held.code, held.err]).toEqual([0, ""]);
    expect(held.out).toContain("; holds 1 pinned head\n");

    // One file for all of them.
    await evidence("pin", early);
    expect((await readFile(early, "utf8")).trimEnd().split("\n")).toHaveLength(2);
    const both = await evidence("verify", zip, "--pin", early);
    expect([both.code, both.err]).toEqual([0, "1 pin made after the archive says nothing about it\n"]);
    expect(both.out).toContain("; holds 1 pinned head\n");
  });
});
