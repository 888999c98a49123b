import { writeSync } from "node:fs";
import { openSqlite } from "../../../src/store/sql/open-sqlite.ts";
import { NOON, sampleDecision, sampleEvent } from "../sample-state.ts";

/**
 * A writing process: `append-events.ts <state.db> <name> <count>`. Each transaction reads the head, appends an event, inserts
 * a row and raises a shared counter; what was committed is said on standard output, one name per line.
 */
const [path = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openSqlite(path, NOON);
for (let number = 0; number < Number(count); number++) {
  const id = `${name}-${number}`;
  await store.transaction(async (writer) => {
    await writer.append(sampleEvent({ subject: id }));
    await writer.insert("decision", sampleDecision({ id }));
    const counter = await writer.get("hold", "counter");
    if (counter === undefined)
      await writer.insert("hold", { id: "counter", revocationId: "r", by: "1", reason: "", at: NOON });
    else await writer.update("hold", { ...counter, by: String(Number(counter.by) + 1) });
  });
  writeSync(1, `${id}\n`);
}
await store.close();
