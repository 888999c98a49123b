import { join } from "node:path";
import type {
  ConnectorEnvironment,
  ConnectorSession,
  DoctorFinding,
  SessionStep,
  StepOutcome,
} from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import type { ConnectorRun } from "../../src/model/connector-run.ts";
import type { Coverage, CoverageState } from "../../src/model/coverage.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Tenant } from "../../src/model/tenant.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import type { StepState } from "../shared/recording.ts";
import { knownPeople, type KnownPeople } from "./known-people.ts";
import { isThere, LIST_FILES } from "./list-files.ts";
import type { Converted } from "./convert/converted.ts";
import { LISTS } from "./lists.ts";
import { manifest } from "./manifest.ts";
import { readList } from "./read-list.ts";

/** Where the lists lie. `states` are the steps of a recording, keyed `roster/local/<step>`. */
export interface RosterFolder {
  readonly folder: string;
  readonly mode: "recorded" | "live";
  readonly recordedAt: Instant | null;
  readonly states: Readonly<Record<string, StepState>>;
}

const TENANT: Tenant = {
  id: "roster:local",
  system: "roster",
  nativeId: "local",
  name: "roster",
  managementTenantId: null,
  attributes: {},
};

/** What is not known without a list, for `doctor`. */
const WITHOUT: Readonly<Record<string, string>> = {
  "roster.csv": "without it nobody is known to have left, and no manager is asked",
  "identity-map.csv": "logins are then matched to people by e-mail and name alone",
  "owners.csv": "machines and resources then have no owner who is asked",
  "approvals.csv": "without it the rules about approvals stay undecided",
};

/** A session over the lists of a folder. It keeps who is in the roster, because the other lists name people. */
export function openSession(source: RosterFolder, environment: ConnectorEnvironment): ConnectorSession {
  let people = knownPeople(undefined);
  const run = async ({ key, step }: SessionStep): Promise<StepOutcome> => {
    const startedAt = environment.clock.now();
    const read = await readStep(source, step.id, people);
    if (read !== undefined && step.id === "roster") people = knownPeople(read.records.identities);
    for (const warning of read?.warnings ?? []) environment.log.warn(warning);
    const { state, reason } = stateOf(read, `${step.id}.csv`, source.states[key]);
    const items = read?.items ?? 0;
    const coverage = step.provides.map((kind): Coverage => ({
      tenantId: TENANT.id,
      kind,
      step: step.id,
      state,
      reason,
      items,
    }));
    const log: ConnectorRun = {
      id: derivedId("run", ["roster", step.id, startedAt]),
      tenantId: TENANT.id,
      step: step.id,
      mode: source.mode,
      state,
      reason,
      calls: 0,
      items,
      startedAt,
      endedAt: environment.clock.now(),
    };
    return { records: { ...read?.records, tenants: [TENANT], coverage, runs: [log] } };
  };
  return {
    steps: manifest.steps.map((step) => ({
      key: `roster/local/${step.id}`,
      tenantId: TENANT.id,
      tenantName: TENANT.name,
      step,
    })),
    recordedAt: source.recordedAt,
    forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "files on this machine" }),
    spent: () => ({ calls: 0, basis: "" }),
    run,
    operation: () => undefined,
    self: () => Promise.resolve([]),
    check: () => checkLists(source),
    close: () => Promise.resolve(),
  };
}

async function readStep({ folder }: RosterFolder, step: string, people: KnownPeople): Promise<Converted | undefined> {
  const list = LISTS.get(step);
  if (list === undefined) throw new AuditError("invariant", "roster-step", `\`${step}\` is no list`);
  const file = join(folder, `${step}.csv`);
  const rows = await readList(file, list.columns);
  if (rows === undefined) return undefined;
  // A company without people is a file that was cut; an empty list of approvals is an answer.
  if (step === "roster" && rows.length === 0) {
    throw new AuditError("input-file", "roster-nobody", "the roster names nobody", {
      place: { file, line: 1 },
      hint: "leave the file out when there is no roster: then it counts as not read",
    });
  }
  return list.convert(rows, people);
}

/** What a recording says of a step counts where it says less than the file shows: a list that was cut when it was copied. */
function stateOf(
  read: Converted | undefined,
  file: string,
  recorded: StepState | undefined,
): { readonly state: CoverageState; readonly reason: string | null } {
  if (read === undefined) return { state: "skipped", reason: recorded?.reason ?? `${file} was not given` };
  if (recorded === undefined || recorded.state === "complete") return { state: "complete", reason: null };
  return { state: recorded.state, reason: recorded.reason ?? `recording.json calls it ${recorded.state}` };
}

/** Reads every list and says what each holds or lacks; an error of a file is a problem found, not a failure of the check. */
async function checkLists(source: RosterFolder): Promise<readonly DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  let people = knownPeople(undefined);
  for (const file of LIST_FILES) {
    const step = file.slice(0, -".csv".length);
    const hint = WITHOUT[file] ?? "";
    if (!(await isThere(join(source.folder, file)))) {
      const level = step === "roster" ? "problem" : "warning";
      findings.push({ level, text: `there is no ${file} in ${source.folder}`, hint });
      continue;
    }
    try {
      const read = await readStep(source, step, people);
      if (step === "roster") people = knownPeople(read?.records.identities);
      findings.push({ level: "ok", text: `${file}: ${read?.items ?? 0} ${read?.items === 1 ? "line" : "lines"}` });
      for (const text of read?.warnings ?? []) findings.push({ level: "warning", text });
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      const line = error.place?.line === undefined ? "" : `, line ${error.place.line}`;
      const advice = error.hint === undefined ? {} : { hint: error.hint };
      findings.push({ level: "problem", text: `${file}${line}: ${error.message}`, ...advice });
    }
  }
  return findings;
}
