import { text as textOf } from "node:stream/consumers";
import { gatherRecorded } from "../../app/gather.ts";
import { readSnapshot } from "../../app/latest-snapshot.ts";
import type { DenialAnswer, GitHubDenial, TokenDenial } from "../../app/why-denied-answer.ts";
import { layerInWords } from "../../app/why-denied-aws.ts";
import { whyDenied as explainDenials, type WhyDenied } from "../../app/why-denied.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { connectorEnvironment, withData } from "../open.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { EXIT, plain } from "../tell.ts";

interface Options {
  readonly text?: string;
  readonly from?: string;
  readonly snapshot?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** `leastwise why-denied [file]`: what refused at AWS or GitHub, what would refuse next, what to change and whom to ask. */
export const whyDenied: CommandModule = {
  register(program, context) {
    program
      .command("why-denied")
      .description(
        "why AWS or GitHub refused: an error message, a log, a CloudTrail event, an answer with its headers, what git printed",
      )
      .argument("[file]", "a file with the refusal; standard input where left out or `-`")
      .option("--text <refusal>", "the refusal itself instead of a file; what may be a secret in it is not kept")
      .option("--from <path>", "recorded input instead of the newest snapshot")
      .option("--snapshot <id>", "another snapshot than the newest")
      .option("--offline", "only what the refusal itself says, no snapshot")
      .option("--json", "print one JSON document (leastwise/why-denied@1)")
      .action(async (file: string | undefined, options: Options) => {
        const text = await refusalText(context, file, options.text);
        const document = await explainDenials(text, await snapshotOf(context, program.opts<CommonOptions>(), options));
        if (options.json === true) context.tell.json(document);
        else context.tell.answer(words(document));
        if (document.answers.every(({ verdict }) => verdict === "unreadable")) context.exit(EXIT.mistake);
      });
  },
};

async function refusalText(
  context: CommandContext,
  file: string | undefined,
  text: string | undefined,
): Promise<string> {
  if (text === undefined) return file === undefined || file === "-" ? textOf(process.stdin) : fileText(context, file);
  if (file === undefined) return text;
  throw new AuditError("input-file", "two-texts", `the refusal was given twice: as \`--text\` and in \`${file}\``, {
    hint: "give one of them",
  });
}

async function fileText({ world }: CommandContext, file: string): Promise<string> {
  if (!(await world.files.exists(file)))
    throw new AuditError("input-file", "missing", `\`${file}\` does not exist`, {
      hint: "give a file with the error message, or pipe it in",
      place: { file },
    });
  return new TextDecoder().decode(await world.files.read(file));
}

/** Policies to hold the refusal against. Where nothing was collected yet, what AWS says is all there is. */
async function snapshotOf(context: CommandContext, common: CommonOptions, options: Options): Promise<Snapshot | null> {
  if (options.offline === true) return null;
  if (options.from !== undefined)
    return gatherRecorded(context.world, connectorEnvironment(context), [options.from], undefined);
  return withData(context, common, async (data) => {
    try {
      return (await readSnapshot(data, options.snapshot)).snapshot;
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== "no-snapshot") throw error;
      context.tell.say("nothing was collected yet: only what the refusal itself says can be told");
      return null;
    }
  });
}

function words({ answers }: WhyDenied): string {
  return answers.map((answer) => oneInWords(answer).join("\n")).join("\n\n");
}

function oneInWords(answer: DenialAnswer): string[] {
  const { asked, deniedBy, layers, next, smallestFix, alternatives, notAccess, notes, assumes, line } = answer;
  const where = line === null ? "" : `line ${line}: `;
  if (answer.github !== null) return gitHubInWords(answer.github, where, notes);
  if (answer.token !== null) return tokenInWords(answer.token, asked?.resource ?? null, where, notes);
  if (notAccess !== null)
    return [
      `${where}not a matter of access: ${notAccess.what.replaceAll("-", " ")}`,
      `  ${plain(notAccess.evidence)}`,
      `  hint: ${plain(notAccess.hint)}`,
    ];
  if (answer.verdict !== "denied")
    return [
      `${where}${answer.verdict === "encoded" ? "AWS encoded the reason" : "no refusal was found"}`,
      ...notes.map((note) => `  ${plain(note)}`),
    ];
  const by =
    deniedBy === null || deniedBy.layer === null
      ? "AWS does not say by what"
      : `by the ${layerInWords(deniedBy.layer)}: ${deniedBy.explicit === false ? "nothing there allows it" : deniedBy.explicit === true ? "a statement denies it" : "how, AWS does not say"}`;
  const lines = [
    `${where}denied ${by}${deniedBy === null ? "" : ` (${deniedBy.certainty})`}`,
    `  ${plain(asked?.principal ?? "somebody")}`,
    `  ${plain(asked?.action ?? "an action AWS does not name")} on ${plain(asked?.resource ?? "a resource AWS does not name")}`,
  ];
  if (typeof deniedBy?.policy === "string") lines.push(`  policy ${plain(deniedBy.policy)}`);
  for (const { policy, statement } of deniedBy?.statements ?? [])
    lines.push(`  statement ${plain(String(statement))} of ${plain(String(policy))}`);
  for (const step of next)
    lines.push(
      `  next       the ${layerInWords(step.layer)} ${step.explicit ? `${verb(step.layer, "denies", "deny")} it as well` : `${verb(step.layer, "does", "do")} not allow it either`}`,
    );
  if (smallestFix !== null) {
    lines.push(`  fix        ${smallestFix.kind.replaceAll("-", " ")}: ${plain(smallestFix.where)}`);
    if (smallestFix.statement !== null) lines.push(`             ${plain(JSON.stringify(smallestFix.statement))}`);
    if (smallestFix.warning !== null) lines.push(`             ${plain(smallestFix.warning)}`);
  }
  for (const { principal, canAssume } of alternatives)
    lines.push(
      `  instead    ${plain(principal)} may do it${canAssume === "yes" ? ", and you may assume it" : canAssume === "conditional" ? ", and you may assume it under a condition" : ": ask for it"}`,
    );
  const asks = Object.entries(layers).filter(([, word]) => word !== "absent");
  if (asks.length > 0) lines.push(`  layers     ${asks.map(([name, word]) => `${name} ${word}`).join(", ")}`);
  for (const note of notes) lines.push(`  note       ${plain(note)}`);
  if (assumes.length > 0) lines.push(`  not given  ${assumes.join(", ")}`);
  return lines;
}

/** Policies are many, a boundary is one. */
function verb(layer: string, one: string, many: string): string {
  return layer === "identity" ? many : one;
}

function tokenInWords(token: TokenDenial, role: string | null, where: string, notes: readonly string[]): string[] {
  const { reason, steps, evidence, asks, letsIn } = token;
  const lines = [`${where}AWS did not take the job's token: ${plain(reason)}`];
  if (role !== null) lines.push(`  role       ${plain(role)}`);
  lines.push(`  AWS        ${plain(evidence)}`);
  for (const one of asks) lines.push(`  asks for   ${plain(one)}`);
  for (const { place, repository, subject } of letsIn)
    lines.push(
      `  lets in    ${plain(`${place} of ${repository}${subject === null ? "" : `, such as \`${subject}\``}`)}`,
    );
  steps.forEach((step, i) => lines.push(`  step ${i + 1}     ${plain(step)}`));
  for (const note of notes) lines.push(`  note       ${plain(note)}`);
  return lines;
}

/** How an answer about GitHub begins, by what kind of refusal it is. */
const BEGINNINGS: Readonly<Record<GitHubDenial["kind"], string>> = {
  "sign-in": "GitHub does not let the credential in",
  limit: "not a matter of access",
  denied: "denied by GitHub",
  incomplete: "answered, but incomplete",
  gone: "not found at GitHub",
  none: "not a refusal",
  moved: "it has moved",
  "not-applicable": "not offered here",
  archived: "closed for changes",
  governed: "decided elsewhere",
  async: "not a refusal",
  invalid: "not a matter of access",
  outage: "not a matter of access",
};

function gitHubInWords(github: GitHubDenial, where: string, notes: readonly string[]): string[] {
  const { kind, reason, steps, status, call, repository, organization, ref, actor, evidence, ask, signal } = github;
  const lines = [`${where}${BEGINNINGS[kind]}: ${plain(reason)}`];
  const about = [call ?? repository ?? organization, ref, actor === null ? null : `as ${actor}`].filter(
    (one) => one !== null,
  );
  if (about.length > 0 || status !== null)
    lines.push(
      `  about      ${plain(about.join(", "))}${status === null ? "" : `${about.length > 0 ? ", " : ""}status ${status}`}`,
    );
  if (evidence !== "") lines.push(`  GitHub     ${plain(evidence)}`);
  lines.push(`  signal     ${signal}`);
  steps.forEach((step, i) => lines.push(`  step ${i + 1}     ${plain(step)}`));
  for (const { principal, as } of ask) lines.push(`  ask        ${plain(principal)}, ${plain(as)}`);
  for (const note of notes) lines.push(`  note       ${plain(note)}`);
  return lines;
}
