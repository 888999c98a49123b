import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { Revocation } from "../../src/model/revocation.ts";
import type { DecisionOutcome, ReviewItem } from "../../src/model/review-item.ts";
import type { Verification } from "../../src/model/verification.ts";
import { tieOut } from "../../src/review/tie-out.ts";

const campaign: Campaign = {
  id: "c",
  name: "c",
  state: "open",
  snapshotId: "s",
  openedAt: "",
  dueAt: "",
  closedAt: null,
  openedBy: "",
  fallbackReviewer: "",
  excluded: [{ subjectId: "left-out", reason: "r" }],
};
const item = (n: number, outcome: DecisionOutcome | null, more: Partial<ReviewItem> = {}): ReviewItem =>
  ({
    id: `i${n}`,
    campaignId: "c",
    code: `AR-${n}`,
    subjectId: `s${n}`,
    state: outcome === null ? "open" : "decided",
    outcome,
    reviewer: "r",
    ...more,
  }) as ReviewItem;
const decision = (n: number, outcome: DecisionOutcome): Decision =>
  ({ id: `d${n}`, campaignId: "c", itemId: `i${n}`, outcome }) as Decision;
const revocation = (n: number, state: Revocation["state"]): Revocation =>
  ({ id: `r${n}`, campaignId: "c", state, target: { subjectId: `s${n}` } }) as Revocation;
const seen = (n: number, more: Partial<Verification> = {}): Verification =>
  ({
    id: `v${n}`,
    revocationId: `r${n}`,
    kind: "after-revoke",
    passed: true,
    simulated: false,
    ...more,
  }) as Verification;

describe("the numbers", () => {
  test("add up: population = decided + excepted + excluded", () => {
    const result = tieOut(
      campaign,
      [item(1, "keep"), item(2, "revoke")],
      [decision(1, "keep"), decision(2, "revoke")],
      [],
      [],
    );
    expect(result).toMatchObject({
      population: 3,
      decided: 2,
      excepted: 0,
      excluded: 1,
      open: 0,
      revoke: 1,
      verified: 0,
      openRevocations: 1,
      differences: [],
    });
  });
  test("what is open is named", () =>
    expect(tieOut(campaign, [item(1, null)], [], [], []).lines[0]).toContain("+ open 1"));
  test("proven gone counts", () => {
    expect(
      tieOut(campaign, [item(1, "revoke")], [decision(1, "revoke")], [revocation(1, "verified")], [seen(1)]),
    ).toMatchObject({ verified: 1, openRevocations: 0 });
  });
  test("a rehearsal proves nothing", () => {
    expect(
      tieOut(
        campaign,
        [item(1, "revoke")],
        [decision(1, "revoke")],
        [revocation(1, "scheduled")],
        [seen(1, { simulated: true })],
      ),
    ).toMatchObject({ verified: 0, openRevocations: 1, simulated: 1 });
  });
  test("a state without its verification proves nothing", () => {
    expect(
      tieOut(campaign, [item(1, "revoke")], [decision(1, "revoke")], [revocation(1, "verified")], []),
    ).toMatchObject({ verified: 0, openRevocations: 1 });
  });
  test.each<[name: string, items: ReviewItem[], decisions: Decision[], difference: string]>([
    ["decided without a decision", [item(1, "keep")], [], "no such decision is on record"],
    [
      "a decision that says something else",
      [item(1, "keep")],
      [decision(1, "revoke")],
      "no such decision is on record",
    ],
    ["a decision about nothing", [], [decision(9, "keep")], "not in the population"],
    [
      "the same thing twice",
      [item(1, "keep"), { ...item(2, "keep"), subjectId: "s1" }],
      [decision(1, "keep"), decision(2, "keep")],
      "in the population twice",
    ],
    [
      "reviewed and left out at once",
      [{ ...item(1, "keep"), subjectId: "left-out" }],
      [decision(1, "keep")],
      "in the population twice",
    ],
    [
      "to be revoked and nobody answers for it",
      [item(1, "revoke", { reviewer: "" })],
      [decision(1, "revoke")],
      "nobody answers for it",
    ],
  ])("%s is a difference", (_name, items, decisions, difference) => {
    expect(tieOut(campaign, items, decisions, [], []).differences.join()).toContain(difference);
  });
});
