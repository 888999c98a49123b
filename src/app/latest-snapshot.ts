import type { DataDirectory } from "../contracts/store.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Snapshot, SnapshotManifest } from "../model/snapshot.ts";

/** The manifests, newest first. */
export async function snapshotManifests(data: DataDirectory): Promise<readonly SnapshotManifest[]> {
  const manifests = [...(await data.state.list("snapshot"))];
  // What is dated later than it was written is not newer for that: a wrong clock must not rule every later run.
  const moment = ({ asOf, createdAt }: SnapshotManifest): string => (asOf < createdAt ? asOf : createdAt);
  const key = (manifest: SnapshotManifest): string => `${moment(manifest)} ${manifest.createdAt} ${manifest.id}`;
  return manifests.sort((a, b) => (key(a) < key(b) ? 1 : -1));
}

/** The manifest with that id (a unique beginning will do), or the newest. Throws `settings` when there is none. */
export async function findManifest(data: DataDirectory, id?: string): Promise<SnapshotManifest> {
  const manifests = await snapshotManifests(data);
  const newest = manifests[0];
  if (newest === undefined) {
    throw new AuditError("settings", "no-snapshot", "there is no snapshot yet", {
      hint: "run `leastwise collect` first",
    });
  }
  if (id === undefined) return newest;
  const matches = manifests.filter((manifest) => manifest.id === id || manifest.id.startsWith(id));
  const only = matches[0];
  if (only !== undefined && matches.length === 1) return only;
  throw new AuditError(
    "settings",
    "snapshot-id",
    matches.length === 0 ? `there is no snapshot \`${id}\`` : `\`${id}\` fits ${matches.length} snapshots`,
    {
      hint: "`leastwise snapshots` lists them",
    },
  );
}

/** The newest snapshot, or the one asked for, read and checked against its hashes. */
export async function readSnapshot(
  data: DataDirectory,
  id?: string,
): Promise<{ readonly manifest: SnapshotManifest; readonly snapshot: Snapshot }> {
  const manifest = await findManifest(data, id);
  return { manifest, snapshot: await data.snapshots.read(manifest) };
}
