import type { Archives, ArchiveFile, ReadArchive } from "../contracts/archive.ts";
import { AuditError } from "../model/audit-error.ts";
import type { ArchiveManifest, EvidenceProblem, EvidenceVerification } from "../model/evidence-archive.ts";
import { archiveManifestForm } from "../model/forms/evidence.ts";
import { sha256 } from "../text/digest.ts";
import type { HeadPin } from "./evidence-pin.ts";
import { verifyChain, type CheckedChain, type ComparedPins } from "./evidence-verify-chain.ts";
import { verifyRecords, type CheckedRecords } from "./evidence-verify-records.ts";
import { EVIDENCE_FILES, evidenceJson } from "./evidence-records.ts";

/** What checking found, with what the pins could say about it. */
export interface CheckedEvidence extends EvidenceVerification {
  readonly pins: ComparedPins;
}

/**
 * Checks an archive with nothing but the archive: every file's hash, every link of the chain, the seal over the records,
 * and the sums worked out again. With `pinned`, also that the chain still holds the heads that were kept outside before it was exported. Damage is
 * an answer, not an error; throws `input-file` only when there is no archive at that path.
 */
export async function verifyEvidence(
  archives: Pick<Archives, "read">,
  path: string,
  options: { readonly pinned?: readonly HeadPin[] } = {},
): Promise<CheckedEvidence> {
  try {
    return verifyArchive(await archives.read(path), path, options.pinned);
  } catch (error) {
    if (!(error instanceof AuditError) || error.code !== "archive-unreadable") throw error;
    return verifyArchive({ files: [], faults: [error.message] }, path, options.pinned);
  }
}

/** The same over an archive that was read already; `name` is what its own faults are reported under. */
export function verifyArchive(archive: ReadArchive, name: string, pinned: readonly HeadPin[] = []): CheckedEvidence {
  const files = new Map(archive.files.map((file) => [file.path, file.bytes]));
  const problems: EvidenceProblem[] = archive.faults.map((problem) => ({ file: name, place: null, problem }));
  const manifest = readManifest(files.get(EVIDENCE_FILES.manifest), problems);
  if (manifest !== undefined) problems.push(...verifyFiles(archive.files, manifest));

  const chain: CheckedChain = verifyChain(files, manifest, pinned);
  const records: CheckedRecords = verifyRecords(files, manifest, chain.events);
  problems.push(...chain.problems, ...records.problems);
  return {
    schema: "leastwise/evidence-verification@1",
    ok: problems.length === 0,
    problems,
    counts: { files: archive.files.length, events: chain.events.length, ...records.counts },
    head: chain.head,
    tiesOut: records.tiesOut,
    pinned: chain.pinned,
    pins: chain.pins,
  };
}

function readManifest(bytes: Uint8Array | undefined, problems: EvidenceProblem[]): ArchiveManifest | undefined {
  const file = EVIDENCE_FILES.manifest;
  if (bytes === undefined) {
    problems.push({
      file,
      place: null,
      problem: "the file is missing: without it nothing says what belongs to the archive",
    });
    return undefined;
  }
  try {
    const manifest = archiveManifestForm.parse(JSON.parse(new TextDecoder().decode(bytes)));
    if (sha256(evidenceJson(manifest)) !== sha256(bytes))
      problems.push({ file, place: null, problem: "the file is not written as it was: it was changed" });
    return manifest;
  } catch {
    problems.push({ file, place: null, problem: "the file is not a manifest of `leastwise/evidence-archive@1`" });
    return undefined;
  }
}

function verifyFiles(files: readonly ArchiveFile[], manifest: ArchiveManifest): readonly EvidenceProblem[] {
  const problems: EvidenceProblem[] = [];
  const listed = new Map(manifest.files.map((entry) => [entry.path, entry]));
  for (const { path, bytes } of files) {
    const entry = listed.get(path);
    if (entry === undefined && path !== EVIDENCE_FILES.manifest)
      problems.push({ file: path, place: null, problem: "the manifest does not name this file" });
    if (entry === undefined) continue;
    const hash = sha256(bytes);
    if (bytes.length !== entry.bytes)
      problems.push({
        file: path,
        place: null,
        problem: `the file has ${bytes.length} bytes, the manifest says ${entry.bytes}`,
      });
    if (hash !== entry.sha256)
      problems.push({
        file: path,
        place: null,
        problem: `the SHA-256 of the file is ${hash}, the manifest says ${entry.sha256}`,
      });
    const named = /^blobs\/([0-9a-f]{64})\./.exec(path)?.[1];
    if (named !== undefined && named !== hash)
      problems.push({ file: path, place: null, problem: "the bytes of the blob do not give the hash in its name" });
  }
  const present = new Set(files.map(({ path }) => path));
  for (const { path } of manifest.files)
    if (!present.has(path)) problems.push({ file: path, place: null, problem: "the file is missing" });
  const paths = manifest.files.map(({ path }) => path);
  if (listed.size !== paths.length)
    problems.push({ file: EVIDENCE_FILES.manifest, place: null, problem: "the manifest names a file twice" });
  return problems;
}
