import { readSnapshot } from "../../app/latest-snapshot.ts";
import { diff as diffUseCase, type DiffDocument } from "../../app/diff.ts";
import { withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";
import { counted } from "../../text/counted.ts";

type Change = DiffDocument["changes"][number];

const SIGN = { added: "+", removed: "-", changed: "~", "not-visible": "?" } as const;

/** `leastwise diff A B`: what changed between two snapshots. */
export const diff: CommandModule = {
  register(program, context) {
    program
      .command("diff")
      .description("what changed between two snapshots; what is not visible any more is not called removed")
      .argument("<before>", "a snapshot's id or its beginning")
      .argument("[after]", "another (default: the newest)")
      .option("--json", "print one JSON document (leastwise/diff@1)")
      .action(async (before: string, after: string | undefined, options: { json?: boolean }) => {
        await withData(context, program.opts<CommonOptions>(), async (data) => {
          const [old, now] = [await readSnapshot(data, before), await readSnapshot(data, after)];
          const answer = diffUseCase(old, now);
          if (options.json === true) {
            context.tell.json(answer);
            return;
          }
          const lines = [
            `${answer.before.id} (${answer.before.asOf}) → ${answer.after.id} (${answer.after.asOf}): ${counted(answer.changes.length, "change")}`,
          ];
          if (answer.changes.length > 0) {
            lines.push(
              columns(
                answer.changes.map((change) => [
                  `${SIGN[change.change]} ${change.table}`,
                  plain(change.name),
                  remark(change),
                ]),
              ),
            );
          }
          for (const row of answer.coverage)
            lines.push(
              `coverage of ${row.kind}${row.step === null ? "" : ` by ${row.step}`} in ${plain(row.tenantId)}: ${row.before} → ${row.after}`,
            );
          context.tell.answer(lines.join("\n"));
        });
      });
  },
};

function remark({ change, certain, fields }: Change): string {
  if (change === "added" && !certain) return "may be older: it could not be read before";
  if (change === "not-visible" && fields.length === 0) return "may still be there: it could not be read this time";
  return fields.join(", ");
}
