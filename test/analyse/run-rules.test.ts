import { describe, expect, test } from "vitest";
import type { Rule } from "../../src/analyse/rule.ts";
import { analyse } from "../../src/analyse/run-rules.ts";
import { idleAccessKey } from "../../src/analyse/rules/idle-access-key.ts";
import { RULES } from "../../src/analyse/rules/index.ts";
import { findingForm } from "../../src/model/forms/findings.ts";
import { known } from "../../src/model/observed.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";
import { escalationsOf } from "../../src/analyse/escalations.ts";
import { ACTION_TABLE, allow, daysAgo, document, Given, NOW } from "./given.ts";

const options = { thresholds: DEFAULT_THRESHOLDS, now: NOW, table: ACTION_TABLE };

/** A tenant with something for most rules. */
function busy(): Given {
  const given = new Given();
  given.person("p1", { employment: "left" });
  const user = given.user("u");
  given.mapped("p1", user);
  given.credential("access-key", "stale", user.id, { lastUsedAt: known(daysAgo(200)), createdAt: known(daysAgo(400)) });
  given.attach(user, "Admin", document(allow("*")));
  given.role("r", { lastUsedAt: known(daysAgo(300)) }, { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" });
  given.organizationRole(given.member("m", { secondFactor: known(false) }), "owner");
  return given;
}

describe("running the rules", () => {
  test("a refused kind leaves its rules not evaluated, with the reason", () => {
    const given = busy().cannotRead("access-key-last-used", "denied", "refused by AWS");
    const outcome = analyse(given.graph(), options).rules.find(({ id }) => id === "idle-access-key");
    expect(outcome).toMatchObject({ state: "not-evaluated", found: 0 });
    expect(outcome?.reason).toContain("access-key-last-used was not read (denied: refused by AWS)");
  });

  test("a rule that throws is not evaluated, named as failed, and the others go on", () => {
    const broken: Rule = {
      ...idleAccessKey,
      id: "broken",
      evaluate: () => {
        throw new Error("boom");
      },
    };
    const { rules, failed, findings } = analyse(busy().graph(), options, [broken, idleAccessKey]);
    expect(failed).toEqual(["broken"]);
    expect(rules[0]).toMatchObject({ id: "broken", state: "not-evaluated", reason: "the rule failed: boom" });
    expect(findings.map(({ rule }) => rule)).toEqual(["idle-access-key"]);
  });

  test("findings come worst first and have the promised form", () => {
    const { findings } = analyse(busy().graph(), options);
    expect(findings.length).toBeGreaterThan(5);
    expect(findings.map(({ score }) => score)).toEqual(findings.map(({ score }) => score).sort((a, b) => b - a));
    for (const finding of findings) findingForm.parse(finding);
  });

  test("a floor is printed, never silent", () => {
    const given = new Given();
    given.attach(given.user("u", { tags: known({}) }), "Admin", document(allow("*")));
    const finding = analyse(given.graph(), options).findings.find(({ rule }) => rule === "direct-admin-policy");
    expect(finding?.score).toBe(45);
    expect(finding?.terms.at(-1)?.name).toMatch(/^raised from \d+: administrator/);
  });

  test("next month's run knows the same finding: its id holds no count and no date", () => {
    const idsAt = (now: string): string[] =>
      analyse(busy().graph(), { ...options, now })
        .findings.map(({ id }) => id)
        .sort();
    expect(idsAt("2026-11-21T08:00:00Z")).toEqual(idsAt(NOW));
  });
});

describe("every rule of the list", () => {
  const kinds = new Set(RULES.flatMap(({ needs }) => needs));

  test("ids are unique, in kebab-case and free of benchmark numbers", () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(88);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const id of ids) expect(id).not.toMatch(/cis|soc|iso|pci/);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))("%s says what it is for and what it needs", (_id, rule) => {
    for (const text of [rule.title, rule.rationale, rule.remediation]) expect(text).toMatch(/\S/);
    expect(rule.rationale).toMatch(/^[a-z]/);
    expect(rule.rationale).not.toMatch(/\.$/);
    expect(rule.controls.length).toBeGreaterThan(0);
    expect(rule.needs.length).toBeGreaterThan(0);
    expect(rule.systems.length).toBeGreaterThan(0);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))("%s finds nothing in nothing", (_id, rule) => {
    const given = new Given();
    given.records.tenants.splice(0, given.records.tenants.length);
    const graph = given.graph();
    const escalations = escalationsOf(graph, ACTION_TABLE);
    expect(rule.evaluate({ graph, ...options, escalations, readable: () => true })).toEqual({
      drafts: [],
      examined: 0,
      undecided: [],
    });
  });

  test("without a kind it needs, no rule calls anything clean", () => {
    for (const kind of kinds) {
      const { rules } = analyse(busy().cannotRead(kind, "denied", "refused").graph(), options);
      for (const rule of RULES.filter(({ needs }) => needs.includes(kind))) {
        const outcome = rules.find(({ id }) => id === rule.id);
        // A rule about both systems is evaluated where the kind can be read, and says where it could not be.
        if (rule.systems.length === 1) expect(outcome?.state, `${rule.id} without ${kind}`).toBe("not-evaluated");
        else expect(outcome?.reason, `${rule.id} without ${kind}`).toContain(`${kind} was not read (denied: refused)`);
      }
    }
  });

  test("without knowing who is there, no rule about both systems calls anybody clean", () => {
    const given = busy().cannotRead("principal", "denied", "refused").cannotRead("member", "denied", "refused");
    const { rules } = analyse(given.graph(), options);
    const both = RULES.filter(({ systems }) => systems.length > 1).map(({ id }) => id);
    expect(both.length).toBeGreaterThan(3);
    for (const id of both) expect(rules.find((rule) => rule.id === id)?.state, id).toBe("not-evaluated");
  });

  test("what was read in part is named by every rule that needs it", () => {
    for (const kind of kinds) {
      const { rules } = analyse(busy().cannotRead(kind, "partial", "3 users refused").graph(), options);
      for (const rule of RULES.filter(({ needs }) => needs.includes(kind)))
        expect(rules.find(({ id }) => id === rule.id)?.reason, `${rule.id} with half of ${kind}`).toContain(
          `${kind} was read in part (3 users refused)`,
        );
    }
  });

  test("shuffled input gives the same findings in the same order", () => {
    const given = busy();
    const straight = analyse(given.graph(), options);
    for (const rows of Object.values(given.records)) (rows as unknown[]).reverse();
    expect(analyse(given.graph(), options)).toEqual(straight);
  });

  test("subjects exist in the snapshot", () => {
    const graph = busy().graph();
    for (const { subject } of analyse(graph, options).findings) {
      expect(
        graph.principal(subject.id) ??
          graph.credential(subject.id) ??
          graph.resource(subject.id) ??
          graph.tenant(subject.id),
        subject.id,
      ).toBeDefined();
    }
  });
});

test("a policy that could not be read weighs as much as one that changes things, not less", () => {
  const scoreWith = (text: string | null): number | undefined => {
    const given = new Given();
    const user = given.user("u");
    given.attach(user, "Policy", text);
    given.inline(user, "look", document(allow("s3:ListBucket")));
    return analyse(given.graph(), options).findings.find(({ rule }) => rule === "policy-on-user")?.score;
  };
  expect(scoreWith(null)).toBe(scoreWith(document(allow("s3:PutObject"))));
  expect(scoreWith(null)).toBeGreaterThan(scoreWith(document(allow("s3:GetObject"))) ?? 0);
});
