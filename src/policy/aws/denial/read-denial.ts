import type { Denial, DenialReading, NeededAccess } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { actionsOfCall, actionsOfUnplacedCall, servicePrefix } from "./call-actions.ts";
import { encodedPart, encodedReading } from "./encoded-message.ts";
import { errorFrame, isDenialCode, type ErrorFrame } from "./error-code.ts";
import { NOTHING_STATED } from "./message-grammar.ts";
import { regionOf, tenantOf } from "./named.ts";
import { otherCause } from "./not-access.ts";
import { plainText, withoutColours } from "./plain-text.ts";
import { readBareRefusal, readSentence, type Sentence } from "./read-message.ts";
import { recordsIn } from "./records-in.ts";

/**
 * Reads one refusal by AWS from a text as somebody pastes it: a line of a log, an exception of an SDK or Terraform, an XML or
 * JSON answer, a CloudTrail event or file, an authorization message decoded or not. Of several, the first. Never throws; what
 * the text does not say stays null.
 */
export function readDenial(text: string, actions: ActionTable): DenialReading {
  let other: DenialReading | null = null;
  for (const { reading } of recordsIn(withoutColours(text), actions)) {
    if (reading.kind === "denial") return reading;
    // A failure of another kind says more than an event without a failure.
    if (other === null || (other.kind === "unreadable" && reading.kind !== "unreadable")) other = reading;
  }
  return other ?? readMessage(plainText(text), actions);
}

/** Reads the message of a failed call (see `plainText`). */
export function readMessage(text: string, actions: ActionTable): DenialReading {
  if (text === "") return { kind: "unreadable", hint: "the text is empty: paste the whole error message" };
  const frame = errorFrame(text);
  const sentence = readSentence(text, actions);
  const encoded = encodedPart(text);
  if (sentence !== null) return denial(sentence, frame, encoded?.encoded ?? null, actions);
  if (encoded !== null) return encodedReading(encoded, frame.operation);
  const bare = readBareRefusal(text);
  const denied = bare !== null || isForbidden(text) || (frame.code !== null && isDenialCode(frame.code));
  const other = otherCause(frame.code, text, denied);
  if (other !== null) return other;
  if (denied) return denial(bare ?? NOBODY, frame, null, actions);
  return {
    kind: "unreadable",
    hint:
      frame.code === null
        ? "no refusal by AWS was found: give the whole error message, a CloudTrail event or a decoded authorization message"
        : `\`${frame.code}\` says nothing of access: give the whole error message`,
  };
}

const NOBODY: Sentence = { principal: null, action: null, resource: null, stated: NOTHING_STATED };

/** HEAD requests have no body, so the status is all there is; others than AWS answer with it as well. */
function isForbidden(text: string): boolean {
  if (/\(403\) when calling/.test(text)) return true;
  return (
    /\bstatus ?code: 403\b|\b403\s+Forbidden\b/i.test(text) &&
    /\boperation error\b|\bamazon|\baws\b|\(Service:/i.test(text)
  );
}

function denial(sentence: Sentence, frame: ErrorFrame, encoded: string | null, actions: ActionTable): Denial {
  const { principal, resource, stated } = sentence;
  return {
    kind: "denial",
    system: "aws",
    source: "message",
    principal,
    principalTenant: tenantOf(principal),
    ...actionOf(sentence.action, frame, actions),
    resource,
    resourceTenant: tenantOf(resource),
    stated,
    statedStatements: [],
    context: {},
    operation: frame.operation,
    code: frame.code,
    requestId: frame.requestId,
    at: null,
    region: regionOf(resource),
    encodedMessage: encoded,
  };
}

/** The action a message states; else what its call needs, as far as the service is told. */
function actionOf(
  stated: string | null,
  { operation, service }: ErrorFrame,
  actions: ActionTable,
): Pick<Denial, "action" | "actionFrom" | "possible"> {
  if (stated !== null) return { action: stated, actionFrom: "stated", possible: [] };
  const unknown = { action: null, actionFrom: null } as const;
  if (operation === null) return { ...unknown, possible: [] };
  const needed = (names: readonly string[]): readonly NeededAccess[] =>
    names.map((action) => ({ action, resource: null }));
  if (service === null) return { ...unknown, possible: needed(actionsOfUnplacedCall(operation, actions)) };
  const prefix = servicePrefix(service, actions);
  const names = prefix === null ? [] : actionsOfCall(prefix, operation, actions);
  const [only] = names;
  if (only !== undefined && names.length === 1) return { action: only, actionFrom: "operation", possible: [] };
  return { ...unknown, possible: needed(names) };
}
