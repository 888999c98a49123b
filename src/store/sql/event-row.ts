import type { EvidenceEvent } from "../../model/evidence-event.ts";
import type { JsonValue } from "../../model/json.ts";
import { canonicalJson } from "../../text/canonical-json.ts";
import type { EventTable } from "./tables.ts";

/** An event as its row. */
export function toEventRow({ payloadHash, payload, ...event }: EvidenceEvent): EventTable {
  return { ...event, payload_hash: payloadHash, payload: canonicalJson(payload) };
}

/** The event in a row. */
export function fromEventRow(row: EventTable): EvidenceEvent {
  return {
    seq: Number(row.seq),
    prev: row.prev,
    at: row.at,
    actor: row.actor,
    assurance: row.assurance as EvidenceEvent["assurance"],
    type: row.type as EvidenceEvent["type"],
    subject: row.subject,
    payloadHash: row.payload_hash,
    payload: JSON.parse(row.payload) as JsonValue,
    hash: row.hash,
  };
}
