import { newestCampaign, withoutRevocation } from "../../app/campaign-summary.ts";
import { evaluate } from "../../app/evaluate.ts";
import { readSnapshot } from "../../app/latest-snapshot.ts";
import { writeReports } from "../../app/write-reports.ts";
import { withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";

/** `leastwise reports`: every report over the newest snapshot, into one folder. */
export const reports: CommandModule = {
  register(program, context) {
    program
      .command("reports")
      .description("write the findings, the permission matrix, the revocations and the newest campaign as files")
      .option("--out <folder>", "where to (default: `reports` of the configuration)")
      .option("--snapshot <id>", "another snapshot than the newest")
      .action(async (options: { out?: string; snapshot?: string }) => {
        const { tell, world } = context;
        await withData(context, program.opts<CommonOptions>(), async (data, settings) => {
          const { snapshot } = await readSnapshot(data, options.snapshot);
          const campaign = await newestCampaign(world, data, settings);
          const revocations = await data.state.list("revocation");
          const written = await writeReports(
            world.files,
            options.out ?? settings.reports,
            await evaluate(snapshot, settings.thresholds),
            settings.thresholds,
            {
              revocations: {
                revocations,
                verifications: await data.state.list("verification"),
                ...(campaign === null ? {} : { withoutRevocation: withoutRevocation(campaign.plan, revocations) }),
              },
              campaign: campaign?.summary ?? null,
            },
          );
          for (const { path, title } of written) tell.answer(`${path}  ${title}`);
        });
      });
  },
};
