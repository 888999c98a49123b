import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { ChainHead } from "../model/evidence-archive.ts";
import { headPinForm } from "../model/forms/evidence.ts";
import { evidenceJson } from "./evidence-records.ts";

/**
 * Writes the chain's head to a file outside the data directory: whoever rewrites the chain later cannot rewrite that file.
 * That it was pinned is put on record after it was written. Throws `settings` when there is nothing on record yet.
 */
export async function pinHead(
  world: Pick<World, "clock" | "actor" | "files">,
  data: DataDirectory,
  path: string,
): Promise<ChainHead> {
  const head = await data.state.head();
  if (head === undefined)
    throw new AuditError("settings", "nothing-to-pin", "nothing is on record yet", {
      hint: "run `leastwise collect` first",
    });
  const pin = { schema: "leastwise/evidence-pin@1", seq: head.seq, hash: head.hash, at: world.clock.now() };
  await world.files.write(path, evidenceJson(pin));
  await data.state.transaction((writer) =>
    writer.append({
      at: pin.at,
      actor: world.actor,
      assurance: "attested",
      type: "evidence.pinned",
      subject: head.hash,
      payload: { seq: head.seq },
    }),
  );
  return { seq: head.seq, hash: head.hash };
}

/** The head that a file of {@link pinHead} holds. Throws `input-file` when it is something else. */
export async function readPin(files: World["files"], path: string): Promise<ChainHead> {
  const bytes = await files.read(path);
  try {
    const { seq, hash } = headPinForm.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { seq, hash };
  } catch (error) {
    throw new AuditError("input-file", "no-pin", `\`${path}\` is no pinned head`, {
      hint: "name a file that `leastwise evidence pin` wrote",
      place: { file: path },
      cause: error,
    });
  }
}
