import { RULES } from "../analyse/rules/index.ts";
import type { Connector } from "../contracts/connector.ts";
import type { RecordKind } from "../model/coverage.ts";
import type { RuleOutcome } from "../model/finding.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { System } from "../model/tenant.ts";

/** What would make more rules possible. */
export interface Gaps {
  /** Rules that were not evaluated; those that failed are another matter. */
  readonly rules: number;
  /** How many of them are only about a system of which nothing was read, by the system's title. */
  readonly elsewhere: readonly { readonly title: string; readonly rules: number }[];
  /** Files that would make most rules possible, best first, each with how many more it adds to those before it. */
  readonly files: readonly { readonly file: string; readonly rules: number }[];
}

/** More would be a list again. */
const FILES_NAMED = 3;

/** The report also tells what the calls per user would tell, so the manifest names it for root only. */
const REPORT_TELLS: readonly RecordKind[] = ["access-key", "access-key-last-used", "console-password", "second-factor"];

/** Works out what keeps rules from being evaluated, and which files would help most. Nothing is advised about live input. */
export function gapsOf(
  snapshot: Snapshot,
  outcomes: readonly RuleOutcome[],
  connectors: readonly Connector[],
  failed: readonly string[],
): Gaps {
  const silent = outcomes.filter(({ id, state }) => state === "not-evaluated" && !failed.includes(id));
  const systemOf = new Map(snapshot.tenants.map(({ id, system }) => [id, system]));
  const systems = new Set(snapshot.runs.flatMap(({ tenantId }) => systemOf.get(tenantId) ?? []));
  const rules = silent.flatMap(({ id }) => RULES.find((rule) => rule.id === id) ?? []);
  const reachable = rules.filter((rule) => rule.systems.some((system) => systems.has(system)));
  const elsewhere = connectors.flatMap(({ manifest }) => {
    const about = rules.filter((rule) => !reachable.includes(rule) && rule.systems.includes(manifest.id));
    return about.length === 0 ? [] : [{ title: manifest.title, rules: about.length }];
  });
  const recorded = snapshot.runs.every(({ mode }) => mode === "recorded");
  const read = new Set<RecordKind>(
    snapshot.coverage.flatMap(({ kind, state }) => (state === "complete" || state === "partial" ? [kind] : [])),
  );
  const needs = reachable.map((rule) => rule.needs.filter((kind) => !read.has(kind)));
  return {
    rules: silent.length,
    elsewhere,
    files: recorded ? bestFiles(needs, filesOf(connectors, systems, tenantFolder(snapshot))) : [],
  };
}

interface HelpfulFile {
  readonly file: string;
  readonly tells: readonly RecordKind[];
}

function filesOf(connectors: readonly Connector[], systems: ReadonlySet<System>, folder: string): HelpfulFile[] {
  return connectors.flatMap(({ manifest: { id, steps } }) => {
    if (id === "roster") return steps.map((step) => ({ file: `${step.id}.csv`, tells: step.provides }));
    // What GitHub answers is recorded by us, not made by hand.
    if (id !== "aws" || !systems.has(id)) return [];
    return steps.map((step) =>
      step.id === "credential-report"
        ? { file: `${folder}/${step.id}.csv`, tells: [...step.provides, ...REPORT_TELLS] }
        : { file: `${folder}/${step.id}.json`, tells: step.provides },
    );
  });
}

function tenantFolder(snapshot: Snapshot): string {
  const read = new Set(snapshot.runs.map(({ tenantId }) => tenantId));
  const digits = snapshot.tenants.filter(({ id, system }) => system === "aws" && read.has(id));
  return `aws/${digits.length === 1 ? digits[0]?.nativeId : "<12 digits>"}`;
}

/** The file that adds most, then the one that adds most to that. */
function bestFiles(needs: readonly (readonly RecordKind[])[], files: readonly HelpfulFile[]): Gaps["files"] {
  const chosen: { file: string; rules: number }[] = [];
  const told = new Set<RecordKind>();
  let left = needs;
  while (chosen.length < FILES_NAMED) {
    let best: { readonly file: HelpfulFile; readonly rules: number } | undefined;
    for (const file of files) {
      const rules = left.filter((kinds) => kinds.every((kind) => told.has(kind) || file.tells.includes(kind))).length;
      if (rules > (best?.rules ?? 0)) best = { file, rules };
    }
    if (best === undefined) break;
    chosen.push({ file: best.file.file, rules: best.rules });
    for (const kind of best.file.tells) told.add(kind);
    left = left.filter((kinds) => !kinds.every((kind) => told.has(kind)));
  }
  return chosen;
}
