import { access, chmod, copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { manifest } from "./manifest.ts";

/** Names of the lists, in the order they are read. */
export const LIST_FILES: readonly string[] = manifest.steps.map(({ id }) => `${id}.csv`);

/** Whether a path is there; says nothing about whether it may be read. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A recording holds the lists as they were, so that it can be read again a year later; personal data, so for its owner only. */
export async function copyLists(from: string, to: string): Promise<void> {
  if (resolve(from) === resolve(to)) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const file of LIST_FILES) {
    if (!(await isThere(join(from, file)))) continue;
    await copyFile(join(from, file), join(to, file));
    await chmod(join(to, file), 0o600);
  }
}
