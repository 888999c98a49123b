import { describe, expect, test } from "vitest";
import { escalationsOf } from "../../src/analyse/escalations.ts";
import { riskScore } from "../../src/analyse/risk-score.ts";
import { riskOfSubjects } from "../../src/analyse/subject-risk.ts";
import { known } from "../../src/model/observed.ts";
import type { Principal } from "../../src/model/principal.ts";
import { ACTION_TABLE, allow, daysAgo, document, Given, NOW } from "./given.ts";

const EVERYTHING = document(allow("*"));
const MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const ownPolicy = (more: object = {}): string =>
  document(allow("iam:PutUserPolicy", { Resource: "arn:aws:iam::111122223333:user/${aws:username}", ...more }));
const keyOf = (user: string): string =>
  document(allow("iam:CreateAccessKey", { Resource: `arn:aws:iam::111122223333:user/${user}` }));

/** The printed terms of the one who is called `ana`. */
function termsOf(build: (given: Given, ana: Principal) => void): string[] {
  const given = new Given();
  const ana = given.user("ana", { lastUsedAt: known(daysAgo(1)) });
  build(given, ana);
  const graph = given.graph();
  const risk = riskOfSubjects(graph, NOW, escalationsOf(graph, ACTION_TABLE))(ana.id);
  return riskScore(risk.reaches, risk.signals).terms.map(({ name, value }) => `${name.trim()} ${value}`);
}

describe("administration by a path counts as reach, a little less with every step that has to succeed", () => {
  test.each<[name: string, build: (given: Given, ana: Principal) => void, impact: string]>([
    ["nothing held", () => {}, "impact: tier 1, list 0.105"],
    ["administrator by a policy", (g, ana) => void g.attach(ana, "all", EVERYTHING), "impact: tier 0, admin 1"],
    [
      "administrator by two policies together",
      (g, ana) => {
        g.attach(ana, "most", document({ Effect: "Allow", NotAction: "iam:*Login*", Resource: "*" }));
        g.attach(ana, "rest", document(allow("iam:*Login*")));
      },
      "impact: tier 0, admin 1",
    ],
    ["one step", (g, ana) => void g.inline(ana, "own", ownPolicy()), "impact: tier 0, admin, path confidence 0.9 0.9"],
    [
      "a membership is no step",
      (g, ana) => {
        const group = g.group("helpers");
        g.inline(group, "own", ownPolicy());
        g.join(ana, group);
      },
      "impact: tier 0, admin, path confidence 0.9 0.9",
    ],
    [
      "two steps",
      (g, ana) => {
        g.inline(ana, "keys", keyOf("kim"));
        g.inline(g.user("kim"), "own", ownPolicy());
      },
      "impact: tier 0, admin, path confidence 0.81 0.81",
    ],
    [
      "one step under a condition",
      (g, ana) => void g.inline(ana, "own", ownPolicy(MFA)),
      "impact: tier 0, admin, path confidence 0.63 0.63",
    ],
    [
      "a way that hangs on what was not read is told as undecided, not scored",
      (g, ana) => {
        g.inline(ana, "own", ownPolicy());
        g.attach(ana, "not-read", null);
      },
      "impact: tier 1, write 0.49",
    ],
  ])("%s", (_name, build, impact) => {
    expect(termsOf(build)[0]).toBe(impact);
  });
});

describe("who can be taken over by many is misused more likely", () => {
  const exposure = (build: (given: Given, ana: Principal) => void): string | undefined =>
    termsOf(build).find((term) => term.includes("can become it"));

  test("half the share of principals that can become it, one step or more away", () => {
    expect(
      exposure((g) => {
        g.inline(g.user("first"), "keys", keyOf("second"));
        g.inline(g.user("second"), "keys", keyOf("ana"));
        g.user("nobody");
      }),
    ).toBe("50 % of principals can become it 0.25");
  });

  test("nothing where nobody can, or only under a condition", () => {
    expect(exposure((g) => void g.user("kim"))).toBeUndefined();
    expect(
      exposure(
        (g, ana) =>
          void g.inline(
            g.user("kim"),
            "keys",
            document(allow("iam:CreateAccessKey", { Resource: ana.locator, ...MFA })),
          ),
      ),
    ).toBeUndefined();
  });
});
