import { describe, expect, test } from "vitest";
import type { NewEvidenceEvent } from "../../src/model/evidence-event.ts";
import { CHAIN_START, chainEvent, linkFaults, recordHash } from "../../src/text/evidence-hash.ts";

const OPENED: readonly NewEvidenceEvent[] = [
  {
    at: "2026-11-25T12:00:00Z",
    actor: "os:robin",
    assurance: "attested",
    type: "snapshot.written",
    subject: "snap-0123456789abcdef",
    payload: { b: [1, "ä", null], a: { nested: true } },
  },
  {
    at: "2026-11-25T12:00:01Z",
    actor: "os:robin",
    assurance: "attested",
    type: "campaign.opened",
    subject: "campaign-1",
    payload: {},
  },
];

describe("the evidence chain", () => {
  // Worked out with another language's JSON and SHA-256. If this fails, every chain out there stops verifying: mend the code.
  test("has the hashes it has always had", () => {
    const first = chainEvent(OPENED[0] as NewEvidenceEvent, undefined);
    const second = chainEvent(OPENED[1] as NewEvidenceEvent, first);
    expect([first, second].map(({ seq, prev, payloadHash, hash }) => ({ seq, prev, payloadHash, hash }))).toEqual([
      {
        seq: 1,
        prev: "0".repeat(64),
        payloadHash: "b18deb374c1e0253abedf3d9c43cf533f78119f7413ddf62895b65f0c6937b8c",
        hash: "34d29f3cf24bbec655ed28c84e1b734925248ceab6a9b39fb7844618a4279ba1",
      },
      {
        seq: 2,
        prev: "34d29f3cf24bbec655ed28c84e1b734925248ceab6a9b39fb7844618a4279ba1",
        payloadHash: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        hash: "df06a705280576b3f20ee562075b4af136e9510eb97f41412a25014f29918005",
      },
    ]);
    expect(CHAIN_START).toBe("0".repeat(64));
  });

  test("does not depend on the order in which a payload was written", () => {
    expect(recordHash({ a: 1, b: { c: 2, d: 3 } })).toBe(recordHash({ b: { d: 3, c: 2 }, a: 1 }));
  });

  test.each([
    ["at", "2020-01-01T00:00:00Z"],
    ["actor", "os:mallory"],
    ["assurance", "signed"],
    ["type", "campaign.closed"],
    ["subject", "campaign-2"],
    ["payloadHash", "0".repeat(64)],
    ["hash", "0".repeat(64)],
    ["prev", "1".repeat(64)],
    ["payload", { added: true }],
    ["seq", 3],
  ])("notices a changed `%s`", (field, value) => {
    const first = chainEvent(OPENED[0] as NewEvidenceEvent, undefined);
    const second = chainEvent(OPENED[1] as NewEvidenceEvent, first);
    expect(linkFaults(second, first)).toEqual([]);
    expect(linkFaults({ ...second, [field]: value }, first)).not.toEqual([]);
  });
});
