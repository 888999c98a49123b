import type { Archives, ArchiveFile } from "../contracts/archive.ts";
import type { DataDirectory, StateReader } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { ArchiveManifest } from "../model/evidence-archive.ts";
import type { EvidenceEvent } from "../model/evidence-event.ts";
import type { SnapshotManifest } from "../model/snapshot.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { sha256 } from "../text/digest.ts";
import { EVIDENCE_FORMAT } from "./evidence-format.ts";
import { populationCsv } from "./evidence-population.ts";
import { EVIDENCE_FILES, evidenceJson, type EvidenceRecords } from "./evidence-records.ts";
import { tieOutOf, tiesOut } from "./evidence-tie-out.ts";

/** What was written. */
export interface ExportedEvidence {
  readonly path: string;
  readonly manifest: ArchiveManifest;
  /** Files of the archive, the manifest itself included: as checking it counts them. */
  readonly files: number;
  /** Whether the numbers balance; an archive that does not is written all the same, and says so. */
  readonly tiesOut: boolean;
}

/**
 * Writes everything about one campaign as an archive that can be checked without us (zip or folder, by the path's ending).
 * The last event of the chain seals the files, so that none can be changed later without changing the head. Throws
 * `settings` when there is no such campaign or the path is taken, `input-file` when a blob is missing or damaged.
 */
export async function exportEvidence(
  world: Pick<World, "clock" | "actor" | "version"> & { readonly archives: Archives },
  data: DataDirectory,
  options: { readonly campaignId: string; readonly path: string },
): Promise<ExportedEvidence> {
  const snapshot = await snapshotOf(data, options.campaignId);
  // Before the seal is put on record: an export that could not be written must leave no event of it.
  await world.archives.prepare(options.path);
  const { coverage, runs } = await data.snapshots.read(snapshot);
  const fixed: ArchiveFile[] = [
    { path: EVIDENCE_FILES.format, bytes: text(EVIDENCE_FORMAT) },
    { path: EVIDENCE_FILES.snapshot, bytes: evidenceJson(snapshot) },
    { path: EVIDENCE_FILES.coverage, bytes: evidenceJson({ coverage, runs }) },
  ];
  const tables = snapshot.tables.map((table) => ({ hash: table.sha256, extension: "parquet" }));

  // One transaction: what is sealed is what was there at that moment, and nothing lies between it and the seal.
  const sealed = await data.state.transaction(async (writer) => {
    const records = await recordsOf(writer, options.campaignId);
    const sums = tieOutOf(records);
    const balanced = tiesOut(sums);
    const files = [...fixed, ...recordFiles(records, sums)].sort(byPath);
    const blobs = uniqueBlobs([...tables, ...records.imports.map(({ id }) => ({ hash: id, extension: "csv" }))]);
    const seal = Object.fromEntries([
      ...files.map(({ path, bytes }) => [path, sha256(bytes)]),
      ...blobs.map(({ path, hash }) => [path, hash]),
    ]);
    const { clock, actor } = world;
    const head = await writer.append({
      at: clock.now(),
      actor,
      assurance: "attested",
      type: "evidence.exported",
      subject: options.campaignId,
      payload: {
        files: seal,
        tiesOut: balanced,
        product: world.version,
        snapshotId: snapshot.id,
        snapshotSchemaVersion: snapshot.schemaVersion,
      },
    });
    const events: EvidenceEvent[] = [];
    for await (const event of writer.events()) events.push(event);
    return { files, blobs, head, events, tiesOut: balanced };
  });

  const blobs: ArchiveFile[] = [];
  for (const { path, hash, extension } of sealed.blobs)
    blobs.push({ path, bytes: await data.blobs.get(hash, extension) });
  const events = {
    path: EVIDENCE_FILES.events,
    bytes: text(sealed.events.map((event) => `${canonicalJson(event)}\n`).join("")),
  };
  const files = [...sealed.files, ...blobs, events].sort(byPath);
  const manifest: ArchiveManifest = {
    format: "leastwise/evidence-archive@1",
    product: world.version,
    campaignId: options.campaignId,
    snapshotId: snapshot.id,
    snapshotSchemaVersion: snapshot.schemaVersion,
    exportedAt: sealed.head.at,
    head: { seq: sealed.head.seq, hash: sealed.head.hash },
    files: files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes), bytes: bytes.length })),
  };
  const all = [{ path: EVIDENCE_FILES.manifest, bytes: evidenceJson(manifest) }, ...files];
  await world.archives.write(options.path, all);
  return { path: options.path, manifest, files: all.length, tiesOut: sealed.tiesOut };
}

async function snapshotOf(data: DataDirectory, campaignId: string): Promise<SnapshotManifest> {
  const { snapshotId } = await campaignOf(data.state, campaignId);
  const snapshot = await data.state.get("snapshot", snapshotId);
  if (snapshot === undefined)
    throw new AuditError(
      "invariant",
      "snapshot-missing",
      `campaign \`${campaignId}\` rests on snapshot \`${snapshotId}\`, which is not there`,
    );
  return snapshot;
}

async function campaignOf(state: StateReader, id: string) {
  const campaign = await state.get("campaign", id);
  if (campaign === undefined)
    throw new AuditError("settings", "campaign-id", `there is no campaign \`${id}\``, {
      hint: "`leastwise review status` lists them",
    });
  return campaign;
}

async function recordsOf(state: StateReader, campaignId: string): Promise<EvidenceRecords> {
  const parent = { parentId: campaignId };
  const revocations = [];
  // What an automatic policy took away belongs to no campaign; it would stand in no archive if not in each.
  const all = await state.list("revocation");
  for (const revocation of all.filter((one) => one.campaignId === campaignId || one.campaignId === null)) {
    const own = { parentId: revocation.id };
    const capsules = (await state.list("capsule", own)).map(({ preImage: _left, ...capsule }) => capsule);
    revocations.push({
      revocation,
      capsules,
      verifications: await state.list("verification", own),
      holds: await state.list("hold", own),
    });
  }
  return {
    campaign: await campaignOf(state, campaignId),
    items: await state.list("review_item", parent),
    decisions: await state.list("decision", parent),
    revocations,
    imports: await state.list("import_file", parent),
    exports: await state.list("review_export", parent),
  };
}

function recordFiles(records: EvidenceRecords, tieOut: unknown): readonly ArchiveFile[] {
  return [
    { path: EVIDENCE_FILES.campaign, bytes: evidenceJson(records.campaign) },
    { path: EVIDENCE_FILES.population, bytes: evidenceJson(records.items) },
    { path: EVIDENCE_FILES.populationCsv, bytes: text(populationCsv(records.items)) },
    { path: EVIDENCE_FILES.decisions, bytes: evidenceJson(records.decisions) },
    { path: EVIDENCE_FILES.revocations, bytes: evidenceJson(records.revocations) },
    { path: EVIDENCE_FILES.imports, bytes: evidenceJson(records.imports) },
    { path: EVIDENCE_FILES.exports, bytes: evidenceJson(records.exports) },
    { path: EVIDENCE_FILES.tieOut, bytes: evidenceJson(tieOut) },
  ];
}

/** Tables with equal content, and a file uploaded twice, are one blob. */
function uniqueBlobs(blobs: readonly { readonly hash: string; readonly extension: string }[]) {
  const byPlace = new Map(blobs.map((blob) => [`blobs/${blob.hash}.${blob.extension}`, blob]));
  return [...byPlace].map(([path, blob]) => ({ path, ...blob })).sort(byPath);
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
