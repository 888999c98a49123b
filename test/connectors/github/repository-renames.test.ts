import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith, openFake } from "./open-fake.ts";

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const BY = { actor: "acme-ada-example", actor_id: 9_000_001, org: "acme-sample", user_agent: "sample" };

interface Case {
  readonly name: string;
  readonly entry: object;
  readonly names: string;
}

const ENTRIES: readonly Case[] = [
  {
    name: "a renamed repository had the name before",
    entry: { action: "repo.rename", repo: "acme-sample/web", old_name: "old-web", repo_id: 7_000_001 },
    names: "acme-sample/old-web=7000001",
  },
  {
    name: "a former name with its owner is the same",
    entry: { action: "repo.rename", repo: "acme-sample/web", old_name: "acme-sample/old-web", repo_id: 7_000_001 },
    names: "acme-sample/old-web=7000001",
  },
  {
    name: "a deleted repository's name is free",
    entry: { action: "repo.destroy", repo: "acme-sample/gone", repo_id: 1 },
    names: "acme-sample/gone=1",
  },
  {
    name: "what left was the organization's",
    entry: { action: "repo.transfer_outgoing", repo: "elsewhere/moved", repo_id: 2 },
    names: "acme-sample/moved=2",
  },
  {
    name: "what came was somebody else's",
    entry: { action: "repo.transfer", repo: "acme-sample/web", old_user: "elsewhere", repo_id: 7_000_001 },
    names: "elsewhere/web=7000001",
  },
  {
    name: "a repository without a number is unknown, not none",
    entry: { action: "repo.destroy", repo: "acme-sample/gone" },
    names: "acme-sample/gone=?",
  },
  {
    name: "other entries end no name",
    entry: { action: "repo.create", repo: "acme-sample/web", repo_id: 3 },
    names: "",
  },
];

async function openWith(entries: readonly object[], bad: BadDays = {}, recordTo?: string) {
  const opened = await openFake(bad, recordTo === undefined ? {} : { recordTo });
  opened.fake.state.audit.length = 0;
  opened.fake.state.audit.push(...entries);
  return opened;
}

describe("former names of repositories", () => {
  test.each(ENTRIES)("$name", async ({ entry, names }) => {
    const { session, fake } = await openWith([{ ...BY, created_at: at("2026-11-01"), ...entry }]);
    const records = await collect(session, "repository-renames");
    expect(records.tenants[0]?.attributes).toMatchObject({ formerNames: names, formerNamesSince: "2026-05-24" });
    expect(coverageOf(records, "former-name")).toMatchObject({ state: "complete", items: names === "" ? 0 : 1 });
    expect(fake.problems).toEqual([]);
  });

  test("come the earliest first, each once", async () => {
    const destroyed = { action: "repo.destroy", repo: "acme-sample/api", repo_id: 1, created_at: at("2026-10-01") };
    const renamed = {
      action: "repo.rename",
      repo: "acme-sample/new",
      old_name: "api",
      repo_id: 2,
      created_at: at("2026-09-01"),
    };
    const { session } = await openWith([destroyed, renamed, destroyed]);
    const records = await collect(session, "repository-renames");
    expect(records.tenants[0]?.attributes["formerNames"]).toBe("acme-sample/api=2 acme-sample/api=1");
  });

  test("an entry that names no repository leaves them partial", async () => {
    const { session } = await openWith([{ action: "repo.destroy", repo_id: 1, created_at: at("2026-10-01") }]);
    expect(coverageOf(await collect(session, "repository-renames"), "former-name")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("not named in the audit log"),
    });
  });

  test("are denied, not none, to whom the audit log is not shown", async () => {
    const { session } = await openWith([], { notOwner: true });
    const records = await collect(session, "repository-renames");
    expect(coverageOf(records, "former-name")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("Enterprise Cloud"),
    });
    expect(records.tenants[0]?.attributes["formerNames"]).toBeUndefined();
  });

  test("the recording holds nobody who did it, and reads back the same", async () => {
    const folder = await temporaryFolder();
    const [first] = ENTRIES;
    const { session } = await openWith([{ ...BY, created_at: at("2026-11-01"), ...first?.entry }], {}, folder);
    const live = await collect(session, "repository-renames");
    const text = await readFile(join(folder, "github/acme-sample/repository-renames.json"), "utf8");
    expect(text).toContain("old-web");
    expect(text).not.toContain("ada-example");
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const recorded = await collect(again, "repository-renames");
    expect(recorded.tenants).toEqual(live.tenants);
    expect(coverageOf(recorded, "former-name")).toEqual(coverageOf(live, "former-name"));
  });
});
