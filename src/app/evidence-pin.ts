import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { ChainHead } from "../model/evidence-archive.ts";
import { headPinForm } from "../model/forms/evidence.ts";
import type { Instant } from "../model/instant.ts";
import { canonicalJson } from "../text/canonical-json.ts";

/** A head that was kept outside, and when. */
export interface HeadPin extends ChainHead {
  readonly at: Instant;
}

/**
 * Adds the chain's head as a line to a file outside the data directory: whoever rewrites the chain later cannot rewrite that
 * file. Pins that stand in it already stay, because each of them speaks about the archives made after it. Throws `settings`
 * when there is nothing on record yet, `input-file` when the file holds something else than pins.
 */
export async function pinHead(
  world: Pick<World, "clock" | "actor" | "files">,
  data: DataDirectory,
  path: string,
): Promise<HeadPin> {
  // Under the write lock: of two that pin into one file at once, neither line is lost.
  return data.state.transaction(async (writer) => {
    const head = await writer.head();
    if (head === undefined)
      throw new AuditError("settings", "nothing-to-pin", "nothing is on record yet", {
        hint: "run `leastwise collect` first",
      });
    const earlier = (await world.files.exists(path)) ? parsePins(await world.files.read(path), path) : [];
    const pin: HeadPin = { seq: head.seq, hash: head.hash, at: world.clock.now() };
    await world.files.write(path, [...earlier, pin].map(pinLine).join(""));
    // That it was pinned is put on record after it was written.
    await writer.append({
      at: pin.at,
      actor: world.actor,
      assurance: "attested",
      type: "evidence.pinned",
      subject: head.hash,
      payload: { seq: head.seq },
    });
    return pin;
  });
}

/** The heads that a file of {@link pinHead} holds, oldest first. Throws `input-file` when it is something else. */
export async function readPins(files: World["files"], path: string): Promise<readonly HeadPin[]> {
  return parsePins(await files.read(path), path);
}

const pinLine = (pin: HeadPin): string => `${canonicalJson({ schema: "leastwise/evidence-pin@1", ...pin })}\n`;

/** One pin per line; a file with a single pin may spread it over several lines, as earlier versions wrote it. */
function parsePins(bytes: Uint8Array, file: string): readonly HeadPin[] {
  const text = new TextDecoder().decode(bytes).trim();
  const single = pinOf(text);
  if (single !== undefined) return [single];
  return text.split("\n").map((line, at) => {
    const pin = pinOf(line);
    if (pin !== undefined) return pin;
    throw new AuditError("input-file", "no-pin", `\`${file}\` holds something else than pinned heads`, {
      hint: "name a file that `leastwise evidence pin` wrote",
      place: { file, line: at + 1 },
    });
  });
}

function pinOf(text: string): HeadPin | undefined {
  try {
    const { seq, hash, at } = headPinForm.parse(JSON.parse(text));
    return { seq, hash, at };
  } catch {
    return undefined;
  }
}
