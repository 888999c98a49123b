import { beforeAll, describe, expect, test } from "vitest";
import { connectors } from "../../connectors/index.ts";
import { reviewCandidates, type Population } from "../../src/app/review-candidates.ts";
import { openCampaign, type Candidate } from "../../src/review/open-campaign.ts";
import { planRevocations } from "../../src/revoke/plan.ts";
import { matchesPattern } from "../../src/text/pattern.ts";
import { decisions, type ScriptedAnswer } from "../tools/acme/decisions.ts";
import { NOW, readSample, type ReadSample } from "./read-sample.ts";

let sample: ReadSample;
let population: Population;
beforeAll(async () => {
  sample = await readSample();
  population = reviewCandidates(sample.graph, sample.analysis.findings);
});

const answerTo = ({ facts }: Candidate): ScriptedAnswer | undefined =>
  decisions.find(
    ({ who, access }) => matchesPattern(who, facts.personOrMachine) && matchesPattern(access, facts.access),
  );

describe("the review of the sample company", () => {
  test("is of a size that people finish: 150 to 320 questions, nobody gets a third of them", () => {
    const { items } = openCampaign(population.candidates, [], {
      name: "sample",
      snapshotId: "snapshot",
      now: NOW,
      dueDays: 14,
      openedBy: "test",
      fallbackReviewer: "security@acme.example",
      excluded: population.excluded,
    });
    expect(items.length).toBeGreaterThanOrEqual(150);
    expect(items.length).toBeLessThanOrEqual(320);
    const load = Map.groupBy(items, ({ reviewer }) => reviewer);
    expect(load.size).toBeGreaterThan(9);
    for (const [reviewer, own] of load) expect(own.length, reviewer).toBeLessThan(items.length / 3);
    const fallback = load.get("security@acme.example")?.length ?? 0;
    expect(fallback).toBeGreaterThan(0);
    expect(fallback).toBeLessThan(15);
  });

  test.each(decisions.map((answer) => [`${answer.decision} ${answer.who} ${answer.access}`, answer] as const))(
    "the script's answer fits something that is asked: %s",
    (_name, answer) => {
      expect(population.candidates.filter((candidate) => answerTo(candidate) === answer).length).toBeGreaterThan(0);
    },
  );

  test("nobody who left keeps anything that is asked about", () => {
    const left = population.candidates.filter(({ facts }) => facts.employmentStatus === "left");
    expect(left.length).toBeGreaterThan(4);
    expect(left.filter((candidate) => answerTo(candidate)?.decision !== "revoke").map(({ facts }) => facts)).toEqual(
      [],
    );
  });

  test("what is kept although it is critical or high has a reason of its own", () => {
    const kept = population.candidates.filter(({ facts }) => facts.risk === "critical" || facts.risk === "high");
    const silent = kept.filter((candidate) => (answerTo(candidate)?.reason ?? "") === "");
    // Whoever was asked first could not say: that is the one in the script who is unsure.
    expect(silent.map(({ facts }) => facts.access)).toEqual(["assume role partner-upload"]);
  });

  test("what is revoked takes every operation that can be undone, and two things people must do by hand", () => {
    const wanted = population.candidates
      .filter((candidate) => answerTo(candidate)?.decision === "revoke")
      .map(({ subjectKind, subjectId }) => ({
        subjectKind,
        subjectId,
        campaignId: null,
        decisionId: null,
        findingId: null,
        outcome: "revoke" as const,
        reason: "script",
        noticeDays: 7,
      }));
    const operations = connectors.flatMap(({ manifest }) => manifest.operations);
    const { revocations, byHand } = planRevocations(sample.graph, wanted, operations, NOW);
    expect([...new Set(revocations.map(({ operation }) => operation))].sort()).toEqual([
      "aws/deactivate-access-key",
      "aws/delete-inline-policy",
      "aws/detach-managed-policy",
      "aws/remove-from-group",
      "github/delete-deploy-key",
      "github/remove-direct-collaborator",
      "github/remove-team-membership",
      "github/remove-team-repository",
    ]);
    expect(revocations.length).toBeGreaterThanOrEqual(12);
    expect(revocations.length).toBeLessThanOrEqual(16);
    expect(byHand.map(({ summary }) => summary).sort()).toEqual([
      expect.stringContaining("permission set DataReader"),
      expect.stringContaining("`root` in acme-sandbox: access-key"),
    ]);
  });

  test("of the two keys of one machine only the stale one goes", () => {
    const keys = population.candidates.filter(
      ({ facts }) => facts.personOrMachine.startsWith("ci-web") && facts.principalType === "access-key",
    );
    expect(keys.map((key) => [key.subjectId, answerTo(key)?.decision]).sort()).toEqual([
      ["aws:222233334444:AKIASAMPLE2000000016", "revoke"],
      ["aws:222233334444:AKIASAMPLE2000000017", undefined],
    ]);
  });

  test("somebody is unsure, and somebody hands a question to another person of the roster", () => {
    expect(decisions.filter(({ decision }) => decision === "unsure").length).toBe(1);
    const handed = decisions.filter(({ decision }) => decision === "not_mine");
    expect(handed.length).toBe(1);
    const emails = sample.graph.snapshot.identities.map(({ email }) => email);
    expect(emails).toContain(handed[0]?.reassign_to);
  });
});
