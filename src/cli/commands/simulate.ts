import type { Writable } from "node:stream";
import { simulationError } from "../../app/simulate.ts";
import { simulateStream } from "../../app/simulate-stream.ts";
import type { CommandModule } from "../program.ts";

/** `leastwise simulate`: AWS requests with their policies, one a line, decided one a line. */
export const simulate: CommandModule = {
  register(program) {
    program
      .command("simulate")
      .description(
        "decide AWS requests: NDJSON on standard input, one request a line with its policies; one decision a line on standard output",
      )
      .action(async () => {
        let read = true;
        const { lines, failed } = await simulateStream(process.stdin, async (text) => {
          read = await written(process.stdout, text);
          return read;
        });
        // Who has left hears nothing more.
        const error = read ? simulationError(failed, lines) : undefined;
        if (error !== undefined) throw error;
      });
  },
};

/** Waits until the text is on its way; false when the reader has left. */
function written(out: Writable, text: string): Promise<boolean> {
  return new Promise((resolve) => out.write(text, (error) => resolve(error === undefined || error === null)));
}
