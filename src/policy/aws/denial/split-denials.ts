import type { Denial } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { plainText, withoutColours } from "./plain-text.ts";
import { readMessage } from "./read-denial.ts";
import { recordsIn } from "./records-in.ts";
import { textAt } from "./record.ts";

/** A refusal and the line on which it begins, counted from 1. */
export interface DenialAtLine {
  readonly line: number;
  readonly denial: Denial;
}

/** Reads a log line by line. */
export interface DenialLines {
  /** Takes the next line; gives what the lines before it held. */
  take(line: string): readonly DenialAtLine[];
  /** Gives what the last lines held. */
  end(): readonly DenialAtLine[];
}

/** Lines of one message beyond this many are not held: a log is not one message. */
const LONGEST_MESSAGE = 40;
/** The gutter of Terraform or of a mail; a line behind one goes on with a line behind one. */
const GUTTER = /^[│┃|>]/;
/** Where the telling part of a message begins. */
const TELLING = /\bUser:|\bnot\s+authori[sz]ed\b|access\s?denied|Unauthorized/i;
const NEXT_REFUSAL = /(?=\bAn error occurred \([\w.]+\) when calling|\bUser:\s)/;

/** A reader for logs of any length: holds no more than one message at a time. */
export function denialLines(actions: ActionTable): DenialLines {
  let held: string[] = [];
  let first = 1;
  let next = 1;
  function give(): readonly DenialAtLine[] {
    const found = held.length === 0 ? [] : denialsOf(held, first, actions);
    held = [];
    return found;
  }
  return {
    take(line) {
      const goesOn = held.length < LONGEST_MESSAGE && continues(held.at(-1), line);
      const found = goesOn ? [] : give();
      if (held.length === 0) first = next;
      held.push(line);
      next += 1;
      return found;
    },
    end: give,
  };
}

/**
 * Every refusal in a log or a CloudTrail file, with its line. What only says that something was denied counts where an error
 * code of AWS stands beside it: logs speak of denied access in many ways.
 */
export function splitDenials(text: string, actions: ActionTable): readonly DenialAtLine[] {
  const found: DenialAtLine[] = [];
  const clean = withoutColours(text);
  if (/^\s*[[{]/.test(clean) && clean.trimEnd().includes("\n")) {
    found.push(...denialsOfDocument(clean, actions));
    if (found.length > 0) return found;
  }
  const lines = denialLines(actions);
  for (const line of text.split(/\r\n|\n|\r/)) found.push(...lines.take(line));
  found.push(...lines.end());
  return found;
}

function denialsOf(lines: readonly string[], first: number, actions: ActionTable): readonly DenialAtLine[] {
  const text = withoutColours(lines.join("\n"));
  const records = [...recordsIn(text, actions)];
  if (records.length > 0) {
    return records.flatMap(({ reading }) => (reading.kind === "denial" ? [{ line: first, denial: reading }] : []));
  }
  return parts(text).flatMap(({ part, line }) => {
    const reading = readMessage(plainText(part), actions);
    if (reading.kind !== "denial" || (reading.action === null && reading.code === null)) return [];
    const before = part.slice(0, Math.max(0, part.search(TELLING)));
    return [{ line: first + line + linesIn(before), denial: reading }];
  });
}

/** Whether a line goes on with the one before: it is indented, or both stand behind a gutter. */
function continues(before: string | undefined, line: string): boolean {
  if (before === undefined || line.trim() === "") return false;
  return /^\s/.test(line) || (GUTTER.test(line) && GUTTER.test(before));
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

/** A message cut where another begins, so that what stands before the first sentence stays with it. */
function parts(text: string): readonly { readonly part: string; readonly line: number }[] {
  const cut: { part: string; line: number }[] = [];
  let line = 0;
  let open = "";
  let from = 0;
  for (const piece of text.split(NEXT_REFUSAL)) {
    if (open !== "" && /^An error|^User:/.test(piece) && /\bnot\s+authori[sz]ed\s+to\b/.test(open)) {
      cut.push({ part: open, line: from });
      open = "";
      from = line;
    }
    open += piece;
    line += linesIn(piece);
  }
  cut.push({ part: open, line: from });
  return cut;
}

/** The refusals of one JSON document over many lines; the line is that of the event's own id. */
function denialsOfDocument(text: string, actions: ActionTable): readonly DenialAtLine[] {
  const found: DenialAtLine[] = [];
  let line = 1;
  let at = 0;
  for (const { record, reading } of recordsIn(text, actions)) {
    const id = textAt(record, "eventID");
    const next = id === null ? -1 : text.indexOf(id, at);
    if (next >= 0) {
      line += linesIn(text.slice(at, next));
      at = next;
    }
    if (reading.kind === "denial") found.push({ line, denial: reading });
  }
  return found;
}
