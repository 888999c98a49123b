import { describe, expect, test } from "vitest";
import { campaignSummary, withoutRevocation } from "../../src/app/campaign-summary.ts";
import type { PlannedRevocations } from "../../src/app/revoke-plan.ts";
import type { DataDirectory } from "../../src/contracts/store.ts";
import type { Taking } from "../../src/model/campaign-summary.ts";
import type { Campaign } from "../../src/model/campaign.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { Principal } from "../../src/model/principal.ts";
import type { ReviewItem } from "../../src/model/review-item.ts";
import type { Revocation } from "../../src/model/revocation.ts";
import type { Verification } from "../../src/model/verification.ts";
import { tieOut } from "../../src/review/tie-out.ts";
import { allow, document, Given } from "../analyse/given.ts";
import { documentOf } from "../reports/sample-report-input.ts";
import { aRevocation, aTarget } from "../revoke/a-revocation.ts";
import { SAMPLE_ROWS, sampleDecision, sampleItem } from "../store/sample-state.ts";

const CAMPAIGN: Campaign = SAMPLE_ROWS.campaign.row;
const NOW = "2026-11-25T12:00:00Z";

/** What is on record about one review, and what its plan says. */
interface Records {
  readonly items: readonly ReviewItem[];
  readonly decisions?: readonly Decision[];
  readonly revocations?: readonly Revocation[];
  readonly verifications?: readonly Verification[];
  readonly plan?: Partial<PlannedRevocations>;
}

async function takings(given: Given, records: Records): Promise<readonly Taking[]> {
  const { items, decisions = [], revocations = [], verifications = [] } = records;
  const rows = { review_item: items, decision: decisions, revocation: revocations, verification: verifications };
  const data = {
    state: { list: (kind: keyof typeof rows) => Promise.resolve(rows[kind]) },
  } as unknown as DataDirectory;
  const summary = await campaignSummary(data, {
    status: {
      campaign: CAMPAIGN,
      reviewers: [],
      tieOut: tieOut(CAMPAIGN, items, decisions, revocations, verifications),
      open: [],
    },
    plan: planOf(given, records.plan),
    document: documentOf([]),
    findingsAfter: null,
    evidence: null,
    now: NOW,
  });
  return summary.takings;
}

const planOf = (given: Given, more: Partial<PlannedRevocations> = {}): PlannedRevocations => ({
  planned: [],
  stopped: [],
  byHand: [],
  hash: "",
  scheduled: [],
  standing: [],
  graph: given.graph(),
  ...more,
});

const revocation = (more: Partial<Revocation> = {}): Revocation =>
  aRevocation({
    campaignId: CAMPAIGN.id,
    target: aTarget({ subjectId: "aws:111122223333:key-1" }),
    dueAt: "2026-12-02T12:00:00Z",
    ...more,
  });

const proof = (more: Partial<Verification> = {}): Verification => ({
  id: "verification:1",
  revocationId: "revocation:sample-1",
  kind: "after-revoke",
  passed: true,
  observed: "gone when read again",
  remainingGrants: [],
  at: NOW,
  simulated: false,
  ...more,
});

const byHand = (outcome: "revoke" | "reduce", subjectId = "aws:111122223333:key-1") => ({
  wanted: {
    subjectKind: "credential" as const,
    subjectId,
    campaignId: CAMPAIGN.id,
    decisionId: "decision-1",
    findingId: null,
    outcome,
    reason: "not needed, says Kim",
    noticeDays: 7,
  },
  summary: "`robin` in sample: permission set SampleReader",
  why: "no operation takes this away yet",
});

describe("why something that was decided is not gone yet", () => {
  test.each<[string, Omit<Records, "items">, Partial<Taking>]>([
    [
      "its notice runs",
      { revocations: [revocation()] },
      { state: "scheduled", open: "due on 2026-12-02, waiting for its notice" },
    ],
    [
      "its notice has run out and nothing ran",
      { revocations: [revocation({ dueAt: "2026-11-24T12:00:00Z" })] },
      { open: "due since 2026-11-24, not carried out yet" },
    ],
    [
      "a rehearsal is no proof",
      { revocations: [revocation()], verifications: [proof({ simulated: true })] },
      { open: "due on 2026-12-02, waiting for its notice; only rehearsed so far", proof: "" },
    ],
    [
      "the operation exists on a copy only",
      { revocations: [revocation({ simulated: true })] },
      { open: "by hand: the operation is only rehearsed for now" },
    ],
    [
      "somebody holds it",
      { revocations: [revocation({ state: "held", stateReason: "used yesterday" })] },
      { open: "held: used yesterday" },
    ],
    [
      "it failed",
      { revocations: [revocation({ state: "failed", stateReason: "still there" })] },
      { open: "failed: still there" },
    ],
    [
      "nobody could read it again",
      { revocations: [revocation({ state: "executed" })] },
      { open: "carried out, and could not be read again yet" },
    ],
    ["it was put back", { revocations: [revocation({ state: "undone" })] }, { open: "put back" }],
    [
      "no operation does it",
      { plan: { byHand: [byHand("revoke")] } },
      {
        state: "by-hand",
        undoClass: null,
        summary: "take away: `robin` in sample: permission set SampleReader",
        open: "by hand: no operation takes this away yet",
      },
    ],
    [
      "a guard stops it",
      { plan: { stopped: [{ revocation: revocation(), why: "it is the last administrator" }] } },
      { state: "stopped", open: "a guard stops it: it is the last administrator" },
    ],
    [
      "nobody approved the plan",
      { plan: { planned: [revocation()] } },
      { state: "not-planned", open: "planned, and nobody approved the plan yet" },
    ],
    [
      "no plan knows it",
      {},
      { summary: "take away: `Robin Example`: access key …7Q2A", open: "nothing is planned for it" },
    ],
    [
      "it was answered anew after it was scheduled",
      { revocations: [revocation({ state: "cancelled" })], plan: { byHand: [byHand("revoke")] } },
      { state: "by-hand", open: "by hand: no operation takes this away yet" },
    ],
  ])("%s", async (_name, records, expected) => {
    const [taking, ...more] = await takings(new Given(), {
      items: [sampleItem()],
      decisions: [sampleDecision()],
      ...records,
    });
    expect(more).toEqual([]);
    expect(taking).toMatchObject({ reason: "not needed, says Kim", ...expected });
  });

  test.each<[string, Omit<Records, "items">, string]>([
    [
      "read again, it was gone",
      { revocations: [revocation({ state: "verified" })], verifications: [proof()] },
      "gone when read again on 2026-11-25",
    ],
    ["nothing was there", { revocations: [revocation({ state: "already-absent" })] }, "it was gone already"],
  ])("it is gone: %s", async (_name, records, expected) => {
    const [taking] = await takings(new Given(), { items: [sampleItem()], ...records });
    expect(taking).toMatchObject({ open: null, proof: expected });
  });

  test("less of it, not none, is for people too; what is kept or was not answered is not listed", async () => {
    const item = (id: string, more: Partial<ReviewItem>): ReviewItem =>
      sampleItem({ id, subjectId: `subject-${id}`, ...more });
    const listed = await takings(new Given(), {
      items: [
        item("kept", { outcome: "keep" }),
        item("open", { state: "open", outcome: null }),
        item("reduced", { outcome: "reduce", code: "AR-REDUCED" }),
      ],
      plan: { byHand: [byHand("reduce", "subject-reduced")] },
    });
    expect(listed).toEqual([
      expect.objectContaining({
        outcome: "reduce",
        state: "by-hand",
        summary: "reduce: `robin` in sample: permission set SampleReader",
        reason: "decided in AR-REDUCED",
      }),
    ]);
  });

  test("what only people can do comes first, the rest in order of the day it is due, and as many as the sums count", async () => {
    const items = ["a", "b", "c"].map((id) => sampleItem({ id, subjectId: `subject-${id}` }));
    const due = (id: string, dueAt: string): Revocation =>
      revocation({ id, summary: id, dueAt, target: aTarget({ subjectId: `subject-${id}` }) });
    const records: Records = {
      items,
      decisions: items.map(({ id }) => sampleDecision({ id: `decision-${id}`, itemId: id })),
      revocations: [due("a", "2026-12-02T12:00:00Z"), due("b", "2026-11-26T12:00:00Z")],
      plan: { byHand: [byHand("revoke", "subject-c")] },
    };
    const listed = await takings(new Given(), records);
    expect(listed.map(({ summary }) => summary)).toEqual([
      "take away: `robin` in sample: permission set SampleReader",
      "b",
      "a",
    ]);
    const sums = tieOut(CAMPAIGN, items, records.decisions ?? [], records.revocations ?? [], []);
    expect(listed.filter(({ open }) => open !== null).length).toBe(sums.openRevocations);
  });
});

describe("who answers for what is not gone yet", () => {
  /** A user in a group; both can have an owner. */
  function company(): { readonly given: Given; readonly user: Principal; readonly item: ReviewItem } {
    const given = new Given();
    given.person("p-1", { displayName: "Robin Reviewer" });
    given.person("kim", { displayName: "Kim Technical" });
    given.person("gone", { displayName: "Lee Gone", employment: "left" });
    const user = given.user("ci-sample");
    const membership = given.join(user, given.group("deployers"));
    const item = sampleItem({
      subjectKind: "grant",
      subjectId: membership.id,
      principalId: user.id,
      entitlementId: membership.entitlementId,
    });
    return { given, user, item };
  }

  test.each<[string, (given: Given, user: Principal) => void, string, string]>([
    [
      "the technical owner of the group",
      (given) => given.owned("aws", "deployers", "kim"),
      "Kim Technical",
      "technical owner",
    ],
    [
      "else of the login that holds it",
      (given) => given.owned("aws", "ci-sample", "kim"),
      "Kim Technical",
      "technical owner",
    ],
    ["the reviewer where nobody is named", () => {}, "Robin Reviewer", "reviewer"],
    [
      "the reviewer where the owner left",
      (given) => given.owned("aws", "deployers", "gone"),
      "Robin Reviewer",
      "reviewer",
    ],
    [
      "an owner the roster does not know, as written",
      (given) => given.owned("aws", "deployers", "team@sample.example"),
      "team@sample.example",
      "technical owner",
    ],
    [
      "nobody for their own access",
      (given, user) => {
        given.owned("aws", "deployers", "kim");
        given.mapped("kim", user);
      },
      "Robin Reviewer",
      "reviewer",
    ],
  ])("%s", async (_name, own, name, as) => {
    const { given, user, item } = company();
    own(given, user);
    expect((await takings(given, { items: [item] })).map(({ owner }) => owner)).toEqual([{ name, as }]);
  });

  test("a key's own owner comes before its holder's", async () => {
    const { given, user } = company();
    const key = given.credential("access-key", "KEYSAMPLE1", user.id);
    given.attach(user, "PowerSample", document(allow("s3:*")));
    given.owned("aws", "ci-sample", "p-1");
    given.owned("aws", "KEYSAMPLE1", "kim");
    const [taking] = await takings(given, {
      items: [sampleItem({ subjectId: key.id, principalId: user.id })],
    });
    expect(taking?.owner).toEqual({ name: "Kim Technical", as: "technical owner" });
  });
});

test("the list of revocations gets what no revocation stands for, and nothing twice", () => {
  const stopped = { revocation: revocation(), why: "it is protected" };
  const plan = planOf(new Given(), { byHand: [byHand("reduce")], stopped: [stopped] });
  expect(withoutRevocation(plan, []).map(({ state, why }) => [state, why])).toEqual([
    ["by-hand", "no operation takes this away yet"],
    ["stopped", "it is protected"],
  ]);
  expect(withoutRevocation(plan, [revocation()]).map(({ state }) => state)).toEqual(["by-hand"]);
});
