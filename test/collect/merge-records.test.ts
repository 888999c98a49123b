import { describe, expect, test } from "vitest";
import { mergeRecords } from "../../src/collect/merge-records.ts";
import { orderSteps } from "../../src/collect/order-steps.ts";
import { known, unknown } from "../../src/model/observed.ts";
import type { LastUse } from "../../src/model/instant.ts";
import { daysAgo, Given } from "../analyse/given.ts";

const user = (more: object) => ({ ...new Given().user("u"), ...more });

describe("records of several steps", () => {
  test("a known value wins over an unknown one, whichever comes first", () => {
    const [seen, unseen] = [user({ secondFactor: known(true) }), user({ secondFactor: unknown("not given") })];
    for (const parts of [
      [{ principals: [seen] }, { principals: [unseen] }],
      [{ principals: [unseen] }, { principals: [seen] }],
    ]) {
      expect(mergeRecords(parts).principals).toEqual([seen]);
    }
  });
  test("attributes are put together", () => {
    const merged = mergeRecords([
      { principals: [user({ attributes: { path: "/", boundary: null } })] },
      { principals: [user({ attributes: { boundary: "b" } })] },
    ]);
    expect(merged.principals[0]?.attributes).toEqual({ path: "/", boundary: "b" });
  });
  test("a number is no name where a name is known", () => {
    const tenant = { id: "aws:1", system: "aws" as const, nativeId: "1", managementTenantId: null, attributes: {} };
    for (const names of [
      ["sample", "1"],
      ["1", "sample"],
    ]) {
      expect(mergeRecords(names.map((name) => ({ tenants: [{ ...tenant, name }] }))).tenants[0]?.name).toBe("sample");
    }
  });
  test.each<[name: string, one: LastUse, other: LastUse, expected: LastUse]>([
    ["of two uses the later one counts", daysAgo(9), daysAgo(2), daysAgo(2)],
    ["a use counts where another step saw none", daysAgo(9), "never", daysAgo(9)],
  ])("%s, whichever comes first", (_name, one, other, expected) => {
    for (const uses of [
      [one, other],
      [other, one],
    ]) {
      expect(
        mergeRecords(uses.map((use) => ({ principals: [user({ lastUsedAt: known(use) })] }))).principals[0]?.lastUsedAt,
      ).toEqual(known(expected));
    }
  });
  test("one id for two kinds of things is our bug", () => {
    expect(() => mergeRecords([{ principals: [user({})] }, { principals: [user({ kind: "role" })] }])).toThrow(
      "in principals is `user` in one answer and `role` in another",
    );
  });
  test("the same record from several steps is one", () => {
    expect(mergeRecords([{ principals: [user({})] }, { principals: [user({})] }]).principals).toEqual([user({})]);
  });
  test("coverage keeps a row per step", () => {
    const row = {
      tenantId: "aws:1",
      kind: "root" as const,
      step: "credential-report",
      state: "complete" as const,
      reason: null,
      items: 1,
    };
    expect(
      mergeRecords([{ coverage: [row] }, { coverage: [{ ...row, step: "account-summary" }, row] }]).coverage.map(
        ({ step }) => step,
      ),
    ).toEqual(["account-summary", "credential-report"]);
  });
  test("tables come in order of id", () => {
    const rows = ["b", "a", "c"].map((id) => ({ ...user({}), id }));
    expect(mergeRecords([{ principals: rows }]).principals.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});

describe("steps", () => {
  const step = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
  test("come behind those they depend on", () => {
    expect(orderSteps([step("c", "b"), step("a"), step("b", "a")]).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
  test("that wait for each other are our bug", () => {
    expect(() => orderSteps([step("a", "b"), step("b", "a")])).toThrow("steps depend on each other: a → b → a");
  });
  test("only those of the circle are named, not those that wait for it", () => {
    expect(() => orderSteps([step("x", "a"), step("a", "b"), step("b", "a")])).toThrow(/: a → b → a$/);
  });
  test("that wait for nothing known are our bug", () => {
    expect(() => orderSteps([step("a", "nope")])).toThrow("depends on `nope`");
  });
});
