/**
 * `node test/bench/paths.ts [principals …]`: where the time of `paths` goes on generated organizations. Reading, the graph, the
 * search for all principals by all methods, and telling the paths, each in seconds of processor time (other work on the machine
 * does not count), and the peak memory of a process that does nothing else; then by which power of the size the time grows.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectors } from "../../connectors/index.ts";
import { gatherRecorded } from "../../src/app/gather.ts";
import type { World } from "../../src/contracts/world.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import { Escalation } from "../../src/graph/escalation/escalation.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { diskFiles } from "../../src/store/disk-files.ts";
import { generateOrganization } from "./generate-organization.ts";

/** Seconds of processor time a stage took, and what came of it. */
interface Stages {
  readonly read: number;
  readonly graph: number;
  readonly search: number;
  readonly tell: number;
  readonly examined: number;
  readonly paths: number;
  readonly megabytes: number;
}

async function measureStages(folder: string): Promise<Stages> {
  const clock = { now: () => "2026-11-20T08:00:00Z" };
  const world = { connectors, files: diskFiles(), clock } as unknown as World;
  const environment = { clock, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } };
  let before = process.cpuUsage();
  const lap = (): number => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const snapshot = await gatherRecorded(world, environment, [folder], undefined);
  const read = lap();
  const graph = buildGraph(snapshot);
  const built = lap();
  const escalation = new Escalation(graph, await loadActionTable());
  escalation.whole();
  const search = lap();
  const { examined, paths } = escalation.paths();
  const tell = lap();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  return { read, graph: built, search, tell, examined, paths: paths.length, megabytes };
}

const self = fileURLToPath(import.meta.url);
const [first, recording] = process.argv.slice(2);
if (first === "--one" && recording !== undefined) console.log(JSON.stringify(await measureStages(recording)));
else {
  const given = process.argv.slice(2).map(Number).filter(Number.isFinite);
  const sizes = given.length > 0 ? given : [1_000, 10_000, 100_000];
  const folder = mkdtempSync(join(tmpdir(), "leastwise-bench-"));
  try {
    console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.versions.node}\n`);
    console.log("| asked about | read s | graph s | search s | tell s | paths | peak MB |");
    console.log("|---:|---:|---:|---:|---:|---:|---:|");
    const taken: { readonly examined: number; readonly seconds: number }[] = [];
    for (const size of sizes) {
      const place = join(folder, String(size));
      await generateOrganization(size, place);
      const printed = execFileSync(process.execPath, [self, "--one", place], { encoding: "utf8" });
      const one = JSON.parse(printed) as Stages;
      const seconds = [one.read, one.graph, one.search, one.tell].map((value) => value.toFixed(2));
      console.log(`| ${one.examined} | ${seconds.join(" | ")} | ${one.paths} | ${one.megabytes} |`);
      taken.push({ examined: one.examined, seconds: one.graph + one.search + one.tell });
      rmSync(place, { recursive: true, force: true });
    }
    const [small, large] = [taken[0], taken.at(-1)];
    if (small !== undefined && large !== undefined && large.examined > small.examined) {
      const power = Math.log(large.seconds / small.seconds) / Math.log(large.examined / small.examined);
      console.log(`\ngraph, search and telling grow with the number of principals to the power of ${power.toFixed(2)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
