/**
 * Reads JSON documents that are mostly long lists, entry by entry. The bytes are only searched for where each entry ends;
 * the entry itself goes through `JSON.parse`. Ten times as fast as a parser that hands over tokens (45 MB: 0.3 s against
 * 2.5 s), and memory stays that of one entry. One file, because the places of the errors need the state of the search.
 */
import { createReadStream } from "node:fs";
import { AuditError, type FilePlace } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { jsonFault } from "./json-fault.ts";
import { brokenError, emptyError, encodingOf, openError } from "./read-json-file.ts";

/** What is wrong with an entry; the reader adds file, line and JSON pointer. */
export interface EntryProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What stood beside the lists. */
export interface ListDocument {
  /** Names of the members at the top, in order, each once. */
  readonly members: readonly string[];
  /** Members at the top that are neither lists nor objects; of several documents the last one's. */
  readonly scalars: Readonly<Record<string, JsonValue>>;
}

/** Takes one entry of a list with its place in it; answers what is wrong with it, if anything. */
export type OnEntry = (list: string, entry: JsonValue, index: number) => EntryProblem | undefined;

type Expecting =
  | "document"
  | "page-or-end"
  | "key"
  | "key-or-end"
  | "colon"
  | "value"
  | "entry"
  | "entry-or-end"
  | "after-value"
  | "after-entry"
  | "after-page";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes read at a time. */
const CHUNK = 1 << 20;

/**
 * Hands over every entry of the named lists in order. The file may hold one document, several one after the other, or a list
 * of documents: pages are read as one. `onEntry` may answer a problem, which is thrown with its place. Throws `input-file`
 * for what is missing, empty, cut short or malformed.
 */
export async function readJsonLists(
  file: string,
  lists: readonly string[],
  onEntry: OnEntry,
  chunkBytes = CHUNK,
): Promise<ListDocument> {
  const search = new ListSearch(lists, onEntry);
  try {
    for await (const chunk of chunksOf(file, chunkBytes)) search.push(chunk);
    search.end();
  } catch (error) {
    if (error instanceof Fault) throw await placed(error, file);
    if (error instanceof AuditError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw openError(error, file);
  }
  if (search.documents === 0)
    throw search.lists ? notAnObject("an empty list", { file, line: 1, column: 1 }) : emptyError(file);
  return { members: [...search.members], scalars: search.scalars };
}

/** The bytes of a file as UTF-8 without mark. */
async function* chunksOf(file: string, chunkBytes = CHUNK): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = true;
  // The mark at the start must not be cut in two.
  for await (const chunk of createReadStream(file, {
    highWaterMark: Math.max(4, chunkBytes),
  }) as AsyncIterable<Buffer>) {
    if (first) {
      const encoding = encodingOf(chunk);
      if (encoding !== "utf-8") decoder = new TextDecoder(encoding);
    }
    const bytes = decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
    yield first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
    first = false;
  }
}

/** A fault at a byte of the text (mark not counted). */
class Fault extends Error {
  readonly offset: number;
  readonly kind: "cut" | "broken" | "not-an-object" | EntryProblem;
  readonly pointer: string | undefined;
  /** What stands there. */
  readonly character: string | undefined;

  constructor(offset: number, kind: Fault["kind"], pointer?: string, character?: string) {
    super("fault");
    this.offset = offset;
    this.kind = kind;
    this.pointer = pointer;
    this.character = character;
  }
}

/** The search for the ends of entries, chunk by chunk. */
class ListSearch {
  readonly members = new Set<string>();
  readonly scalars: Record<string, JsonValue> = {};
  documents = 0;
  /** Whether the file is a list of documents. */
  lists = false;
  readonly #wanted: ReadonlySet<string>;
  readonly #onEntry: OnEntry;
  readonly #counts = new Map<string, number>();
  #expecting: Expecting = "document";
  #pages = false;
  #member = "";
  /** Bytes before `#rest`. */
  #base = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** Where the search of a value that is not yet whole goes on, with its depth and whether it is inside a string. */
  #scan: { at: number; depth: number; inString: boolean } | undefined;

  constructor(lists: readonly string[], onEntry: OnEntry) {
    this.#wanted = new Set(lists);
    this.#onEntry = onEntry;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const used = this.#advance(bytes, false);
    this.#rest = bytes.subarray(used);
    this.#base += used;
  }

  end(): void {
    const used = this.#advance(this.#rest, true);
    const whole =
      used === this.#rest.length &&
      (this.#expecting === "document" || this.#expecting === "after-page") &&
      !this.#pages;
    if (!whole) throw new Fault(this.#base + this.#rest.length, "cut");
  }

  /** Goes on as far as the bytes reach; answers how many are done with. */
  #advance(bytes: Buffer, last: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        at += 1;
        continue;
      }
      if (this.#isValueNext(byte)) {
        const end = this.#endOfValue(bytes, at, last);
        if (end === undefined) return at;
        this.#take(bytes, at, end);
        at = end;
        continue;
      }
      this.#structure(byte, this.#base + at);
      at += 1;
    }
    return at;
  }

  #isValueNext(byte: number): boolean {
    switch (this.#expecting) {
      case "key":
        return byte === QUOTE;
      case "key-or-end":
        return byte === QUOTE;
      case "value":
        return !(byte === 0x5b && this.#wanted.has(this.#member));
      case "entry":
        return true;
      case "entry-or-end":
        return byte !== 0x5d;
      default:
        return false;
    }
  }

  /** Brackets, commas and colons between what is taken as values. */
  #structure(byte: number, offset: number): void {
    const character = String.fromCharCode(byte);
    const next = STRUCTURE[this.#expecting][character];
    if (next === undefined) {
      const atStart = this.documents === 0 && (this.#expecting === "document" || this.#expecting === "page-or-end");
      throw new Fault(offset, atStart ? "not-an-object" : "broken", undefined, character);
    }
    if (this.#expecting === "document" && character === "[") {
      if (this.documents > 0 || this.#pages) throw new Fault(offset, "broken");
      this.#pages = true;
      this.lists = true;
    }
    if (character === "{") this.documents += 1;
    if ((this.#expecting === "page-or-end" || this.#expecting === "after-page") && character === "]") {
      if (!this.#pages) throw new Fault(offset, "broken");
      this.#pages = false;
    }
    if (this.#expecting === "after-page" && character === "," && !this.#pages) throw new Fault(offset, "broken");
    this.#expecting = next;
  }

  /** First byte behind the value that starts at `start`, or undefined when more bytes are needed. */
  #endOfValue(bytes: Buffer, start: number, last: boolean): number | undefined {
    const first = bytes[start] ?? 0;
    if (first !== QUOTE && first !== 0x7b && first !== 0x5b) return endOfWord(bytes, start, last);
    const scan = this.#scan ?? { at: start, depth: 0, inString: false };
    // Offsets of a search that goes on count from the value, because the bytes before it are dropped.
    let at = this.#scan === undefined ? start : start + scan.at;
    let { depth, inString } = scan;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (inString) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0) break;
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    if (at < bytes.length) {
      this.#scan = undefined;
      return at + 1;
    }
    this.#scan = { at: at - start, depth, inString };
    return undefined;
  }

  /** Takes a whole value: a member's name, something beside the lists, or an entry. */
  #take(bytes: Buffer, start: number, end: number): void {
    const offset = this.#base + start;
    const container = bytes[start] === 0x7b || bytes[start] === 0x5b;
    switch (this.#expecting) {
      case "key":
      case "key-or-end":
        this.#member = parsed(bytes, start, end, offset) as string;
        this.members.add(this.#member);
        this.#expecting = "colon";
        return;
      case "value":
        if (!container) this.scalars[this.#member] = parsed(bytes, start, end, offset);
        this.#expecting = "after-value";
        return;
      default: {
        const index = this.#counts.get(this.#member) ?? 0;
        this.#counts.set(this.#member, index + 1);
        const problem = this.#onEntry(this.#member, parsed(bytes, start, end, offset), index);
        if (problem !== undefined) throw new Fault(offset, problem, `/${this.#member}/${index}`);
        this.#expecting = "after-entry";
      }
    }
  }
}

/** What each character between values leads to. */
const STRUCTURE: Readonly<Record<Expecting, Readonly<Record<string, Expecting>>>> = {
  document: { "{": "key-or-end", "[": "page-or-end" },
  "page-or-end": { "{": "key-or-end", "]": "document" },
  "after-page": { "{": "key-or-end", ",": "page-or-end", "]": "document" },
  key: {},
  "key-or-end": { "}": "after-page" },
  colon: { ":": "value" },
  value: { "[": "entry-or-end" },
  entry: {},
  "entry-or-end": { "]": "after-value" },
  "after-entry": { ",": "entry", "]": "after-value" },
  "after-value": { ",": "key", "}": "after-page" },
};

/** Numbers and the three words end before the next delimiter. */
function endOfWord(bytes: Buffer, start: number, last: boolean): number | undefined {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === 0x3a)
      return Math.max(at, start + 1);
    at += 1;
  }
  return last ? at : undefined;
}

function parsed(bytes: Buffer, start: number, end: number, offset: number): JsonValue {
  const text = bytes.toString("utf8", start, end);
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // What is whole by its brackets cannot be cut short.
    throw new Fault(offset + Buffer.byteLength(text.slice(0, jsonFault(text)?.offset ?? 0)), "broken");
  }
}

/** The fault with line and column, for which the file is read once more up to there. */
async function placed(fault: Fault, file: string): Promise<AuditError> {
  let line = 1;
  let column = 1;
  let left = fault.offset;
  for await (const chunk of chunksOf(file)) {
    const text = chunk.subarray(0, left).toString("utf8");
    const lines = text.split("\n");
    line += lines.length - 1;
    column = lines.length > 1 ? (lines.at(-1)?.length ?? 0) + 1 : column + text.length;
    left -= Math.min(left, chunk.length);
    if (left === 0) break;
  }
  if (fault.kind === "cut" || fault.kind === "broken") return brokenError(file, { line, column }, fault.kind === "cut");
  const place = { file, line, column, ...(fault.pointer === undefined ? {} : { pointer: fault.pointer }) };
  if (fault.kind === "not-an-object") return notAnObject(wordFor(fault.character), place);
  const { code, message, hint } = fault.kind;
  return new AuditError("input-file", code, message, { place, hint });
}

function wordFor(character = ""): string {
  if (character === "[") return "a list in a list";
  if (character === '"') return "text";
  return /[-\d]/.test(character) ? "a number" : "not one";
}

function notAnObject(found: string, place: FilePlace): AuditError {
  return new AuditError("input-file", "json-shape", `a JSON object was expected, this is ${found}`, {
    place,
    hint: "give the file that the command wrote with `--output json`",
  });
}
