import type { ArchiveManifest, EvidenceProblem, EvidenceVerification } from "../model/evidence-archive.ts";
import type { EvidenceEvent } from "../model/evidence-event.ts";
import { archivedRecordsForm, archivedSnapshotForm } from "../model/forms/evidence.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { EVIDENCE_FILES, type EvidenceRecords } from "./evidence-records.ts";
import { member, verifyBindings } from "./evidence-verify-bindings.ts";
import { tieOutOf, tiesOut } from "./evidence-tie-out.ts";

/** What the records of an archive say when they are worked out again. */
export interface CheckedRecords {
  readonly problems: readonly EvidenceProblem[];
  readonly counts: Pick<EvidenceVerification["counts"], "items" | "decisions" | "revocations" | "verifications">;
  readonly tiesOut: boolean;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** Holds the records against the events that put them on record, and works the sums out again. */
export function verifyRecords(
  files: Files,
  manifest: ArchiveManifest | undefined,
  events: readonly EvidenceEvent[],
): CheckedRecords {
  const problems: EvidenceProblem[] = [];
  const records = readRecords(files, problems);
  if (manifest !== undefined) problems.push(...verifySnapshot(files, manifest, events));
  if (records === undefined)
    return { problems, counts: { items: 0, decisions: 0, revocations: 0, verifications: 0 }, tiesOut: false };
  problems.push(...verifyBindings(records, events));

  const sums = tieOutOf(records);
  const stored = files.get(EVIDENCE_FILES.tieOut);
  if (stored !== undefined && canonicalText(stored) !== canonicalJson(sums)) {
    problems.push({
      file: EVIDENCE_FILES.tieOut,
      place: null,
      problem: "the sums are not those of the records in this archive",
    });
  }
  // Closing refuses while the numbers do not tie out: a closed review whose numbers do not was changed since.
  if (records.campaign.state === "closed" && !tiesOut(sums)) {
    const differences = sums.differences.length > 0 ? sums.differences : [`items that are open: ${sums.open}`];
    for (const difference of differences)
      problems.push({
        file: EVIDENCE_FILES.tieOut,
        place: null,
        problem: `the review is closed, and its numbers do not tie out: ${difference}`,
      });
  }
  return {
    problems,
    counts: {
      items: records.items.length,
      decisions: records.decisions.length,
      revocations: records.revocations.length,
      verifications: records.revocations.reduce((sum, { verifications }) => sum + verifications.length, 0),
    },
    tiesOut: tiesOut(sums),
  };
}

/** Files that are missing are named by the manifest's check; here it only matters that there is nothing to work out. */
function readRecords(files: Files, problems: EvidenceProblem[]): EvidenceRecords | undefined {
  const parts = {
    campaign: EVIDENCE_FILES.campaign,
    items: EVIDENCE_FILES.population,
    decisions: EVIDENCE_FILES.decisions,
    revocations: EVIDENCE_FILES.revocations,
    imports: EVIDENCE_FILES.imports,
    exports: EVIDENCE_FILES.exports,
  } as const;
  const found: Record<string, unknown> = {};
  let complete = true;
  for (const [name, file] of Object.entries(parts)) {
    const bytes = files.get(file);
    const parsed =
      bytes === undefined
        ? undefined
        : archivedRecordsForm.shape[name as keyof typeof parts].safeParse(parseJson(bytes));
    if (parsed?.success === true) found[name] = parsed.data;
    else complete = false;
    if (parsed?.success === false)
      problems.push({
        file,
        place: pointer(parsed.error.issues[0]?.path ?? []),
        problem: "the file does not hold the records it should",
      });
  }
  // Checked for what is read here; the rest of each record is as it was written.
  return complete ? (found as unknown as EvidenceRecords) : undefined;
}

function verifySnapshot(
  files: Files,
  manifest: ArchiveManifest,
  events: readonly EvidenceEvent[],
): readonly EvidenceProblem[] {
  const file = EVIDENCE_FILES.snapshot;
  const bytes = files.get(file);
  if (bytes === undefined) return [];
  const snapshot = archivedSnapshotForm.safeParse(parseJson(bytes));
  if (!snapshot.success) return [{ file, place: null, problem: "the file does not describe a snapshot" }];
  const problems: EvidenceProblem[] = [];
  if (snapshot.data.id !== manifest.snapshotId)
    problems.push({ file, place: null, problem: `the manifest speaks of snapshot ${manifest.snapshotId}` });
  const written = events.find((event) => event.type === "snapshot.written" && event.subject === manifest.snapshotId);
  const tables = member(written?.payload, "tables");
  if (written === undefined)
    problems.push({ file, place: null, problem: "no event says that this snapshot was written" });
  else if (tables === undefined || canonicalJson(tables) !== canonicalJson(snapshot.data.tables)) {
    problems.push({ file, place: null, problem: `the tables are not those that event ${written.seq} put on record` });
  }
  for (const { table, sha256 } of snapshot.data.tables) {
    const blob = `blobs/${sha256}.parquet`;
    if (!manifest.files.some(({ path }) => path === blob))
      problems.push({ file: blob, place: `table ${table}`, problem: "the table is not part of the archive" });
  }
  return problems;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function canonicalText(bytes: Uint8Array): string | undefined {
  const value = parseJson(bytes);
  return value === undefined ? undefined : canonicalJson(value);
}

const pointer = (path: readonly PropertyKey[]): string | null =>
  path.length === 0 ? null : `/${path.map(String).join("/")}`;
