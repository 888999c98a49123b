import type { PushedRole } from "../src/model/pushed-role.ts";
import { pushedByInWords } from "../src/text/pushed-by-in-words.ts";
import type { ChokeGrant, TenantChokePoints } from "../src/model/choke-points.ts";
import type { FindingsDocument } from "../src/model/findings-document.ts";
import { SEVERITIES } from "../src/model/severity.ts";
import { chokeGrantInWords } from "../src/text/choke-grant-in-words.ts";
import { counted } from "../src/text/counted.ts";
import { shownText } from "./shown-text.ts";
import { shownInstant } from "./shown-instant.ts";

/** A code span as CommonMark reads one: as many backticks behind as before (0.31, "Code spans"). */
const CODE_SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gs;

/**
 * Text for a cell of a Markdown table: neither a bar nor a line break may end the cell, and what a provider calls itself
 * never becomes markup. Words in backticks stay code: there a backslash would be shown, so only bars get one.
 */
export function markdownCell(text: string): string {
  const line = shownText(text).replace(/[\r\n\u2028\u2029]+/g, " ");
  let cell = "";
  let at = 0;
  for (const span of line.matchAll(CODE_SPAN)) {
    const [whole, , inside = ""] = span;
    cell += escapeMarkdown(line.slice(at, span.index));
    // Renderers disagree about a backslash before a bar in code: such a name is shown as plain text.
    cell += inside.includes("|") && inside.includes("\\") ? escapeMarkdown(inside) : whole.replaceAll("|", "\\|");
    at = span.index + whole.length;
  }
  return cell + escapeMarkdown(line.slice(at));
}

const escapeMarkdown = (text: string): string => text.replace(/[|\\<>[\]*_`~&]/g, (character) => `\\${character}`);

/** The findings as Markdown, for a ticket or a pull request. */
export function findingsMarkdown(
  document: FindingsDocument,
  chokePoints: readonly TenantChokePoints[] = [],
  pushedRoles: readonly PushedRole[] = [],
): string {
  const counts = SEVERITIES.map(
    (severity) => `${document.findings.filter((finding) => finding.severity === severity).length} ${severity}`,
  );
  const gaps = document.coverage.filter((line) => line.state !== "complete");
  const lines = [
    "# Access findings",
    "",
    `Data as of ${shownInstant(document.asOf)}. ${counts.join(" · ")}.`,
    "",
    "| Severity | Score | What | Do | Rule |",
    "|---|---:|---|---|---|",
    ...document.findings.map(
      (f) => `| ${f.severity} | ${f.score} | ${markdownCell(f.summary)} | ${f.suggestion} | ${f.rule} |`,
    ),
    "",
    ...chokePoints.flatMap(chokePointLines),
    ...pushLines(pushedRoles),
    "## What each rule examined",
    "",
    "| Rule | Examined | Found | Undecided | Note |",
    "|---|---:|---:|---:|---|",
    ...document.rules.map(
      (rule) =>
        `| ${rule.id} | ${rule.examined} | ${rule.found} | ${rule.undecided} | ${markdownCell(
          (rule.state === "evaluated" ? "" : "not evaluated: ") + (rule.reason ?? ""),
        )} |`,
    ),
    "",
    "## What could not be read",
    "",
    ...(gaps.length === 0
      ? ["Everything that was asked for could be read."]
      : [
          "| Tenant | Kind | State | Reason |",
          "|---|---|---|---|",
          ...gaps.map(
            (g) => `| ${markdownCell(g.tenant)} | ${g.kind} | ${g.state} | ${markdownCell(g.reason ?? "")} |`,
          ),
        ]),
    "",
  ];
  return lines.join("\n");
}

/** Who can become administrator of AWS by pushing to which branch. */
function pushLines(roles: readonly PushedRole[]): readonly string[] {
  if (roles.length === 0) return [];
  return [
    "## Who can become AWS administrator by pushing to which branch",
    "",
    "| Answer | Role | Repository | Where | Who |",
    "|---|---|---|---|---|",
    ...roles.flatMap(({ roleName, tenantName, places }) =>
      places.map(({ state, repository, place, by }) => {
        const who = by.filter((one) => one.state !== "no" || state === "no").map(pushedByInWords);
        const cells = [`${roleName} in ${tenantName}`, repository, place, who.join("; ") || "nobody"];
        return `| ${state} | ${cells.map(markdownCell).join(" | ")} |`;
      }),
    ),
    "",
    ...roles.flatMap(({ cuts: [first] }) => (first === undefined ? [] : [`- ${markdownCell(first.what)}`])),
    "",
  ];
}

/** Which grants to take away first, in one tenant. */
function chokePointLines(tenant: TenantChokePoints): readonly string[] {
  const { tenantName, escalating, removals, exact, lowerBound, cannotCut, ranking } = tenant;
  const told = (grant: ChokeGrant): string => markdownCell(chokeGrantInWords(grant));
  return [
    `## Grants that cut most in ${markdownCell(tenantName)}`,
    "",
    `${counted(escalating, "principal")} can become administrator without being one. ${
      cannotCut
        ? "Some way uses nothing that can be taken away."
        : `All of it ends when ${removals.length === 1 ? "this grant is" : `these ${removals.length} grants are`} gone (${exact ? "no fewer will do" : `at least ${lowerBound} ${lowerBound === 1 ? "is" : "are"} needed`}): ${removals.map(told).join("; ")}.`
    }`,
    "",
    ...(ranking.length === 0
      ? []
      : [
          "| This grant alone | Cuts off |",
          "|---|---:|",
          ...ranking.map(({ grant, cutsOff }) => `| ${told(grant)} | ${cutsOff} of ${escalating} |`),
          "",
        ]),
  ];
}
