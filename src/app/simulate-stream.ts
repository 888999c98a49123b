import { loadActionTable } from "../policy/aws/action-table.ts";
import { Simulator } from "./simulate.ts";
import { textLines } from "./text-lines.ts";

/** Takes a piece of output, which ends with a line break; answers false when nobody reads any more. */
export type WriteLines = (lines: string) => Promise<boolean>;

/** What a stream of lines came to. */
export interface SimulatedStream {
  readonly lines: number;
  readonly failed: number;
}

/** Characters of output that are gathered before they are written. */
const PIECE = 65_536;

/**
 * Decides NDJSON as it comes in, one answer a line, in order. Holds one piece of input and of output at a time, whatever the
 * length of the stream: what does not fit waits at the sender. What was read so far is answered before more is waited for.
 */
export async function simulateStream(input: AsyncIterable<Uint8Array>, write: WriteLines): Promise<SimulatedStream> {
  const simulator = new Simulator(await loadActionTable());
  let lines = 0;
  let failed = 0;
  for await (const block of textLines(input)) {
    let out = "";
    for (const line of block) {
      lines += 1;
      const { text, failed: bad } =
        typeof line === "string" ? simulator.line(line, lines) : simulator.unreadable(line.why, lines);
      if (bad) failed += 1;
      if (text === null) continue;
      out += `${text}\n`;
      if (out.length < PIECE) continue;
      if (!(await write(out))) return { lines, failed };
      out = "";
    }
    if (out !== "" && !(await write(out))) return { lines, failed };
  }
  return { lines, failed };
}
