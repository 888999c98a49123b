import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/store/sql/open-sqlite.ts";
import { allEvents, chainFaults } from "../contracts/state-store-contract.ts";
import { NOON } from "./sample-state.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const WRITER = fileURLToPath(new URL("./children/append-events.ts", import.meta.url));

/** Starts a writing process; `acknowledged` fills with what it says it committed. */
function startWriter(path: string, name: string, count: number) {
  const child = spawn(process.execPath, [WRITER, path, name, String(count)], { stdio: ["ignore", "pipe", "pipe"] });
  const acknowledged: string[] = [];
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => acknowledged.push(line));
  const ended = Promise.all([once(child, "close"), once(lines, "close")]);
  return { child, acknowledged, lines, ended, complaints: () => complaints };
}

test("two processes append 1,000 events each at the same time: none is lost, no update is lost, the chain is whole", async () => {
  const path = join(await temporaryFolder(), "state.db");
  const writers = ["left", "right"].map((name) => startWriter(path, name, 1_000));
  await Promise.all(writers.map(({ ended }) => ended));
  expect(writers.map(({ child, complaints }) => [child.exitCode, complaints()])).toEqual([
    [0, ""],
    [0, ""],
  ]);

  const store = await openSqlite(path, NOON);
  const events = await allEvents(store);
  expect(chainFaults(events)).toEqual([]);
  const subjects = events.map(({ subject }) => subject);
  expect(subjects).toHaveLength(2_000);
  for (const name of ["left", "right"]) {
    expect(subjects.filter((subject) => subject.startsWith(name))).toEqual(
      Array.from({ length: 1_000 }, (_, number) => `${name}-${number}`),
    );
  }
  expect(await store.list("decision")).toHaveLength(2_000);
  expect((await store.get("hold", "counter"))?.by).toBe("2000");
  await store.close();
});

test("a writing process killed without warning, 20 times: nothing it acknowledged is lost, nothing is half there", async () => {
  const path = join(await temporaryFolder(), "state.db");
  const acknowledged: string[] = [];
  for (let round = 0; round < 20; round++) {
    const writer = startWriter(path, `round-${round}`, 1_000_000);
    await killAfter(writer, 5 + 3 * round);
    acknowledged.push(...writer.acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThan(20 * 5);

  const store = await openSqlite(path, NOON);
  const events = await allEvents(store);
  expect(chainFaults(events)).toEqual([]);
  const kept = new Set(events.map(({ subject }) => subject));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  // Event, row and counter are of one transaction: all three or none.
  expect((await store.list("decision")).map(({ id }) => id)).toEqual([...kept].sort());
  expect((await store.get("hold", "counter"))?.by).toBe(String(kept.size));
  await store.close();
});

/** Ends a writer with SIGKILL once it has acknowledged so many, wherever it is by then. */
async function killAfter(
  { child, acknowledged, lines, ended, complaints }: ReturnType<typeof startWriter>,
  count: number,
): Promise<void> {
  const enough = new Promise<void>((resolve) => lines.on("line", () => acknowledged.length >= count && resolve()));
  await Promise.race([enough, ended]);
  expect(complaints()).toBe("");
  kill(child);
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
}

const kill = (child: ChildProcess): boolean => child.kill("SIGKILL");
