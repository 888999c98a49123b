import { askedContext } from "../../app/asked-request.ts";
import { whoCanDocument, type WhoCanDocument } from "../../app/who-can.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading, type SnapshotOptions } from "../asked-snapshot.ts";
import { addQuestionOptions, assumedInWords, type QuestionOptions } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

/** `leastwise who-can <action> [resource]`: everybody who may. */
export const whoCan: CommandModule = {
  register(program, context) {
    const command = program
      .command("who-can")
      .description("who may do something: those answered yes, conditional or unknown")
      .argument("<action>", "for example iam:PassRole")
      .argument("[resource]", "an ARN, with wildcards for some resource (default: some resource)")
      .option("--all", "those who may not as well");
    addQuestionOptions(command, "leastwise/who-can@1").action(
      async (
        action: string,
        resource: string | undefined,
        options: QuestionOptions & SnapshotOptions & { all?: boolean },
      ) => {
        const { questioned } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
        const document = whoCanDocument(questioned, {
          action,
          ...(resource === undefined ? {} : { resource }),
          context: askedContext(options.context ?? []),
          unknownContext: options.completeContext !== true,
          all: options.all === true,
        });
        if (options.json === true) context.tell.json(document);
        else context.tell.answer(words(document));
        await tellReading(context, questioned, options.from);
      },
    );
  },
};

function words({ action, resource, principals, examined, assumes }: WhoCanDocument): string {
  const rows = principals.map(({ answer, principal, conditions, unknown, needs = [], place }) => {
    const keys = [...new Set(conditions.map(({ key }) => plain(key)))].join(", ");
    const hangsOn =
      answer === "unknown"
        ? unknown.slice(0, 1).map(plain).join("")
        : needs.length > 0
          ? `needs ${needs.map(plain).join(", ")}`
          : keys;
    return [answer, plain(principal), ...(place === undefined ? [] : [plain(place)]), hangsOn];
  });
  return [
    `${action} on ${resource === "*" ? "some resource" : plain(resource)}`,
    ...(rows.length === 0 ? ["nobody"] : [columns(rows)]),
    `examined ${counted(examined, "principal")}`,
    ...assumedInWords(assumes),
  ].join("\n");
}
