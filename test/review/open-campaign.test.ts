import { describe, expect, test } from "vitest";
import { chooseReviewer, openCampaign, type Candidate } from "../../src/review/open-campaign.ts";

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  subjectKind: "grant",
  subjectId: "s1",
  principalId: "p",
  entitlementId: "e",
  tenantId: "aws:1",
  findingIds: [],
  machine: false,
  identityId: "identity:me",
  resourceOwner: null,
  technicalOwner: null,
  businessOwner: null,
  managerId: null,
  fingerprint: "f",
  facts: {
    personOrMachine: "me",
    principalType: "user",
    system: "aws",
    access: "policy x",
    via: "direct",
    lastUsed: "never",
    grantedOn: "",
    grantedBy: "",
    approvedIn: "",
    manager: "",
    employmentStatus: "",
    risk: "low",
    recommendation: "keep",
    recommendationReason: "",
  },
  ...more,
});

describe("who decides", () => {
  test.each<[name: string, more: Partial<Candidate>, reviewer: string, rule: string]>([
    [
      "the owner of the resource before the manager",
      { resourceOwner: "identity:owner", managerId: "identity:boss" },
      "identity:owner",
      "resource-owner",
    ],
    ["the manager for a person", { managerId: "identity:boss" }, "identity:boss", "manager"],
    [
      "the technical owner for a machine",
      { machine: true, identityId: null, technicalOwner: "identity:tech", managerId: "identity:boss" },
      "identity:tech",
      "technical-owner",
    ],
    [
      "never a people manager for a machine",
      { machine: true, identityId: null, managerId: "identity:boss" },
      "identity:fallback",
      "fallback",
    ],
    ["the fallback where nobody else is known", {}, "identity:fallback", "fallback"],
    [
      "never oneself: the owner of the resource is the person",
      { resourceOwner: "identity:me", managerId: "identity:boss" },
      "identity:boss",
      "manager",
    ],
    [
      "never oneself: the head of the company, who is the fallback too",
      { identityId: "identity:fallback", managerId: "identity:boss" },
      "identity:boss",
      "manager",
    ],
  ])("%s", (_name, more, reviewer, rule) => {
    expect(chooseReviewer(candidate(more), "identity:fallback")).toMatchObject({ reviewer, reviewerRule: rule });
  });
  test("the reason says why another was passed over", () => {
    expect(
      chooseReviewer(candidate({ resourceOwner: "identity:me", managerId: "identity:boss" }), "x").reviewerReason,
    ).toContain("nobody decides about their own access");
  });
});

describe("a campaign", () => {
  const options = {
    name: "sample",
    snapshotId: "snap-1",
    now: "2026-11-20T08:00:00Z",
    dueDays: 14,
    openedBy: "os:sample",
    fallbackReviewer: "x",
    excluded: [],
  };
  test("has one item per candidate, the same ids and codes every time", () => {
    const make = () => openCampaign([candidate(), candidate({ subjectId: "s2" })], [], options);
    expect(make()).toEqual(make());
    expect(new Set(make().items.map(({ code }) => code)).size).toBe(2);
    expect(make().campaign.dueAt).toBe("2026-12-04T08:00:00Z");
  });
  test.each([
    ["new", []],
    ["same", [{ subjectId: "s1", reviewer: "x", fingerprint: "f", lastDecision: "keep on 2026-10-20" }]],
    ["widened", [{ subjectId: "s1", reviewer: "x", fingerprint: "less", lastDecision: "keep on 2026-10-20" }]],
    ["owner_changed", [{ subjectId: "s1", reviewer: "y", fingerprint: "f", lastDecision: "keep on 2026-10-20" }]],
  ] as const)("calls a thing %s", (expected, earlier) => {
    expect(openCampaign([candidate()], earlier, options).items[0]?.facts.changedSinceLastReview).toBe(expected);
  });
});
