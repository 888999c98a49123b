import { expect, test } from "vitest";
import { findingsHtml } from "../../reports/findings-html.ts";
import type { CoverageLine } from "../../src/model/findings-document.ts";
import { SAMPLE_INPUT } from "./sample-report-input.ts";

const line = (kind: string, state: CoverageLine["state"], reason: string | null): CoverageLine => ({
  tenant: "github:O_1",
  kind,
  state,
  reason,
});
const SKIPPED = line("classic-token", "skipped", "GitHub has no list of them");

function page(coverage: readonly CoverageLine[]): string {
  const { findings } = SAMPLE_INPUT;
  if (findings === null) throw new Error("the sample has no findings");
  return findingsHtml({ ...findings, document: { ...findings.document, coverage } });
}

test("what is skipped in every organization stands in the table, and is no alarm above it", () => {
  const calm = page([line("member", "complete", null), SKIPPED]);
  expect(calm).toContain("Everything that was asked for could be read.");
  expect(calm).toContain("classic-token");
  expect(calm).toContain("GitHub has no list of them");
});

test("a real gap beside it is told, and counted alone", () => {
  const alarmed = page([line("member", "denied", "refused"), SKIPPED]);
  expect(alarmed).toContain("Not everything was read.");
  expect(alarmed).toContain("1 kind of fact is missing");
});
