import type { EvidenceProblem } from "../model/evidence-archive.ts";
import type { EvidenceEvent, EvidenceType } from "../model/evidence-event.ts";
import type { JsonValue } from "../model/json.ts";
import type { RevocationState } from "../model/revocation.ts";
import { recordHash } from "../text/evidence-hash.ts";
import { EVIDENCE_FILES, type EvidenceRecords } from "./evidence-records.ts";

/**
 * Holds every record against the event that put it on record: what was written, changed or deleted in the database without
 * the product shows here, even when it happened before the export.
 */
export function verifyBindings(records: EvidenceRecords, events: readonly EvidenceEvent[]): readonly EvidenceProblem[] {
  return [
    ...verifyPopulation(records, events),
    ...verifyDecisions(records, events),
    ...verifyImports(records, events),
    ...verifyCapsules(records, events),
    ...verifyPlanned(records, events),
    ...verifyStates(records, events),
  ];
}

/** As many things are in the population, and left out of it, as when the review was opened. */
function verifyPopulation({ campaign, items }: EvidenceRecords, events: readonly EvidenceEvent[]): EvidenceProblem[] {
  const opened = ofType(events, "campaign.opened").find(({ subject }) => subject === campaign.id);
  const counts = [
    ["items", items.length, EVIDENCE_FILES.population],
    ["excluded", campaign.excluded.length, EVIDENCE_FILES.campaign],
  ] as const;
  return counts.flatMap(([name, count, file]) => {
    const said = member(opened?.payload, name);
    if (said === undefined || said === count) return [];
    const problem = `${count} ${name} are there, and event ${opened?.seq ?? 0} put ${JSON.stringify(said)} on record`;
    return [{ file, place: null, problem }];
  });
}

/** A member of a payload, or undefined. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, JsonValue>>)[name];
}

function verifyDecisions(
  { decisions, items }: EvidenceRecords,
  events: readonly EvidenceEvent[],
): readonly EvidenceProblem[] {
  const file = EVIDENCE_FILES.decisions;
  const problems: EvidenceProblem[] = [];
  const recorded = new Map(
    ofType(events, "decision.recorded").map((event) => [text(member(event.payload, "decision")), event]),
  );
  for (const decision of decisions) {
    const place = `decision ${decision.id}`;
    const event = recorded.get(decision.id);
    if (event === undefined) {
      problems.push({ file, place, problem: "no event put this decision on record" });
      continue;
    }
    const told = { outcome: decision.outcome, importRef: decision.importRef, recordHash: recordHash(decision) };
    const differs = Object.entries(told).some(([name, value]) => {
      const said = member(event.payload, name);
      return said !== undefined && said !== value;
    });
    if (differs || event.subject !== decision.itemId) {
      problems.push({ file, place, problem: `the decision is not the one that event ${event.seq} put on record` });
    }
  }
  const population = new Set(items.map(({ id }) => id));
  const present = new Set(decisions.map(({ id }) => id));
  for (const [id, event] of recorded) {
    if (!population.has(event.subject) || present.has(id)) continue;
    const problem = `event ${event.seq} put this decision on record, and it is missing`;
    problems.push({ file, place: `decision ${id}`, problem });
  }
  return problems;
}

/** Every file that was read back is part of the archive. */
function verifyImports({ imports, campaign }: EvidenceRecords, events: readonly EvidenceEvent[]): EvidenceProblem[] {
  const present = new Set<unknown>(imports.map(({ id }) => id));
  return ofType(events, "review.imported")
    .filter((event) => event.subject === campaign.id && !present.has(member(event.payload, "sha256")))
    .map((event) => ({
      file: EVIDENCE_FILES.imports,
      place: null,
      problem: `the file that event ${event.seq} put on record is missing`,
    }));
}

/** No capsule, no change: what was captured is what the events say was captured. */
function verifyCapsules({ revocations }: EvidenceRecords, events: readonly EvidenceEvent[]): EvidenceProblem[] {
  const file = EVIDENCE_FILES.revocations;
  const captured = new Map(
    ofType(events, "revocation.captured").map((event) => [member(event.payload, "capsule"), event]),
  );
  return revocations
    .flatMap(({ capsules }) => capsules)
    .flatMap((capsule) => {
      const place = `capsule ${capsule.id}`;
      const event = captured.get(capsule.id);
      if (event === undefined) return [{ file, place, problem: "no event put this capsule on record" }];
      if (member(event.payload, "preImageHash") === capsule.preImageHash) return [];
      return [{ file, place, problem: `the capsule is not the one that event ${event.seq} put on record` }];
    });
}

/** What was planned for the campaign is there, however it ended. */
function verifyPlanned(
  { campaign, revocations }: EvidenceRecords,
  events: readonly EvidenceEvent[],
): EvidenceProblem[] {
  const present = new Set(revocations.map(({ revocation }) => revocation.id));
  return ofType(events, "revocation.planned")
    .filter((event) => member(event.payload, "campaign") === campaign.id && !present.has(event.subject))
    .map((event) => ({
      file: EVIDENCE_FILES.revocations,
      place: `revocation ${event.subject}`,
      problem: `event ${event.seq} put this change on the schedule, and it is missing`,
    }));
}

/** States that count in the sums, and the event each of them rests on. */
const RESTS_ON: Partial<Record<RevocationState, EvidenceType>> = {
  verified: "revocation.verified",
  "already-absent": "revocation.executed",
  undone: "revocation.undone",
};

function verifyStates({ revocations }: EvidenceRecords, events: readonly EvidenceEvent[]): EvidenceProblem[] {
  // The newest event about a change says how it stands; a rehearsal says nothing about it.
  const stands = new Map<string, JsonValue>();
  for (const event of events) {
    const state = member(event.payload, "state");
    if (state !== undefined && member(event.payload, "simulated") !== true) stands.set(event.subject, state);
  }
  const said = new Set(events.map((event) => `${event.type} ${event.subject}`));
  const differs = revocations.flatMap(({ revocation }) => {
    const state = stands.get(revocation.id);
    if (state === undefined || state === revocation.state || RESTS_ON[revocation.state] === undefined) return [];
    const problem = `the revocation is ${revocation.state}, and the newest event says ${text(state)}`;
    return [{ file: EVIDENCE_FILES.revocations, place: `revocation ${revocation.id}`, problem }];
  });
  const unsaid = revocations.flatMap(({ revocation }) => {
    const type = RESTS_ON[revocation.state];
    if (type === undefined || said.has(`${type} ${revocation.id}`)) return [];
    const problem = `the revocation is ${revocation.state}, and no event says so`;
    return [{ file: EVIDENCE_FILES.revocations, place: `revocation ${revocation.id}`, problem }];
  });
  return [...differs, ...unsaid];
}

/** What an event names; one that names nothing names something that is not there. */
const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "without a name");

const ofType = (events: readonly EvidenceEvent[], type: EvidenceType): readonly EvidenceEvent[] =>
  events.filter((event) => event.type === type);
