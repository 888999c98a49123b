import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { AuditError } from "../../src/model/audit-error.ts";
import { openError, readTextFile, parseJson } from "./read-json-file.ts";

/** A token of the streaming parser, as far as it is used here. */
interface Token {
  readonly name: string;
  readonly value?: unknown;
}

/** What stood beside the lists at the top of the document. */
export interface StreamedDocument {
  /** Names of the top-level members in order. */
  readonly members: readonly string[];
  /** Top-level members that are neither lists nor objects. */
  readonly scalars: Readonly<Record<string, unknown>>;
}

/** Below this a file is read whole when it turns out broken, to name the line. */
const WHOLE = 256 * 1024 * 1024;

/**
 * Reads a JSON document whose top-level members are long lists, handing over the elements one by one: memory stays that of
 * one element. Several documents one after the other (pages) are read as one. Throws `input-file` with the place.
 */
export async function streamLists(file: string, lists: readonly string[], onElement: (list: string, element: unknown) => void): Promise<StreamedDocument> {
  const [{ parser }, { default: Assembler }] = await Promise.all([import("stream-json/parser.js"), import("stream-json/assembler.js")]);
  const members: string[] = [];
  const scalars: Record<string, unknown> = {};
  const wanted = new Set(lists);
  let depth = 0;
  let member = "";
  let inList = false;
  let assembler: InstanceType<typeof Assembler> | undefined;
  const take = (token: Token): void => {
    if (assembler !== undefined) {
      assembler.consume(token as never);
      if (token.name === "startObject" || token.name === "startArray") depth += 1;
      else if (token.name === "endObject" || token.name === "endArray") depth -= 1;
      if (depth === 2) {
        onElement(member, assembler.current);
        assembler = undefined;
      }
      return;
    }
    switch (token.name) {
      case "keyValue":
        if (depth === 1) {
          member = String(token.value);
          members.push(member);
        }
        return;
      case "startObject":
      case "startArray":
        if (depth === 2 && inList) {
          assembler = new Assembler();
          assembler.consume(token as never);
        } else if (depth === 0 && token.name === "startArray") throw new AuditError("input-file", "json-shape", "this is a list, an object was expected", { place: { file, line: 1 } });
        else if (depth === 1) inList = token.name === "startArray" && wanted.has(member);
        depth += 1;
        return;
      case "endObject":
      case "endArray":
        depth -= 1;
        if (depth === 1) inList = false;
        return;
      default:
        if (depth === 1 && token.name.endsWith("Value")) scalars[member] = token.name === "trueValue" ? true : token.name === "falseValue" ? false : token.value;
        else if (depth === 0 && token.name.endsWith("Value")) throw new AuditError("input-file", "json-shape", "this is not a JSON object", { place: { file, line: 1 } });
    }
  };
  await refuseEmpty(file);
  const stream = createReadStream(file, { highWaterMark: 1 << 18 });
  const tokens = parser.asStream({ packValues: true, streamValues: false, jsonStreaming: true } as never);
  try {
    // Events, not an async iteration: a step of the event loop per token would take four times as long.
    await new Promise<void>((resolve, reject) => {
      const events = tokens as unknown as NodeJS.ReadableStream & NodeJS.WritableStream;
      stream.on("error", reject);
      events.on("error", reject);
      events.on("end", resolve);
      events.on("data", (token: Token) => {
        try {
          take(token);
        } catch (error) {
          reject(error as Error);
          stream.destroy();
        }
      });
      stream.pipe(events);
    });
  } catch (error) {
    if (error instanceof AuditError) throw error;
    throw await brokenFile(error, file);
  } finally {
    stream.destroy();
  }
  if (depth !== 0) throw await brokenFile(undefined, file);
  return { members, scalars };
}

async function refuseEmpty(file: string): Promise<void> {
  const size = await stat(file).then(
    (entry) => {
      if (entry.isDirectory()) throw openError({ code: "EISDIR" }, file);
      return entry.size;
    },
    (error: unknown) => {
      throw openError(error, file);
    },
  );
  if (size === 0) await readTextFile(file);
}

/** The same file read whole where that is possible, because the streaming parser does not count lines. */
async function brokenFile(error: unknown, file: string): Promise<AuditError> {
  const { size } = await stat(file);
  if (size <= WHOLE) {
    try {
      parseJson(await readTextFile(file), file);
    } catch (precise) {
      if (precise instanceof AuditError) return precise;
    }
  }
  return new AuditError("input-file", "json-broken", "the JSON ends too early or is not valid", {
    place: { file },
    hint: "make the file again; was the disk full, or the command stopped?",
    cause: error,
  });
}
