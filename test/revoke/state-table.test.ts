import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RevocationState } from "../../src/model/revocation.ts";
import { advance, NEXT_STATES } from "../../src/revoke/state-table.ts";
import { aRevocation } from "./a-revocation.ts";

/** The table written out a second time: a change to one of the two must be meant. */
const ALLOWED = [
  "scheduled → executed",
  "scheduled → already-absent",
  "scheduled → held",
  "scheduled → failed",
  "scheduled → cancelled",
  "held → scheduled",
  "held → cancelled",
  "executed → verified",
  "executed → failed",
  "executed → undone",
  "verified → undone",
  "undone → scheduled",
  "undone → cancelled",
  "failed → scheduled",
  "failed → cancelled",
  "failed → undone",
];

const STATES = Object.keys(NEXT_STATES) as RevocationState[];
const EVERY_STEP = STATES.flatMap((from) => STATES.map((to) => [from, to] as const));

describe("the state table", () => {
  test.each(EVERY_STEP)("from %s to %s is a step only where the table says so", (from, to) => {
    const before = aRevocation({ state: from, stateReason: "as it was" });
    if (ALLOWED.includes(`${from} → ${to}`)) {
      expect(advance(before, to, "because")).toEqual({ ...before, state: to, stateReason: "because" });
    } else {
      expect(() => advance(before, to, null)).toThrow(
        expect.objectContaining({
          kind: "invariant",
          code: "revocation-state",
          message: `a revocation cannot go from \`${from}\` to \`${to}\``,
        }),
      );
    }
  });

  test("no sequence of events leaves the table, undoes what was not done, or leaves `cancelled` again", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES), { maxLength: 30 }), (wanted) => {
        const taken: RevocationState[] = ["scheduled"];
        let revocation = aRevocation({ state: "scheduled" });
        for (const to of wanted) {
          try {
            revocation = advance(revocation, to, null);
            taken.push(to);
          } catch (error) {
            expect(error).toMatchObject({ kind: "invariant" });
          }
        }
        for (let i = 1; i < taken.length; i += 1) expect(ALLOWED).toContain(`${taken[i - 1]} → ${taken[i]}`);
        expect(revocation.state).toBe(taken.at(-1));
        taken.forEach((state, i) => {
          // Proof follows the change itself, at once.
          if (state === "verified") expect(taken[i - 1]).toBe("executed");
          // Taking something away always starts from the schedule.
          if (state === "executed") expect(taken[i - 1]).toBe("scheduled");
          if (state === "cancelled" || state === "already-absent") expect(i).toBe(taken.length - 1);
        });
      }),
    );
  });

  test("a step changes the state and its reason and nothing else, and leaves the old record alone", () => {
    const before = aRevocation({ state: "scheduled" });
    const frozen = structuredClone(before);
    expect(advance(before, "held", "somebody needs it")).toEqual({
      ...frozen,
      state: "held",
      stateReason: "somebody needs it",
    });
    expect(before).toEqual(frozen);
  });
});
