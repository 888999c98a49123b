import { describe, expect, test } from "vitest";
import { isBeyondReach } from "../../../src/model/coverage.ts";
import { collect, coverageOf, openFake } from "./open-fake.ts";

const NOT_ASKED = [
  ["oauth-app", "installations"],
  ["oauth-grant", "installations"],
  ["classic-token", "single-sign-on-authorizations"],
  ["personal-key", "single-sign-on-authorizations"],
  ["repository-runner", "runners"],
  ["unused-variable", "variables"],
  ["other-secret", "secrets"],
] as const;

describe("what nobody is asked for", () => {
  test.each(NOT_ASKED)("%s is skipped with the reason, and never told as none", async (kind, step) => {
    const { session } = await openFake();
    const records = await collect(session, step);
    expect(coverageOf(records, kind)).toMatchObject({
      step,
      state: "skipped",
      reason: expect.stringMatching(/^\S.{20,}[^.]$/),
      items: 0,
    });
  });

  test("stays so where the step near to it was refused", async () => {
    const { session } = await openFake({ notOwner: true });
    const records = await collect(session, "single-sign-on-authorizations");
    expect(coverageOf(records, "single-sign-on-authorization")).toMatchObject({ state: "denied" });
    expect(coverageOf(records, "classic-token")).toMatchObject({ state: "skipped" });
  });

  test("is these kinds and no others", async () => {
    const { session } = await openFake();
    const { coverage } = await collect(session);
    const kinds = coverage.map(({ kind }) => kind).filter((kind) => isBeyondReach(kind));
    expect([...kinds].sort()).toEqual(NOT_ASKED.map(([kind]) => kind).sort());
    // Kinds that are partly asked for keep their own state beside it.
    for (const kind of ["runner", "secret"] as const)
      expect(coverage.find((row) => row.kind === kind)?.state).not.toBe("skipped");
  });
});
