import { expect, test } from "vitest";
import { collect, openFake, type OpenFake } from "./open-fake.ts";

const DAY = Date.parse("2026-11-01T00:00:00Z");
const entry = (actor: string, at = DAY) => ({ action: "pull_request.create", actor, created_at: at });
const NO_ENTRY = "only the audit log tells when an app was used, and no entry of it was read";

/** When `sample-settings` was last used, by a log that holds these entries besides those of people. */
async function lastUse(entries: readonly object[], bad: OpenFake["fake"]["bad"] = {}) {
  const { session, fake } = await openFake(bad);
  fake.state.audit.push(...entries);
  const records = await collect(session, "members", "outside-collaborators", "installations", "audit-log");
  return records.principals.find(({ displayName }) => displayName === "sample-settings")?.lastUsedAt;
}

test.each([
  ["by its bot", [entry("sample-settings[bot]")], { known: true, value: "2026-11-01T00:00:00Z" }],
  ["whatever the spelling", [entry("Sample-Settings[bot]")], { known: true, value: "2026-11-01T00:00:00Z" }],
  [
    "by the newest of several entries",
    [
      entry("sample-settings[bot]", DAY - 9_000_000),
      entry("sample-settings[bot]"),
      entry("sample-ci[bot]", DAY + 60_000),
    ],
    { known: true, value: "2026-11-01T00:00:00Z" },
  ],
  ["not by somebody of the same name", [entry("sample-settings")], { known: false, why: NO_ENTRY }],
  ["not by silence, which is not `never`: nobody looks for apps one by one", [], { known: false, why: NO_ENTRY }],
] as const)("an app's last use is told %s", async (_name, entries, expected) => {
  expect(await lastUse(entries)).toEqual(expected);
});

test("where the audit log is not shown an app's last use stays unknown", async () => {
  expect(await lastUse([entry("sample-settings[bot]")], { notOwner: true })).toEqual({ known: false, why: NO_ENTRY });
});
