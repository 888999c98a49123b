import type { EvidenceEvent, NewEvidenceEvent } from "../model/evidence-event.ts";
import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./digest.ts";

/** `prev` of the first event. */
export const CHAIN_START = "0".repeat(64);

/** SHA-256 over canonical JSON of a payload, or of any other record that an event binds. */
export function recordHash(record: unknown): string {
  return sha256(canonicalJson(record));
}

/**
 * Hash of an event: SHA-256 over canonical JSON of `{seq, prev, at, actor, assurance, type, subject, payloadHash}`. The
 * payload itself is left out, `payloadHash` covers it: a payload can be deleted without breaking the chain.
 */
export function eventHash(event: Omit<EvidenceEvent, "payload" | "hash">): string {
  // INVARIANT: these fields and no others, for ever. A chain cannot be migrated.
  const { seq, prev, at, actor, assurance, type, subject, payloadHash } = event;
  return recordHash({ seq, prev, at, actor, assurance, type, subject, payloadHash });
}

/** The event as the next link after `head`, the newest one (undefined: the chain is empty). */
export function chainEvent(
  event: NewEvidenceEvent,
  head: Pick<EvidenceEvent, "seq" | "hash"> | undefined,
): EvidenceEvent {
  const { at, actor, assurance, type, subject, payload } = event;
  const link = {
    seq: (head?.seq ?? 0) + 1,
    prev: head?.hash ?? CHAIN_START,
    at,
    actor,
    assurance,
    type,
    subject,
    payloadHash: recordHash(payload),
  };
  return { ...link, payload, hash: eventHash(link) };
}

/**
 * What is wrong with an event as the next link after `before`, one sentence per fault; empty when all is well.
 * For example a removed event gives `event 3 follows event 1: event 2 is missing`.
 */
export function linkFaults(
  event: EvidenceEvent,
  before: Pick<EvidenceEvent, "seq" | "hash"> | undefined,
): readonly string[] {
  const faults: string[] = [];
  const expected = (before?.seq ?? 0) + 1;
  if (event.seq !== expected) faults.push(orderFault(event.seq, before?.seq ?? 0));
  else if (event.prev !== (before?.hash ?? CHAIN_START))
    faults.push(`event ${event.seq} does not link to the event before it`);
  if (event.payloadHash !== recordHash(event.payload)) faults.push(`the payload of event ${event.seq} was changed`);
  if (event.hash !== eventHash(event)) faults.push(`event ${event.seq} was changed`);
  return faults;
}

function orderFault(seq: number, before: number): string {
  if (seq <= before) return `event ${seq} follows event ${before}: the events are not in order`;
  const missing =
    seq - before === 2 ? `event ${before + 1} is missing` : `events ${before + 1} to ${seq - 1} are missing`;
  return before === 0
    ? `the chain starts with event ${seq}: ${missing}`
    : `event ${seq} follows event ${before}: ${missing}`;
}
