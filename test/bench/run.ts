/**
 * `npm run bench`: speed and memory of `scan` on generated tenants, as whole processes, median of several runs.
 * `npm run bench -- 1000 10000` measures other sizes.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { generateAuthorizationDetails } from "./generate-authorization-details.ts";
import { measureCommand, type Measured } from "./measure-command.ts";

const sizes = process.argv.slice(2).map(Number).filter(Number.isFinite);
const runs = 3;
const folder = mkdtempSync(join(tmpdir(), "leastwise-bench-"));
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.versions.node}; median of ${runs} runs\n`,
  );
  console.log("| principals | input MB | seconds | µs per principal | peak MB | output MB |");
  console.log("|---:|---:|---:|---:|---:|---:|");
  for (const size of sizes.length > 0 ? sizes : [10, 1_000, 10_000, 100_000]) {
    const file = join(folder, `${size}.json`);
    await generateAuthorizationDetails(size, file);
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await measureCommand(process.execPath, ["bin/leastwise.js", "scan", file, "--json"]);
      if (one.code !== 0) throw new Error(`scan of ${size} principals ended with ${one.code}`);
      measured.push(one);
    }
    const seconds = median(measured.map((one) => one.seconds));
    console.log(
      `| ${size.toLocaleString("en")} | ${(statSync(file).size / 1e6).toFixed(1)} | ${seconds.toFixed(2)} | ${((seconds * 1e6) / size).toFixed(0)} | ${median(measured.map((one) => one.megabytes))} | ${((measured[0]?.bytesOut ?? 0) / 1e6).toFixed(1)} |`,
    );
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
