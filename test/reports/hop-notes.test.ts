import { expect, test } from "vitest";
import { findingsHtml } from "../../reports/findings-html.ts";
import { SAMPLE_INPUT } from "./sample-report-input.ts";

test("names in the note of a hop are set as names, and nothing in it is markup", () => {
  const { findings } = SAMPLE_INPUT;
  if (findings === null) throw new Error("the sample has no findings");
  const { document } = findings;
  const noted = document.findings.map((finding) => ({
    ...finding,
    ...(finding.path === undefined
      ? {}
      : { path: finding.path.map((hop) => ({ ...hop, note: "pushes to branch `x<b>`" })) }),
  }));
  const page = findingsHtml({ ...findings, document: { ...document, findings: noted } });
  expect(page).toContain("(pushes to branch <code>x&lt;b&gt;</code>)");
});
