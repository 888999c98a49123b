import { rightSizeDocument, type RightSizeDocument } from "../../app/right-size.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading } from "../asked-snapshot.ts";
import { assumedInWords } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { plain } from "../tell.ts";

/** `leastwise right-size <principal>`: smaller policies, printed and never applied. */
export const rightSize: CommandModule = {
  register(program, context) {
    program
      .command("right-size")
      .description("smaller policies for an AWS principal, without what it does not use; printed, never applied")
      .argument("<principal>", "an ARN, an id, a name or an access key id")
      .option("--from <path>", "recorded input instead of the newest snapshot")
      .option("--snapshot <id>", "another snapshot than the newest")
      .option("--json", "print one JSON document with proof and what is removed (leastwise/right-size@1)")
      .action(async (principal: string, options: { from?: string; snapshot?: string; json?: boolean }) => {
        const { questioned, settings } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
        const document = rightSizeDocument(questioned, {
          principal,
          windowDays: settings.thresholds.unusedServiceDays,
        });
        if (options.json === true) context.tell.json(document);
        else {
          // One document as AWS takes it; several as a list, so that standard output is JSON either way.
          const [first = [], ...more] = document.policies;
          context.tell.answer(JSON.stringify(more.length === 0 ? first : document.policies, null, 2));
          for (const line of words(document)) context.tell.say(line);
        }
        await tellReading(context, questioned, options.from);
      });
  },
};

function words(document: RightSizeDocument): readonly string[] {
  const { changed, replaces, keeps, proof, removed, keptUnknown, notes, windowDays, asOf, assumes } = document;
  const { actionsBefore, actionsAfter, nothingNew, notProven, futureActions } = proof;
  const lines = [
    changed
      ? `${actionsBefore} actions before, ${actionsAfter} after: without what was not used for ${windowDays} days as of ${asOf.slice(0, 10)}`
      : "nothing to take away is known",
  ];
  if (replaces.length > 0)
    lines.push(
      `in place of ${replaces.map(({ policy, through }) => `\`${plain(policy)}\`${through.length === 0 ? "" : ` (through ${through.map(plain).join(", ")})`}`).join(", ")}`,
    );
  if (keeps.length > 0) lines.push(`stays, not read: ${keeps.map(plain).join("; ")}`);
  if (nothingNew)
    lines.push(
      `proven: allows nothing that was not allowed${futureActions ? "" : ", for the actions AWS documents now"}`,
    );
  else {
    const count = notProven.reduce((sum, { actions }) => sum + actions.length, 0);
    lines.push(
      `not proven to allow nothing new for ${counted(count, "action")} of ${notProven.map(({ service }) => service).join(", ")}`,
    );
  }
  for (const { service, actions, lastUsed } of removed)
    lines.push(
      `removes ${counted(actions.length, "action")} of ${service} (${lastUsed === null ? "last use not known" : lastUsed === "never" ? "never used" : `last used ${lastUsed.slice(0, 10)}`})`,
    );
  lines.push(
    ...kept(
      keptUnknown.filter(({ serviceUsed }) => serviceUsed),
      "of services it uses, because AWS does not tell which of them",
    ),
    ...kept(
      keptUnknown.filter(({ serviceUsed }) => !serviceUsed),
      "whose use is not known",
    ),
  );
  lines.push(...assumedInWords(assumes.filter((layer) => layer !== "resource")));
  return [...lines, ...notes.map((note) => `note: ${plain(note)}`)];
}

function kept(services: RightSizeDocument["keptUnknown"], why: string): readonly string[] {
  if (services.length === 0) return [];
  const count = services.reduce((sum, { actions }) => sum + actions.length, 0);
  const names = services.slice(0, 8).map(({ service }) => service);
  const more = services.length > 8 ? ` and ${services.length - 8} more` : "";
  return [`keeps ${counted(count, "action")} ${why}: ${names.join(", ")}${more}`];
}
