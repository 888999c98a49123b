import { exportEvidence } from "../../app/evidence-export.ts";
import { pinHead, readPin } from "../../app/evidence-pin.ts";
import { verifyEvidence } from "../../app/evidence-verify.ts";
import { findCampaign } from "../../app/review-campaign.ts";
import { tellHead, withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { EXIT, plain } from "../tell.ts";

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
            `wrote ${written.path}: ${written.manifest.files.length} files, head ${written.manifest.head.hash.slice(0, 16)}, the numbers ${written.tiesOut ? "tie out" : "do not tie out"}`,
          );
          await tellHead(context, data);
        });
      });
    command
      .command("verify")
      .description("check an archive with nothing but the archive")
      .argument("<path>")
      .option("--pin <file>", "also hold it against a head that `evidence pin` wrote")
      .option("--json", "print one JSON document (leastwise/evidence-verification@1)")
      .action(async (path: string, options: { pin?: string; json?: boolean }) => {
        const checked = await verifyEvidence(
          world.archives,
          path,
          options.pin === undefined ? {} : { pinned: await readPin(world.files, options.pin) },
        );
        if (options.json === true) tell.json(checked);
        else if (checked.ok) {
          const { files, events, items, decisions, revocations } = checked.counts;
          tell.answer(
            `whole: ${files} files, ${events} events in an unbroken chain, ${items} items, ${decisions} decisions, ${revocations} revocations; the numbers ${checked.tiesOut ? "tie out" : "do not tie out"}; head ${checked.head?.hash.slice(0, 16) ?? "none"}`,
          );
        } else {
          tell.answer(`not whole: ${checked.problems.length} problems`);
          for (const problem of checked.problems)
            tell.answer(
              `  ${plain(problem.file)}${problem.place === null ? "" : `, ${plain(problem.place)}`}: ${plain(problem.problem)}`,
            );
        }
        if (!checked.ok) context.exit(EXIT.mistake);
      });
    command
      .command("pin")
      .description("write the chain's head to a file outside: whoever rewrites the chain cannot rewrite that")
      .argument("<file>")
      .action(async (file: string) => {
        await withData(context, program.opts<CommonOptions>(), async (data) => {
          const head = await pinHead(world, data, file);
          tell.answer(`pinned event ${head.seq}, ${head.hash.slice(0, 16)}, in ${file}`);
        });
      });
  },
};
