import { createReadStream } from "node:fs";
import { Can, batchLine, type CanDocument } from "../../app/can.ts";
import { askedContext } from "../../app/asked-request.ts";
import { textLines } from "../../app/text-lines.ts";
import { AuditError } from "../../model/audit-error.ts";
import { askedSnapshot, tellReading, type SnapshotOptions } from "../asked-snapshot.ts";
import { addQuestionOptions, assumedInWords, conditionsInWords, type QuestionOptions } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { plain } from "../tell.ts";

/** `leastwise can <principal> <action> [resource]`: may it, and by which statement or layer. */
export const can: CommandModule = {
  register(program, context) {
    const command = program
      .command("can")
      .description("whether a principal may do something: yes, conditional, no or unknown, and what that rests on")
      .argument("[principal]", "an ARN, a name, an id or an access key id")
      .argument("[action]", "for example s3:GetObject")
      .argument("[resource]", "an ARN, with wildcards for some resource (default: some resource)")
      .option("--batch <file>", "questions as NDJSON, one a line (`-` for standard input); answers as NDJSON");
    addQuestionOptions(command, "leastwise/can@1").action(
      async (
        principal: string | undefined,
        action: string | undefined,
        resource: string | undefined,
        options: QuestionOptions & SnapshotOptions & { batch?: string },
      ) => {
        const { questioned } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
        const asked = new Can(questioned);
        if (options.batch !== undefined) {
          if (principal !== undefined)
            throw new AuditError("settings", "batch", "`--batch` takes its questions from the file", {
              hint: "leave out principal, action and resource",
            });
          if (options.batch !== "-" && !(await context.world.files.exists(options.batch)))
            throw new AuditError("input-file", "missing", `\`${options.batch}\` does not exist`, {
              hint: "give a file of questions, or `-` for standard input",
            });
          await batch(asked, options.batch, (text) => context.tell.answer(text));
          return;
        }
        if (principal === undefined || action === undefined)
          throw new AuditError("settings", "no-question", "who, and what?", {
            hint: "`leastwise can <principal> <action> [resource]`, or `--batch FILE`",
          });
        const document = asked.answer({
          principal,
          action,
          ...(resource === undefined ? {} : { resource }),
          context: askedContext(options.context ?? []),
          unknownContext: options.completeContext !== true,
        });
        if (options.json === true) context.tell.json(document);
        else context.tell.answer(words(document));
        await tellReading(context, questioned, options.from);
      },
    );
  },
};

async function batch(asked: Can, file: string, answer: (text: string) => void): Promise<void> {
  let [number, failed] = [0, 0];
  for await (const lines of textLines(file === "-" ? process.stdin : createReadStream(file)))
    for (const line of lines) {
      number += 1;
      const done =
        typeof line === "string"
          ? batchLine(asked, line, number)
          : { text: JSON.stringify({ line: number, error: line.why }), failed: true };
      if (done.failed) failed += 1;
      if (done.text !== null) answer(done.text);
    }
  if (failed > 0)
    throw new AuditError("input-file", "malformed-line", `${failed} of ${number} lines could not be answered`, {
      hint: "each has an `error` in its place; the others were answered",
    });
}

function words(document: CanDocument): string {
  const { through, principal, action, resource, answer, decidedBy, statements, conditions, unknown, assumes, layers } =
    document;
  const lines = [
    `${answer}: ${plain(principal)} ${answer === "no" ? "may not" : answer === "yes" ? "may" : answer === "conditional" ? "may under conditions" : "may or may not"} ${action} on ${resource === "*" ? "some resource" : plain(resource)}`,
  ];
  if (through !== undefined) lines.push(`  through permission set ${plain(through)}`);
  if (decidedBy !== null) lines.push(`  decided by ${decidedBy}`);
  for (const { layer, policy, statement } of statements)
    lines.push(`  ${layer}: statement ${plain(String(statement))} of ${plain(String(policy))}`);
  lines.push(...conditionsInWords(conditions));
  for (const what of unknown) lines.push(`  not read: ${plain(what)}`);
  const asked = Object.entries(layers).filter(([, word]) => word !== "absent");
  lines.push(`  layers: ${asked.map(([name, word]) => `${name} ${word}`).join(", ")}`);
  return [...lines, ...assumedInWords(assumes)].join("\n");
}
