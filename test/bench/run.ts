/**
 * `npm run bench`: speed and memory of `scan` on generated tenants, of `paths` on generated organizations and of `simulate` on
 * generated requests, as whole processes, median of several runs; then, in this process, what one principal can do over the whole
 * action table, and the requests that reading an organization of GitHub takes.
 * `npm run bench -- 1000 10000` measures other sizes of tenants.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { generateAuthorizationDetails } from "./generate-authorization-details.ts";
import { generateBridge } from "./generate-bridge.ts";
import { generateOrganization } from "./generate-organization.ts";
import { generateSimulateLines } from "./generate-simulate-lines.ts";
import { requestTable } from "./collect-organization.ts";
import { measureCommand, type Measured } from "./measure-command.ts";
import { measureWholeTable } from "./whole-table.ts";

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

  console.log("\n| principals, 5 tenants | input MB | `paths`, seconds | peak MB | paths |");
  console.log("|---:|---:|---:|---:|---:|");
  const times: number[] = [];
  for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
    const recording = join(folder, `organization-${size}`);
    const bytes = await generateOrganization(size, recording);
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await measureCommand(process.execPath, ["bin/leastwise.js", "paths", "--from", recording, "--json"]);
      if (one.code !== 0) throw new Error(`paths of ${size} principals ended with ${one.code}`);
      measured.push(one);
    }
    const seconds = median(measured.map((one) => one.seconds));
    times.push(seconds);
    console.log(
      `| ${size.toLocaleString("en")} | ${(bytes / 1e6).toFixed(1)} | ${seconds.toFixed(2)} | ${median(measured.map((one) => one.megabytes))} | ${((measured[0]?.bytesOut ?? 0) / 1e6).toFixed(1)} MB |`,
    );
    rmSync(recording, { recursive: true, force: true });
  }
  const [small, , large] = times;
  if (sizes.length === 0 && small !== undefined && large !== undefined)
    console.log(`\ngrowth exponent from 1,000 to 100,000: ${(Math.log(large / small) / Math.log(100)).toFixed(2)}`);

  console.log("\n| requests to `simulate` | seconds | decisions per second | peak MB |");
  console.log("|---:|---:|---:|---:|");
  for (const requests of [100_000, 1_000_000]) {
    const file = join(folder, `${requests}.ndjson`);
    await generateSimulateLines(requests, file);
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await measureCommand(process.execPath, ["bin/leastwise.js", "simulate"], file);
      if (one.code !== 0) throw new Error(`simulate of ${requests} requests ended with ${one.code}`);
      measured.push(one);
    }
    const seconds = median(measured.map((one) => one.seconds));
    console.log(
      `| ${requests.toLocaleString("en")} | ${seconds.toFixed(2)} | ${Math.round(requests / seconds).toLocaleString("en")} | ${median(measured.map((one) => one.megabytes))} |`,
    );
    rmSync(file);
  }

  console.log("\n| GitHub and AWS together | seconds | peak MB | output MB |");
  console.log("|:--|---:|---:|---:|");
  const bridge = join(folder, "bridge");
  const roles = await generateBridge(bridge);
  for (const [name, args] of [
    [`\`paths --to admin\`, ${roles} roles that trust GitHub`, ["paths", "--from", bridge, "--to", "admin", "--json"]],
    ["`scan`, all rules", ["scan", bridge, "--json"]],
  ] as const) {
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await measureCommand(process.execPath, ["bin/leastwise.js", ...args]);
      if (one.code === null || one.code > 3) throw new Error(`${name} ended with ${one.code}`);
      measured.push(one);
    }
    console.log(
      `| ${name} | ${median(measured.map((one) => one.seconds)).toFixed(1)} | ${median(measured.map((one) => one.megabytes))} | ${((measured[0]?.bytesOut ?? 0) / 1e6).toFixed(1)} |`,
    );
  }

  const { actions, first, each, oneByOne } = await measureWholeTable(50);
  console.log("\n| actions one principal is asked for | ms, first principal | ms, each further one | ms, one by one |");
  console.log("|---:|---:|---:|---:|");
  console.log(
    `| ${actions.toLocaleString("en")} | ${first.toFixed(0)} | ${each.toFixed(1)} | ${oneByOne.toFixed(0)} |`,
  );

  console.log("\nrequests to GitHub, 2,000 repositories and 1,500 members\n");
  console.log(await requestTable());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
