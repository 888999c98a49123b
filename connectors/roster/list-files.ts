import { access, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openError } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import { manifest } from "./manifest.ts";

/** Names of the lists, in the order they are read. */
export const LIST_FILES: readonly string[] = manifest.steps.map(({ id }) => `${id}.csv`);

/** Whether a path is there; says nothing about whether it may be read. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * A recording holds the lists as they were, so that it can be read again a year later; personal data, so for its owner only.
 * Throws `input-file` when it cannot be written.
 */
export async function copyLists(from: string, to: string): Promise<void> {
  if (resolve(from) === resolve(to)) return;
  for (const file of LIST_FILES) {
    const list = join(from, file);
    if (!(await isThere(list))) continue;
    const content = await readFile(list).catch((error: unknown) => {
      throw openError(error, list);
    });
    await writeWhole(join(to, file), content);
  }
}
