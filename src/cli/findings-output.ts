import { Option, type Command } from "commander";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Severity } from "../model/finding.ts";
import { atLeast, SEVERITIES } from "../model/severity.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { renderFindings, type FindingsFormat } from "../app/write-reports.ts";
import type { CommandContext } from "./program.ts";
import { columns, EXIT, plain } from "./tell.ts";

/** How findings are shown and written, the same for `scan` and `findings`. */
export interface FindingsOptions {
  readonly json?: boolean;
  readonly csv?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly failOn?: Severity;
  readonly all?: boolean;
}

/** Adds the options to a command. */
export function addFindingsOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document (leastwise/findings@1)")
    .option("--csv <file>", "write the findings as CSV")
    .option("--html <file>", "write the findings as one self-contained page")
    .option("--markdown <file>", "write the findings as Markdown")
    .option("--all", "list every finding on the terminal, not only the 20 worst")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe").choices(SEVERITIES),
    );
}

/** Writes the files, prints the answer and works out the exit code. */
export async function outputFindings(
  context: CommandContext,
  document: FindingsDocument,
  snapshot: Snapshot,
  failedRules: readonly string[],
  options: FindingsOptions,
): Promise<void> {
  const { tell, world } = context;
  const files: readonly (readonly [FindingsFormat, string | undefined])[] = [
    ["csv", options.csv],
    ["html", options.html],
    ["markdown", options.markdown],
  ];
  for (const [format, path] of files) {
    if (path === undefined) continue;
    await world.files.write(path, renderFindings(format, document, snapshot));
    tell.say(`wrote ${path}`);
  }
  if (options.json === true) tell.json(document);
  else tell.answer(terminalText(document, options.all === true));
  const failOn = options.failOn;
  if (failedRules.length > 0) {
    tell.warn(`these rules failed and were not evaluated: ${failedRules.join(", ")}; please report it`);
    context.exit(EXIT.bug);
  } else if (
    document.coverage.some(
      (line) =>
        line.state === "denied" ||
        (line.state === "partial" && line.reason !== null && line.reason.startsWith("refused")),
    )
  ) {
    context.exit(EXIT.refused);
  } else if (failOn !== undefined && document.findings.some((finding) => atLeast(finding.severity, failOn))) {
    context.exit(EXIT.findings);
  }
}

function terminalText(document: FindingsDocument, all: boolean): string {
  const { findings, rules, coverage } = document;
  const counts = SEVERITIES.map(
    (severity) => `${findings.filter((finding) => finding.severity === severity).length} ${severity}`,
  );
  const shown = all ? findings : findings.slice(0, 20);
  const rows = shown.map((finding) => [
    `${finding.severity.padEnd(8)} ${String(finding.score).padStart(3)}`,
    plain(finding.summary),
  ]);
  const examined = rules.reduce((sum, rule) => sum + rule.examined, 0);
  const gaps = coverage.filter((line) => line.state !== "complete");
  const lines = [
    `${findings.length} findings (${counts.join(", ")}) as of ${document.asOf}, ${examined} things examined by ${rules.filter((rule) => rule.state === "evaluated").length} rules`,
    "",
    columns(rows),
  ];
  if (shown.length < findings.length)
    lines.push(`… and ${findings.length - shown.length} more: --all lists them, --html FILE writes a page`);
  const silent = rules.filter((rule) => rule.state === "not-evaluated");
  if (silent.length > 0) lines.push("", `not evaluated: ${silent.map((rule) => rule.id).join(", ")}`);
  if (gaps.length > 0) {
    const reasons = new Map<string, string[]>();
    for (const gap of gaps) {
      const key = `${gap.state}: ${gap.reason ?? "no reason given"}`;
      reasons.set(key, [...(reasons.get(key) ?? []), gap.kind]);
    }
    lines.push("", "not read, so not judged:");
    for (const [reason, kinds] of reasons) lines.push(`  ${[...new Set(kinds)].join(", ")} (${plain(reason)})`);
  }
  return lines.join("\n");
}
