import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** What one run of a command took. */
export interface Measured {
  readonly seconds: number;
  /** Highest resident memory of the process, in MB, from the kernel's own high-water mark. */
  readonly megabytes: number;
  readonly code: number | null;
  readonly bytesOut: number;
}

/**
 * Runs a command as a user would, a whole process with its cold start, and measures it from outside. `input` is a file for its
 * standard input.
 */
export function measureCommand(command: string, args: readonly string[], input?: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const stdin = input === undefined ? "ignore" : openSync(input, "r");
    const child = spawn(command, args, { stdio: [stdin, "pipe", "ignore"] });
    if (typeof stdin === "number") closeSync(stdin);
    if (child.stdout === null) throw new Error("no standard output to read");
    let megabytes = 0;
    let bytesOut = 0;
    const look = (): void => {
      try {
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
        if (peak !== undefined) megabytes = Math.max(megabytes, Number(peak) / 1024);
      } catch {
        // The process is gone between two looks: the last mark stands.
      }
    };
    const timer = setInterval(look, 20);
    child.stdout.on("data", (chunk: Buffer) => {
      bytesOut += chunk.length;
      look();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      resolve({
        seconds: Number(process.hrtime.bigint() - started) / 1e9,
        megabytes: Math.round(megabytes),
        code,
        bytesOut,
      });
    });
  });
}
