import { connectors } from "../../connectors/index.ts";
import { analyse, type Analysis } from "../../src/analyse/run-rules.ts";
import { mergeRecords } from "../../src/collect/merge-records.ts";
import type { AccessGraph } from "../../src/graph/access-graph.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";

/** Where the sample company lies. */
export const SAMPLE = "src/demo/acme";

/** When it was recorded. */
export const NOW = "2026-11-20T08:00:00Z";

/** The sample (or a copy of it) as the product reads it, with what was warned about. */
export interface ReadSample {
  readonly graph: AccessGraph;
  readonly analysis: Analysis;
  readonly warnings: readonly string[];
}

/** Reads a recording with every connector and runs every rule over it. */
export async function readSample(path: string = SAMPLE): Promise<ReadSample> {
  const warnings: string[] = [];
  const environment = {
    clock: { now: () => NOW },
    secrets: { read: () => undefined },
    log: { progress() {}, warn: (text: string) => void warnings.push(text) },
  };
  const parts = [];
  for (const connector of connectors) {
    const session = await connector.open({ mode: "recorded", path, workingCopy: false }, environment);
    for (const step of session.steps) parts.push((await session.run(step)).records);
    await session.close();
  }
  const graph = buildGraph({ ...mergeRecords(parts), asOf: NOW, asOfSource: "recording" });
  return {
    graph,
    analysis: analyse(graph, { thresholds: DEFAULT_THRESHOLDS, now: NOW, table: await loadActionTable() }),
    warnings,
  };
}
