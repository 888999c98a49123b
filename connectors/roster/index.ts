import { access, copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connector, ConnectorSession, SessionStep } from "../../src/contracts/connector.ts";
import type { Coverage } from "../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import { readRecordingManifest } from "../shared/recording.ts";
import { APPROVAL_COLUMNS, approvals, identityMap, MAP_COLUMNS, OWNER_COLUMNS, owners } from "./convert/lists.ts";
import { people, ROSTER_COLUMNS } from "./convert/roster.ts";
import { manifest } from "./manifest.ts";
import { parseRosterSettings } from "./settings.ts";
import { readList, type ListRow } from "./table.ts";

const TENANT = "roster:local";
const FILES = ["roster.csv", "identity-map.csv", "owners.csv", "approvals.csv"] as const;

/** The company's own lists, from CSV files: the same whether they lie in a recording or beside the configuration. */
export const roster: Connector = {
  manifest,
  async recognises(path) {
    for (const file of FILES) if (await exists(join(path, file))) return true;
    return false;
  },
  async open(source, environment) {
    const folder = source.mode === "recorded" ? source.path : parseRosterSettings(source.settings).directory;
    const { recordedAt } = source.mode === "recorded" ? await readRecordingManifest(folder) : { recordedAt: null };
    if (source.mode === "live" && source.recordTo !== null) await copyLists(folder, source.recordTo);
    const known = new Set<string>();
    const steps: SessionStep[] = manifest.steps.map((step) => ({ key: `roster/local/${step.id}`, tenantId: TENANT, tenantName: "roster", step }));
    const session: ConnectorSession = {
      steps,
      recordedAt,
      forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "files on this machine" }),
      async run({ step }) {
        const startedAt = environment.clock.now();
        const file = `${step.id}.csv`;
        const rows = await readList(join(folder, file), COLUMNS[step.id] ?? []);
        const records: Partial<SnapshotRecords> = rows === undefined ? {} : convert(step.id, rows, known);
        const items = Object.values(records).reduce((sum, list) => sum + (list as readonly unknown[]).length, 0);
        const state = rows === undefined ? ("skipped" as const) : ("complete" as const);
        const reason = rows === undefined ? `${file} was not given` : null;
        const coverage: Coverage[] = step.provides.map((kind) => ({ tenantId: TENANT, kind, step: step.id, state, reason, items }));
        return {
          records: {
            ...records,
            tenants: [{ id: TENANT, system: "roster", nativeId: "local", name: "roster", managementTenantId: null, attributes: {} }],
            coverage,
            runs: [{ id: derivedId("run", ["roster", step.id, startedAt]), tenantId: TENANT, step: step.id, mode: source.mode, state, reason, calls: 0, items, startedAt, endedAt: environment.clock.now() }],
          },
        };
      },
      operation: () => undefined,
      self: () => Promise.resolve([]),
      async check() {
        const there = await exists(join(folder, "roster.csv"));
        return [there ? { level: "ok", text: `roster.csv is in ${folder}` } : { level: "problem", text: `there is no roster.csv in ${folder}`, hint: "without it nobody is known to have left" }];
      },
      close: () => Promise.resolve(),
    };
    return session;
  },
};

const COLUMNS: Readonly<Record<string, readonly string[]>> = { roster: ROSTER_COLUMNS, "identity-map": MAP_COLUMNS, owners: OWNER_COLUMNS, approvals: APPROVAL_COLUMNS };

function convert(step: string, rows: readonly ListRow[], known: Set<string>): Partial<SnapshotRecords> {
  switch (step) {
    case "roster": {
      const identities = people(rows);
      for (const { id } of identities) known.add(id.slice("identity:".length));
      return { identities };
    }
    case "identity-map":
      return { relations: identityMap(rows, (personId) => known.has(personId)) };
    case "owners":
      return { owners: owners(rows) };
    default:
      return { approvals: approvals(rows) };
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A recording holds the lists as they were, so that it can be read again a year later. */
async function copyLists(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const file of FILES) if (await exists(join(from, file))) await copyFile(join(from, file), join(to, file));
}
