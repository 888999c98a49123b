import { expect, test } from "vitest";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, runCli, testWorld } from "./run-cli.ts";

test("what was not read is told of tenants by their names", async () => {
  const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
  const { err } = await runCli(["--data", await temporaryFolder(), "collect", "--from", ACME], world);
  const told = [...err.matchAll(/^not read: \S+ of (.+?): /gm)].map(([, tenant]) => tenant);
  expect(told).toContain("acme-sample");
  expect(told.filter((tenant) => /^(?:github|aws):/.test(tenant ?? ""))).toEqual([]);
});
