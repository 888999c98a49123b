import { describe, expect, test } from "vitest";
import { verifyBindings } from "../../src/app/evidence-verify-bindings.ts";
import type { EvidenceRecords } from "../../src/app/evidence-records.ts";
import type { EvidenceEvent, NewEvidenceEvent } from "../../src/model/evidence-event.ts";
import { chainEvent } from "../../src/text/evidence-hash.ts";
import { SAMPLE_ROWS, sampleEvent, sampleItem, sampleRevocation } from "../store/sample-state.ts";

const campaign = {
  ...SAMPLE_ROWS.campaign.row,
  excluded: [{ subjectId: "aws:111122223333:ROLE", reason: "AWS owns it" }],
};
const revocation = sampleRevocation({ campaignId: campaign.id, state: "verified" });

const records = (more: Partial<EvidenceRecords> = {}): EvidenceRecords => ({
  campaign,
  items: [sampleItem(), sampleItem({ id: "item-2" })],
  decisions: [],
  revocations: [{ revocation, capsules: [], verifications: [], holds: [] }],
  imports: [],
  exports: [],
  ...more,
});

/** What the product itself writes about that campaign. */
const EVENTS = chained(
  sampleEvent({ type: "campaign.opened", subject: campaign.id, payload: { items: 2, excluded: 1 } }),
  sampleEvent({ type: "revocation.planned", subject: revocation.id, payload: { campaign: campaign.id } }),
  sampleEvent({
    type: "revocation.executed",
    subject: revocation.id,
    payload: { state: "executed", simulated: false },
  }),
  sampleEvent({
    type: "revocation.verified",
    subject: revocation.id,
    payload: { state: "verified", simulated: false },
  }),
);

function chained(...events: readonly NewEvidenceEvent[]): readonly EvidenceEvent[] {
  const chain: EvidenceEvent[] = [];
  for (const event of events) chain.push(chainEvent(event, chain.at(-1)));
  return chain;
}

const problems = (more: Partial<EvidenceRecords>, events = EVENTS): string[] =>
  verifyBindings(records(more), events).map(({ file, problem }) => `${file}: ${problem}`);

describe("records held against what was put on record", () => {
  test("what the product wrote is well", () => expect(problems({})).toEqual([]));

  test("an item that was taken out of the population is missed", () =>
    expect(problems({ items: [sampleItem()] })).toEqual([
      "population.json: 1 items are there, and event 1 put 2 on record",
    ]));

  test("so is one that was left out of it with a reason", () =>
    expect(problems({ campaign: { ...campaign, excluded: [] } })).toEqual([
      "campaign.json: 0 excluded are there, and event 1 put 1 on record",
    ]));

  test("a change that was planned and is not there is missed", () =>
    expect(problems({ revocations: [] })).toEqual([
      "revocations.json: event 2 put this change on the schedule, and it is missing",
    ]));

  test("a change that failed is not gone because its row says so", () => {
    const failed = chained(
      ...EVENTS.slice(0, 3),
      sampleEvent({
        type: "revocation.failed",
        subject: revocation.id,
        payload: { state: "failed", simulated: false },
      }),
    );
    const rewritten = { ...revocation, state: "already-absent" as const };
    expect(
      problems({ revocations: [{ revocation: rewritten, capsules: [], verifications: [], holds: [] }] }, failed),
    ).toEqual(["revocations.json: the revocation is already-absent, and the newest event says failed"]);
  });

  test("a rehearsal says nothing about how a change stands", () => {
    const rehearsed = chained(
      ...EVENTS,
      sampleEvent({ type: "revocation.failed", subject: revocation.id, payload: { state: "failed", simulated: true } }),
    );
    expect(problems({}, rehearsed)).toEqual([]);
  });
});
