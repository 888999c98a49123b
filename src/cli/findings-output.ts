import { Option, type Command } from "commander";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Severity } from "../model/finding.ts";
import { atLeast, SEVERITIES } from "../model/severity.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { gapsOf, type Gaps } from "../app/explain-gaps.ts";
import type { Reading } from "../app/explain-reading.ts";
import type { Evaluation } from "../app/evaluate.ts";
import { renderFindings, type FindingsFormat } from "../app/write-reports.ts";
import type { CommandContext } from "./program.ts";
import { columns, EXIT, plain } from "./tell.ts";
import { counted } from "../text/counted.ts";

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
    .option("--all", "list every finding on the terminal, not only the 20 worst, and everything that was not read")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe").choices(SEVERITIES),
    );
}

/** What was evaluated, and where it came from. */
export interface ShownFindings {
  readonly document: FindingsDocument;
  readonly snapshot: Snapshot;
  readonly failedRules: readonly string[];
  readonly chokePoints: Evaluation["chokePoints"];
  readonly pushedRoles: Evaluation["pushedRoles"];
  readonly reading: Reading;
  /** Paths of recorded input; empty where a stored snapshot was judged. */
  readonly paths: readonly string[];
}

/** Writes the files, prints the answer and works out the exit code. */
export async function outputFindings(
  context: CommandContext,
  { document, snapshot, failedRules, chokePoints, pushedRoles, reading, paths }: ShownFindings,
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
    await world.files.write(path, renderFindings(format, document, snapshot, chokePoints(), pushedRoles()));
    tell.say(`wrote ${path}`);
  }
  if (options.json === true) tell.json(document);
  else {
    const gaps = gapsOf(snapshot, document.rules, world.connectors, failedRules);
    tell.answer(terminalText(document, gaps, options.all === true));
  }
  await warnMalformed(context, reading, paths);
  const failOn = options.failOn;
  const read = exitOfReading(reading);
  if (failedRules.length > 0) {
    tell.warn(
      `${failedRules.length === 1 ? "this rule" : "these rules"} failed and ${failedRules.length === 1 ? "was" : "were"} not evaluated: ${failedRules.join(", ")}; please report it`,
    );
    context.exit(EXIT.bug);
  } else if (read !== EXIT.done) context.exit(read);
  else if (failOn !== undefined && document.findings.some((finding) => atLeast(finding.severity, failOn)))
    context.exit(EXIT.findings);
}

/**
 * How a command that read something ends, before its findings count: the same for `scan`, `collect` and `findings`. A document
 * that cannot be judged is the mistake of whoever gave the file; from a provider it is an answer in part.
 */
export function exitOfReading({ malformed, inPart }: Reading): number {
  if (malformed.some(({ recorded }) => recorded)) return EXIT.mistake;
  return inPart || malformed.length > 0 ? EXIT.refused : EXIT.done;
}

/** More lines than this say nothing new. */
const MALFORMED_NAMED = 20;

/** Names every policy document that cannot be judged, with its file where that is known. */
export async function warnMalformed(
  { tell, world }: CommandContext,
  { malformed }: Reading,
  paths: readonly string[],
): Promise<void> {
  for (const { what, file, why } of malformed.slice(0, MALFORMED_NAMED)) {
    let place = paths.join(", ");
    for (const path of paths) if (await world.files.exists(`${path}/${file}`)) place = `${path}/${file}`;
    tell.warn(plain(`${place === "" ? "" : `${place}: `}${what} cannot be judged: ${why}`));
  }
  const more = malformed.length - MALFORMED_NAMED;
  if (more > 0) tell.warn(`${counted(more, "more policy document", "more policy documents")} cannot be judged`);
}

function terminalText(document: FindingsDocument, gaps: Gaps, all: boolean): string {
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
  const undecided = rules.reduce((sum, rule) => sum + rule.undecided, 0);
  const evaluated = rules.filter((rule) => rule.state === "evaluated").length;
  const lines = [
    `${counted(findings.length, "finding")} (${counts.join(", ")}) as of ${document.asOf}, ${counted(examined, "thing")} examined by ${counted(evaluated, "rule")}${undecided === 0 ? "" : `, ${undecided} undecided`}`,
    "",
    columns(rows),
  ];
  if (shown.length < findings.length)
    lines.push(`… and ${findings.length - shown.length} more: --all lists them, --html FILE writes a page`);
  return [...lines, ...(all ? everyGap(document) : gapsInShort(coverage, gaps))].join("\n");
}

/** What was not evaluated and not read, line by line. */
function everyGap({ rules, coverage }: FindingsDocument): readonly string[] {
  const lines: string[] = [];
  const silent = rules.filter((rule) => rule.state === "not-evaluated");
  if (silent.length > 0)
    lines.push("", "not evaluated:", columns(silent.map(({ id, reason }) => [`  ${id}`, plain(reason ?? "")])));
  const open = rules.filter((rule) => rule.undecided > 0);
  if (open.length > 0)
    lines.push("", "undecided:", columns(open.map(({ id, reason }) => [`  ${id}`, plain(reason ?? "")])));
  return [...lines, ...notRead(coverage)];
}

/** One line for what nobody gave, because that is no surprise; what was refused or cut short is named all the same. */
function gapsInShort(coverage: FindingsDocument["coverage"], gaps: Gaps): readonly string[] {
  const lines: string[] = [];
  if (gaps.rules > 0) {
    const elsewhere = gaps.elsewhere.map(({ title, rules }) => `${rules} about ${title}, of which nothing was read`);
    lines.push(
      "",
      `not evaluated: ${counted(gaps.rules, "rule")}${elsewhere.length === 0 ? "" : ` (${elsewhere.join("; ")})`}; --all lists them`,
    );
    if (gaps.files.length > 0) {
      const named = gaps.files.map(({ file, rules }) => [`  ${file}`, counted(rules, "more rule", "more rules")]);
      lines.push("most would be gained by these files, in one folder with what was read:", columns(named));
    }
  }
  const notGiven = coverage.filter(isNotGiven);
  lines.push(...notRead(coverage.filter((line) => !isNotGiven(line))));
  if (notGiven.length > 0)
    lines.push(
      "",
      `not given, so not judged: the files of ${counted(new Set(notGiven.map(({ kind }) => kind)).size, "kind")} of facts; --all lists them`,
    );
  return lines;
}

const isNotGiven = ({ state, reason }: FindingsDocument["coverage"][number]): boolean =>
  state === "skipped" && reason?.endsWith(" was not given") === true;

function notRead(coverage: FindingsDocument["coverage"]): readonly string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { state, reason, kind } of coverage) {
    if (state === "complete") continue;
    const key = `${state}: ${reason ?? "no reason given"}`;
    reasons.set(key, (reasons.get(key) ?? new Set()).add(kind));
  }
  if (reasons.size === 0) return [];
  return [
    "",
    "not read, so not judged:",
    ...[...reasons].map(([reason, kinds]) => `  ${[...kinds].join(", ")} (${plain(reason)})`),
  ];
}
