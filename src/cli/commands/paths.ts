import { pathsDocument, type PathsDocument } from "../../app/paths.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading, type SnapshotOptions } from "../asked-snapshot.ts";
import { addSourceOptions, assumedInWords, conditionsInWords } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { plain } from "../tell.ts";

interface Options extends SnapshotOptions {
  readonly principal?: string;
  readonly to?: string;
  readonly action?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/** `leastwise paths`: the ways to administration, to a principal or to a resource, hop by hop. */
export const paths: CommandModule = {
  register(program, context) {
    const command = program
      .command("paths")
      .description(
        "the ways to administration or to a target, the shortest for every first grant that could be revoked",
      )
      .option("--principal <name>", "only from this principal (ARN, name or id)")
      .option("--to <target>", "`admin` (default), a principal to become, or the ARN of a resource to get at")
      .option("--action <action>", "with a resource: only doing this")
      .option("--tenant <name>", "only in this tenant (name, digits or id)");
    addSourceOptions(command, "leastwise/paths@1").action(async (options: Options) => {
      const { questioned } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
      const document = pathsDocument(questioned, options);
      const { graph } = questioned;
      if (options.json === true) context.tell.json(document);
      else
        context.tell.answer(
          words(document, (id) => {
            const entitlement = graph.entitlement(graph.grant(id)?.entitlementId ?? "");
            return entitlement?.displayName ?? id;
          }),
        );
      await tellReading(context, questioned, options.from, true);
    });
  },
};

function words({ paths: found, examined, omitted }: PathsDocument, grantName: (id: string) => string): string {
  const blocks = found.map((path) => {
    const lines = [
      `${path.state}  ${plain(path.principal)}  →  ${plain(path.target)} in ${path.tenant.replace("aws:", "")}`,
    ];
    for (const hop of path.hops) {
      const to = hop.to === path.target && hop.technique.id !== "member-of" ? plain(hop.to) : plain(hop.to);
      const grants = [...new Set(hop.grants.map(grantName))].map(plain).join(", ");
      lines.push(`  └ ${hop.technique.name} → ${to}${grants === "" ? "" : `   [${grants}]`}`);
      if (hop.permissions.length > 0 && hop.permissions[0] !== "*")
        lines.push(`      ${hop.technique.id}: ${hop.permissions.join(", ")}`);
      lines.push(...conditionsInWords(hop.conditions).map((line) => `    ${line}`));
      if (hop.note !== undefined) lines.push(`      ${plain(hop.note)}`);
    }
    return [...lines, ...assumedInWords(path.assumes)].join("\n");
  });
  const more =
    omitted === 0
      ? ""
      : `; ${counted(omitted, "further first step goes", "further first steps go")} through the same grants`;
  return [...blocks, `${counted(found.length, "path")}, examined ${counted(examined, "principal")}${more}`].join(
    "\n\n",
  );
}
