import type { DenialReading } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { isCloudTrailEvent, readCloudTrailEvent } from "./cloudtrail-event.ts";
import { isDecodedMessage, readDecodedMessage } from "./decoded-message.ts";
import { parsedJson, record, textAt, type JsonRecord } from "./record.ts";

/** What one CloudTrail event or decoded message in a text says. */
export interface RecordReading {
  readonly record: JsonRecord;
  readonly reading: DenialReading;
}

/** Words without which no text holds an event or a decoded message: spares parsing what is none. */
const TOLD = /eventSource|"allowed\\*"/;
/** EventBridge, CloudWatch and `lookup-events` wrap events in objects and in texts; nobody wraps them deeper. */
const DEEPEST = 8;
/** Places in a line of text at which JSON may begin. */
const MOST_STARTS = 16;

/**
 * Every CloudTrail event and decoded message in a text, in order: the text itself, a list or a file of `Records`, the answer of
 * `lookup-events`, an EventBridge envelope, or JSON behind the prefix of a log line.
 */
export function* recordsIn(text: string, actions: ActionTable): Generator<RecordReading> {
  if (!TOLD.test(text)) return;
  const whole = parsedJson(text);
  if (whole !== undefined) {
    yield* within(whole, actions, 0);
    return;
  }
  let from = 0;
  for (let start = 0; start < MOST_STARTS; start += 1) {
    const open = text.indexOf("{", from);
    if (open < 0) return;
    const end = closing(text, open);
    const value = end < 0 ? undefined : parsedJson(text.slice(open, end));
    if (value === undefined) {
      from = open + 1;
      continue;
    }
    yield* within(value, actions, 0);
    from = end;
  }
}

function* within(value: unknown, actions: ActionTable, depth: number): Generator<RecordReading> {
  if (depth > DEEPEST) return;
  if (typeof value === "string") {
    if (TOLD.test(value)) yield* within(parsedJson(value), actions, depth + 1);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) yield* within(item, actions, depth + 1);
    return;
  }
  const object = record(value);
  if (object === null) return;
  if (isCloudTrailEvent(object)) yield { record: object, reading: readCloudTrailEvent(object, actions) };
  else if (isDecodedMessage(object)) yield { record: object, reading: readDecodedMessage(object, actions) };
  // `lookup-events` gives the whole event as text beside a summary of it.
  else if (textAt(object, "CloudTrailEvent") !== null) yield* within(object["CloudTrailEvent"], actions, depth + 1);
  else for (const item of Object.values(object)) yield* within(item, actions, depth + 1);
}

/** One past the brace that closes the one at `open`; -1 where none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
