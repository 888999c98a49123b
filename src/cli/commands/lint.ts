import { text } from "node:stream/consumers";
import { LINT_KINDS, lintPolicies, type LintDocument } from "../../app/lint-policies.ts";
import { counted } from "../../text/counted.ts";
import { connectorEnvironment } from "../open.ts";
import type { CommandModule } from "../program.ts";
import { EXIT, plain } from "../tell.ts";

/** `leastwise lint <path…>`: what in policies does not do what its author will have meant. */
export const lint: CommandModule = {
  register(program, context) {
    program
      .command("lint")
      .description(
        "what in AWS policies does not do what was meant: misspelt actions, wildcards and conditions without effect",
      )
      .argument("<path...>", "policy documents, recorded input as for `scan`, or `-` for standard input")
      .option("--kind <kind>", `what documents are attached as (default: guessed): ${LINT_KINDS.join(", ")}`)
      .option("--all", "AWS's own policies too")
      .option("--json", "print one JSON document (leastwise/lint@1)")
      .action(async (paths: string[], options: { kind?: string; all?: boolean; json?: boolean }) => {
        const { world, tell } = context;
        const document = await lintPolicies(world, connectorEnvironment(context), paths, {
          ...options,
          standardInput: () => text(process.stdin),
        });
        if (options.json === true) tell.json(document);
        else tell.answer(words(document));
        for (const { source, name, why } of document.unreadable)
          tell.warn(`${plain(source)}: ${name === null ? "" : `${plain(name)} `}cannot be judged: ${plain(why)}`);
        if (document.unreadable.length > 0) context.exit(EXIT.mistake);
      });
  },
};

function words({ policies, leftOut, unreadable }: LintDocument): string {
  const lines: string[] = [];
  for (const { source, name, kind, kindSource, findings } of policies) {
    if (findings.length === 0) continue;
    const asKind = kindSource === "guessed" ? `read as ${kind}` : kind;
    lines.push(`${plain(name ?? source)} (${asKind})`);
    for (const { check, place, message, hint } of findings)
      lines.push(
        `  ${plain(place === "" ? "/" : place)}  ${check}`,
        `      ${plain(message)}`,
        `      hint: ${plain(hint)}`,
      );
    lines.push("");
  }
  const found = policies.reduce((sum, { findings }) => sum + findings.length, 0);
  const ends = [`${counted(found, "finding")} in ${counted(policies.length, "policy", "policies")}`];
  if (leftOut > 0) ends.push(`${counted(leftOut, "policy", "policies")} of AWS left out (--all reads them)`);
  if (unreadable.length > 0) ends.push(`${unreadable.length} cannot be judged`);
  return [...lines, ends.join(", ")].join("\n");
}
