import { describe, expect, test } from "vitest";
import type { Identity } from "../../src/model/identity.ts";
import { readReassignment, type Holder } from "../../src/review/reassign.ts";

const NOW = "2026-11-20T08:00:00Z";
const person = (id: string, more: Partial<Identity> = {}): Identity => ({
  id: `identity:${id}`,
  kind: "human",
  displayName: id,
  email: `${id}@sample.example`,
  managerId: null,
  department: null,
  employment: "active",
  startDate: null,
  endDate: null,
  ...more,
});
const people = [
  person("p1"),
  person("p2"),
  person("p3"),
  person("gone", { employment: "left", endDate: "2026-08-31T00:00:00Z" }),
  person("ended", { employment: "external", endDate: "2026-08-31T00:00:00Z" }),
  person("twin1", { email: "twins@sample.example" }),
  person("twin2", { email: "twins@sample.example" }),
];
const holder: Holder = { identityId: "identity:p1", addresses: ["p1-login", "p1.private@elsewhere.example"] };
const read = (cell: string, roster: readonly Identity[] = people) =>
  readReassignment(cell, roster, holder, "identity:p3", NOW);

describe("whom an item can be given to", () => {
  test.each(["p2@sample.example", "P2@Sample.Example ", "p2", "identity:p2"])("%j is somebody of the roster", (cell) =>
    expect(read(cell)).toEqual({ reviewer: "identity:p2" }),
  );
  test.each([
    ["p1@sample.example", "nobody decides about their own access"],
    ["P1@SAMPLE.example", "nobody decides about their own access"],
    ["p1", "nobody decides about their own access"],
    ["p1.private@elsewhere.example", "nobody decides about their own access"],
    ["p1-login", "nobody decides about their own access"],
    ["nobody@x", "`nobody@x` is not in the roster"],
    ["p3@sample.example", "whom this sheet was made for"],
    ["gone@sample.example", "left on 2026-08-31"],
    ["ended@sample.example", "left on 2026-08-31"],
    ["twins@sample.example", "2 people in the roster"],
  ])("%j is refused: %s", (cell, why) =>
    expect(read(cell)).toEqual({ problem: expect.stringContaining(why) as unknown }),
  );
});

describe("without a roster", () => {
  test("an address is taken as it is written", () =>
    expect(read("somebody@sample.example", [])).toEqual({ reviewer: "somebody@sample.example" }));
  test.each([
    ["p1.private@elsewhere.example", "nobody decides about their own access"],
    ["Robin", "not an e-mail"],
  ])("%j is refused: %s", (cell, why) =>
    expect(read(cell, [])).toEqual({ problem: expect.stringContaining(why) as unknown }),
  );
});
