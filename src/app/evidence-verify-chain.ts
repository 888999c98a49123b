import type { ArchiveManifest, ChainHead, EvidenceProblem } from "../model/evidence-archive.ts";
import type { EvidenceEvent } from "../model/evidence-event.ts";
import { evidenceEventForm, sealForm } from "../model/forms/evidence.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { sha256 } from "../text/digest.ts";
import { linkFaults } from "../text/evidence-hash.ts";
import type { HeadPin } from "./evidence-pin.ts";
import { EVIDENCE_FILES } from "./evidence-records.ts";

/** The chain of an archive after every link was worked out again. */
export interface CheckedChain {
  /** The events that could be read, in the order of the file. */
  readonly events: readonly EvidenceEvent[];
  readonly head: ChainHead | null;
  /** Whether every pinned head that can be compared is in the chain; null when there was none to compare. */
  readonly pinned: boolean | null;
  readonly pins: ComparedPins;
  readonly problems: readonly EvidenceProblem[];
}

/** How many pins were given, by what they could say about the archive. */
export interface ComparedPins {
  /** The chain of the archive has to hold these. */
  readonly compared: number;
  /** Made after the archive: what they pinned came later, so they say nothing about it. */
  readonly later: number;
}

const file = EVIDENCE_FILES.events;

/** Recomputes `events.ndjson` line by line and holds its end against the manifest, the seal and pinned heads. */
export function verifyChain(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: ArchiveManifest | undefined,
  pins: readonly HeadPin[],
): CheckedChain {
  const bytes = files.get(file);
  const problems: EvidenceProblem[] = [];
  const events: EvidenceEvent[] = [];
  // A missing file is named by the manifest's check, unless the manifest is gone or does not name it.
  if (bytes === undefined && manifest?.files.some(({ path }) => path === file) !== true)
    problems.push({ file, place: null, problem: "the file is missing" });
  const lines = bytes === undefined ? [] : new TextDecoder().decode(bytes).split("\n");
  if (lines.at(-1) === "") lines.pop();
  let before: EvidenceEvent | undefined;
  for (const [at, line] of lines.entries()) {
    const place = `line ${at + 1}`;
    const event = parseEvent(line);
    if (event === undefined) {
      problems.push({ file, place, problem: "the line is not an event" });
      continue;
    }
    if (canonicalJson(event) !== line)
      problems.push({ file, place, problem: `event ${event.seq} is not written in canonical JSON` });
    for (const problem of linkFaults(event, before)) problems.push({ file, place, problem });
    events.push(event);
    before = event;
  }
  const head = before === undefined ? null : { seq: before.seq, hash: before.hash };
  if (manifest !== undefined) problems.push(...verifyEnd(before, manifest, files));
  const compared = comparePins(pins, events, manifest);
  problems.push(...compared.problems);
  return { events, head, pinned: compared.held, pins: compared.pins, problems };
}

/** Holds the chain against what was pinned outside: a head it should have reached must be in it. */
function comparePins(
  pins: readonly HeadPin[],
  events: readonly EvidenceEvent[],
  manifest: ArchiveManifest | undefined,
): { readonly held: boolean | null; readonly pins: ComparedPins; readonly problems: readonly EvidenceProblem[] } {
  const hashes = new Map(events.map(({ seq, hash }) => [seq, hash]));
  const end = Math.max(0, ...hashes.keys());
  const problems: EvidenceProblem[] = [];
  let later = 0;
  for (const { seq, hash, at } of pins) {
    const place = `event ${seq}`;
    if (seq > end) {
      // An honest chain only grows: what was pinned before the export is in the archive.
      if (manifest !== undefined && at < manifest.exportedAt)
        problems.push({
          file,
          place,
          problem: `the event was pinned at ${at}, before the archive was exported at ${manifest.exportedAt}, and is missing: the chain was cut, or a clock was set back`,
        });
      else later += 1;
    } else if (hashes.get(seq) !== hash)
      problems.push({ file, place, problem: "the chain does not hold the head that was pinned: it was rewritten" });
  }
  const compared = pins.length - later;
  return { held: compared === 0 ? null : problems.length === 0, pins: { compared, later }, problems };
}

function parseEvent(line: string): EvidenceEvent | undefined {
  try {
    // The type may be one that only a newer version knows; nothing here depends on it.
    return evidenceEventForm.parse(JSON.parse(line)) as EvidenceEvent;
  } catch {
    return undefined;
  }
}

/** The chain ends with the event that seals this very archive. */
function verifyEnd(
  last: EvidenceEvent | undefined,
  manifest: ArchiveManifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly EvidenceProblem[] {
  const problems: EvidenceProblem[] = [];
  if (last === undefined) return [{ file, place: null, problem: "there is no event at all" }];
  if (last.hash !== manifest.head.hash || last.seq !== manifest.head.seq) {
    problems.push({
      file,
      place: `event ${last.seq}`,
      problem: `the manifest says the chain ends with event ${manifest.head.seq}: events are missing at the end, or were added`,
    });
  }
  const seal =
    last.type === "evidence.exported" && last.subject === manifest.campaignId
      ? sealForm.safeParse(last.payload)
      : undefined;
  if (seal?.success !== true)
    return [...problems, { file, place: `event ${last.seq}`, problem: "the last event does not seal this archive" }];
  const { files: sealed, ...told } = seal.data;
  for (const [name, value] of Object.entries({ ...told, exportedAt: last.at })) {
    if (manifest[name as keyof typeof told | "exportedAt"] === value) continue;
    problems.push({
      file: EVIDENCE_FILES.manifest,
      place: `/${name}`,
      problem: `the manifest is not the one that event ${last.seq} sealed`,
    });
  }
  const listed = new Map(
    manifest.files.filter(({ path }) => path !== file).map(({ path, sha256: hash }) => [path, hash]),
  );
  for (const path of new Set([...Object.keys(sealed), ...listed.keys()])) {
    const bytes = files.get(path);
    const hash = bytes === undefined ? undefined : sha256(bytes);
    if (sealed[path] === undefined)
      problems.push({
        file: path,
        place: null,
        problem: `the file was added after event ${last.seq} sealed the archive`,
      });
    else if (hash !== undefined && hash !== sealed[path])
      problems.push({
        file: path,
        place: null,
        problem: `the file was changed after event ${last.seq} sealed the archive`,
      });
    else if (hash === undefined && !listed.has(path))
      problems.push({
        file: path,
        place: null,
        problem: `the file was removed after event ${last.seq} sealed the archive`,
      });
    else if (listed.get(path) !== sealed[path])
      problems.push({
        file: EVIDENCE_FILES.manifest,
        place: path,
        problem: `the manifest is not the one that event ${last.seq} sealed`,
      });
  }
  return problems;
}
