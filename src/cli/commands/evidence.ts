import { exportEvidence } from "../../app/evidence-export.ts";
import { pinHead, readPins } from "../../app/evidence-pin.ts";
import { verifyEvidence, type CheckedEvidence } from "../../app/evidence-verify.ts";
import { findCampaign } from "../../app/review-campaign.ts";
import { AuditError } from "../../model/audit-error.ts";
import { tellHead, withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { EXIT, plain } from "../tell.ts";
import { counted } from "../../text/counted.ts";

/** `leastwise evidence export|verify|pin`: the auditor's package. */
export const evidence: CommandModule = {
  register(program, context) {
    const command = program
      .command("evidence")
      .description("the auditor's package: everything about a campaign in one archive that can be checked offline");
    const { tell, world } = context;
    command
      .command("export")
      .description("write the archive of a campaign (a zip, or a folder when the path does not end in .zip)")
      .argument("<path>")
      .option("--campaign <id>", "another campaign than the newest")
      .action(async (path: string, options: { campaign?: string }) => {
        await withData(context, program.opts<CommonOptions>(), async (data) => {
          const campaign = await findCampaign(data, options.campaign);
          const written = await exportEvidence(world, data, { campaignId: campaign.id, path });
          tell.answer(
            `wrote ${written.path}: ${counted(written.files, "file")}, head ${written.manifest.head.hash.slice(0, 16)}, the numbers ${written.tiesOut ? "tie out" : "do not tie out"}`,
          );
          await tellHead(context, data);
        });
      });
    command
      .command("verify")
      .description("check an archive with nothing but the archive")
      .argument("<path>")
      .option("--pin <file>", "also hold it against the heads that `evidence pin` wrote before it was exported")
      .option("--json", "print one JSON document (leastwise/evidence-verification@1)")
      .action(async (path: string, options: { pin?: string; json?: boolean }) => {
        const checked = await verifyEvidence(
          world.archives,
          path,
          options.pin === undefined ? {} : { pinned: await readPins(world.files, options.pin) },
        );
        if (options.json === true) tell.json(checked);
        else if (checked.ok) {
          const { files, events, items, decisions, revocations } = checked.counts;
          tell.answer(
            `whole: ${counted(files, "file")}, ${counted(events, "event")} in an unbroken chain, ${counted(items, "item")}, ${counted(decisions, "decision")}, ${counted(revocations, "revocation")}; the numbers ${checked.tiesOut ? "tie out" : "do not tie out"}; head ${checked.head?.hash.slice(0, 16) ?? "none"}${checked.pinned === true ? `; holds ${counted(checked.pins.compared, "pinned head")}` : ""}`,
          );
        } else {
          tell.answer(`not whole: ${counted(checked.problems.length, "problem")}`);
          for (const problem of checked.problems)
            tell.answer(
              `  ${plain(problem.file)}${problem.place === null ? "" : `, ${plain(problem.place)}`}: ${plain(problem.problem)}`,
            );
        }
        if (!checked.ok) context.exit(EXIT.mistake);
        // Whoever asks for the comparison must not take an archive that was compared with nothing for one that held.
        else if (checked.pinned === null && checked.pins.later > 0)
          throw new AuditError("input-file", "pin-later", pinnedLater(checked), {
            hint: "use a pin that was made before the export; `leastwise evidence pin` adds a line to a file that is there",
            place: { file: options.pin ?? "" },
          });
        else if (checked.pins.later > 0)
          tell.say(
            `${counted(checked.pins.later, "pin")} made after the archive ${checked.pins.later === 1 ? "says" : "say"} nothing about it`,
          );
      });
    command
      .command("pin")
      .description("add the chain's head as a line to a file outside: whoever rewrites the chain cannot rewrite that")
      .argument("<file>")
      .action(async (file: string) => {
        await withData(context, program.opts<CommonOptions>(), async (data) => {
          const head = await pinHead(world, data, file);
          tell.answer(`pinned event ${head.seq}, ${head.hash.slice(0, 16)}, in ${file}`);
        });
      });
  },
};

function pinnedLater({ pins, head }: CheckedEvidence): string {
  const made = pins.later === 1 ? "the pin was made" : `all ${pins.later} pins were made`;
  return `${made} after the archive, which ends with event ${head?.seq ?? 0}: the two cannot be compared, and the archive itself is whole`;
}
