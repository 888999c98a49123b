import { adminsDocument, type AdminsDocument } from "../../app/admins.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading, type SnapshotOptions } from "../asked-snapshot.ts";
import { addSourceOptions, assumedInWords } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

/** `leastwise admins`: who administers, by holding it or by becoming more. */
export const admins: CommandModule = {
  register(program, context) {
    const command = program
      .command("admins")
      .description("who administers which tenant, by what it holds (direct) or by becoming more than it is (path)")
      .option("--tenant <name>", "only this tenant (name, digits or id)");
    addSourceOptions(command, "leastwise/admins@1").action(
      async (options: SnapshotOptions & { tenant?: string; json?: boolean }) => {
        const { questioned } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
        const document = adminsDocument(questioned, options);
        if (options.json === true) context.tell.json(document);
        else context.tell.answer(words(document, (id) => questioned.graph.tenant(id)?.name ?? id));
        await tellReading(context, questioned, options.from, true);
      },
    );
  },
};

function words({ admins: found, examined, assumes }: AdminsDocument, tenantName: (id: string) => string): string {
  const rows = found.map(({ tenant, how, state, principal }) => [
    plain(tenantName(tenant)),
    how,
    state,
    plain(principal),
  ]);
  return [
    rows.length === 0 ? "nobody" : columns(rows),
    `examined ${counted(examined, "principal")}`,
    ...assumedInWords(assumes),
  ].join("\n");
}
