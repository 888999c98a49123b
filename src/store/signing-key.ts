import { randomBytes } from "node:crypto";
import { link, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AuditError } from "../model/audit-error.ts";
import { diskError } from "./disk-error.ts";
import { syncFolder, writeDurably } from "./durable-file.ts";

const KEY = /^[0-9a-f]{64}$/;

/**
 * The key that signs CSV rows: `given` (from `LEASTWISE_KEY`) when there is one, else the file in `folder`, made from 32
 * random bytes the first time. Throws `settings` for a key that is not 64 hex characters; the key itself is in no message.
 */
export async function readSigningKey(folder: string, given: string | undefined): Promise<Uint8Array> {
  if (given !== undefined) return decode(given, "`LEASTWISE_KEY`", "make one with `openssl rand -hex 32`");
  const path = join(folder, "csv-signing.key");
  const stored = (await readIfThere(path)) ?? (await makeKey(path));
  return decode(stored, `\`${path}\``, "put back a copy of it; without it, sheets that are out cannot be read back");
}

/** Two may make a key at the same moment: a link, unlike a rename, never replaces what the other one made. */
async function makeKey(path: string): Promise<string> {
  const candidate = `${path}.${randomBytes(6).toString("hex")}`;
  await writeDurably(candidate, `${randomBytes(32).toString("hex")}\n`);
  try {
    await link(candidate, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw diskError(error, path, "write");
  } finally {
    await rm(candidate, { force: true });
    await syncFolder(dirname(path));
  }
  return (await readIfThere(path)) ?? "";
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw diskError(error, path, "read");
  }
}

function decode(text: string, name: string, hint: string): Uint8Array {
  const hex = text.trim().toLowerCase();
  if (!KEY.test(hex))
    throw new AuditError("settings", "signing-key", `${name} is not a key of 64 hex characters`, { hint });
  return Buffer.from(hex, "hex");
}
