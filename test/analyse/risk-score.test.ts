import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageSignal,
  disuseSignal,
  exposureSignal,
  riskScore,
  type Mitigation,
  type Reach,
  type RiskSignal,
} from "../../src/analyse/risk-score.ts";
import { severityOf } from "../../src/model/severity.ts";

const left: RiskSignal = { family: "ownership", name: "its owner left", value: 0.6 };
const noOwner: RiskSignal = { family: "ownership", name: "no known owner", value: 0.2 };
const unapproved: RiskSignal = { family: "approval", name: "no approval on record", value: 0.3 };
const openTrust: RiskSignal = { family: "trust", name: "anyone is trusted", value: 0.6 };
const signals = (...list: (RiskSignal | undefined)[]): RiskSignal[] => list.filter((signal) => signal !== undefined);

describe("the five worked cases", () => {
  test.each<
    [name: string, reach: Reach, signals: RiskSignal[], mitigations: Mitigation[], score: number, severity: string]
  >([
    [
      "A: an ex-employee's old, idle administrator key",
      { tier: 0, level: "admin", pathConfidence: 1 },
      signals(left, ageSignal(412), disuseSignal(200)),
      [],
      86,
      "critical",
    ],
    [
      "B: a wildcard OIDC trust that 40 % can push to, unapproved",
      { tier: 0, level: "admin", pathConfidence: 0.9 },
      signals(openTrust, exposureSignal(0.4), unapproved),
      [],
      72,
      "critical",
    ],
    [
      "C: a read-only log role that nobody used for 120 days",
      { tier: 2, level: "read", pathConfidence: 1 },
      signals(disuseSignal(120)),
      [],
      6,
      "low",
    ],
    [
      "D: an on-call engineer with eight hours of write access",
      { tier: 1, level: "write", pathConfidence: 1 },
      signals(exposureSignal(0.02)),
      [{ name: "ends within a day", value: 0.4 }],
      3,
      "low",
    ],
    [
      "E: an ownerless deploy key of 900 days, used yesterday",
      { tier: 1, level: "write", pathConfidence: 0.9 },
      signals(ageSignal(900), noOwner),
      [],
      23,
      "medium",
    ],
  ])("%s", (_name, reach, own, mitigations, score, severity) => {
    const result = riskScore([reach], own, mitigations);
    expect(result.score).toBe(score);
    expect(severityOf(result.score)).toBe(severity);
  });

  test("every counted signal and mitigation is printed, with impact and likelihood", () => {
    const { terms } = riskScore(
      [{ tier: 0, level: "admin", pathConfidence: 1 }],
      signals(left, noOwner, ageSignal(412)),
      [{ name: "ends within a day", value: 0.4 }],
    );
    expect(terms.map(({ name }) => name.trim())).toEqual([
      "impact: tier 0, admin",
      "likelihood",
      "base",
      "its owner left",
      "412 days old",
      "less: ends within a day",
    ]);
  });
});

describe("bands", () => {
  test.each([
    [100, "critical"],
    [70, "critical"],
    [69, "high"],
    [45, "high"],
    [44, "medium"],
    [20, "medium"],
    [19, "low"],
    [0, "low"],
  ])("a score of %i is %s", (score, severity) => expect(severityOf(score)).toBe(severity));
});

const anySignal = fc.record({
  family: fc.constantFrom<RiskSignal["family"]>(
    "leaked",
    "ownership",
    "trust",
    "disuse",
    "age",
    "second-factor",
    "approval",
    "exposure",
  ),
  name: fc.string({ minLength: 1, maxLength: 5 }),
  value: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyMitigation = fc.record({
  name: fc.string({ minLength: 1, maxLength: 5 }),
  value: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyReach = fc.record({
  tier: fc.constantFrom<Reach["tier"]>(0, 1, 2, 3),
  level: fc.constantFrom<Reach["level"]>("admin", "write", "read", "list", "none"),
  pathConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("whatever the signals", () => {
  test("adding one never lowers the score", () => {
    fc.assert(
      fc.property(
        fc.array(anyReach),
        fc.array(anySignal),
        anySignal,
        fc.array(anyMitigation),
        (reaches, own, more, mitigations) => {
          expect(riskScore(reaches, [...own, more], mitigations).score).toBeGreaterThanOrEqual(
            riskScore(reaches, own, mitigations).score,
          );
        },
      ),
    );
  });
  test("adding a mitigation never raises it", () => {
    fc.assert(
      fc.property(
        fc.array(anyReach),
        fc.array(anySignal),
        fc.array(anyMitigation),
        anyMitigation,
        (reaches, own, mitigations, more) => {
          expect(riskScore(reaches, own, [...mitigations, more]).score).toBeLessThanOrEqual(
            riskScore(reaches, own, mitigations).score,
          );
        },
      ),
    );
  });
  test("reaching more never lowers it, and it stays between 0 and 100", () => {
    fc.assert(
      fc.property(fc.array(anyReach), anyReach, fc.array(anySignal), (reaches, more, own) => {
        const { score } = riskScore([...reaches, more], own);
        expect(score).toBeGreaterThanOrEqual(riskScore(reaches, own).score);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });
  test("order changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anySignal), fc.array(anyMitigation), (own, mitigations) => {
        const reach: Reach[] = [{ tier: 0, level: "admin", pathConfidence: 1 }];
        expect(riskScore(reach, [...own].reverse(), [...mitigations].reverse())).toEqual(
          riskScore(reach, own, mitigations),
        );
      }),
    );
  });
});
