import { expect, test } from "vitest";
import { bestCoverage } from "../../src/graph/best-coverage.ts";
import type { Coverage, CoverageState } from "../../src/model/coverage.ts";

const row = (step: string, state: CoverageState, more: Partial<Coverage> = {}): Coverage => ({
  tenantId: "aws:111122223333",
  kind: "console-password",
  step,
  state,
  reason: null,
  items: 0,
  ...more,
});

test("of several answers about one kind the best counts", () => {
  const rows = [row("a", "skipped"), row("b", "denied"), row("c", "complete"), row("d", "partial")];
  expect(bestCoverage(rows).map(({ step }) => step)).toEqual(["c"]);
  expect(bestCoverage(rows.slice(0, 2)).map(({ step }) => step)).toEqual(["b"]);
});

test("another tenant's answer and another kind's are kept apart", () => {
  const rows = [
    row("a", "denied"),
    row("a", "complete", { tenantId: "aws:444455556666" }),
    row("b", "partial", { kind: "access-key" }),
  ];
  expect(bestCoverage(rows)).toEqual(rows);
});
