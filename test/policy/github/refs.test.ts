import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/model/observed.ts";
import { canCreateRef } from "../../../src/policy/github/can-create-ref.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import type { Reach } from "../../../src/policy/github/reach.ts";
import { actorOf, controlsOf, names, reviews, rule, ruleset } from "./controls-of.ts";
import { REF_ROWS } from "./refs-table.ts";

const words = (reach: Reach): string => [reach.why, ...reach.needs, ...reach.missing].join("; ");

describe("who pushes to what, and who creates it", () => {
  test.each(REF_ROWS)("$act: $name", ({ act, kind, actor, layers, ref, state, says, example }) => {
    const controls = controlsOf({ protections: layers === null ? unknown("rulesets were not read") : known(layers) });
    const ask = act === "push" ? canPushRef : canCreateRef;
    const reach = ask(actor, controls, kind ?? "branch", ref);
    expect({ state: reach.state, words: words(reach) }).toMatchObject({ state, words: expect.stringContaining(says) });
    expect(reach.needs.length > 0).toBe(state === "conditional");
    expect(reach.missing.length > 0).toBe(state === "unknown");
    if (example !== undefined) expect(reach.example).toBe(example);
  });

  test("names of rows are told apart", () => {
    const all = REF_ROWS.map(({ act, name }) => `${act}: ${name}`);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(120);
  });

  test("an archived repository takes no push", () => {
    expect(
      canPushRef(actorOf("ada", { role: "admin" }), controlsOf({ archived: true }), "branch", names("*")),
    ).toMatchObject({
      state: "no",
      why: "`acme/api` is archived",
    });
  });

  test("an empty repository has no default branch to protect", () => {
    const controls = controlsOf({
      defaultBranch: null,
      protections: known([ruleset("~DEFAULT_BRANCH", [rule(reviews(1))])]),
    });
    expect(canPushRef(actorOf("wren"), controls, "branch", names("main")).state).toBe("yes");
  });

  test("the order of rulesets does not change the answer", () => {
    for (const { layers, act, actor, kind, ref, state } of REF_ROWS) {
      if (layers === null || layers.some(({ source }) => source === "classic")) continue;
      const controls = controlsOf({ protections: known(layers.toReversed()) });
      expect((act === "push" ? canPushRef : canCreateRef)(actor, controls, kind ?? "branch", ref).state).toBe(state);
    }
  });

  test("an answer that is remembered for one actor is not told of another", () => {
    const controls = controlsOf({
      protections: known([
        ruleset("main", [rule(reviews(1), [{ type: "user", id: "github:O_1:ada", name: "ada", mode: "always" }])]),
      ]),
    });
    const demand = names("main");
    expect(canPushRef(actorOf("wren"), controls, "branch", demand).state).toBe("no");
    expect(canPushRef(actorOf("ada"), controls, "branch", demand).state).toBe("yes");
    expect(canPushRef(actorOf("wren"), controls, "branch", demand).state).toBe("no");
  });
});
