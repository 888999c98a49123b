import { demo as runDemo, demoSettings, sampleClock } from "../../app/demo.ts";
import { connectorEnvironment } from "../open.ts";
import type { Files } from "../../contracts/files.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { CommandModule } from "../program.ts";
import { plain } from "../tell.ts";

/** `leastwise demo`: the monthly review on the sample company, end to end. */
export const demo: CommandModule = {
  register(program, context) {
    program
      .command("demo")
      .description(
        "the whole monthly review on a sample company: collect, findings, review, revocations rehearsed, evidence, reports",
      )
      .option("--out <folder>", "where the reports go (default: ./leastwise-reports, in a checkout reports/out)")
      .option("--keep <folder>", "keep the demo's data directory here, to look around in afterwards")
      .action(async (options: { out?: string; keep?: string }) => {
        const { tell } = context;
        const out = options.out ?? (context.world.checkout ? "reports/out" : "leastwise-reports");
        // The sample's own time: next month the demo still shows the same review.
        const world = { ...context.world, clock: sampleClock("2026-11-20T09:00:00Z") };
        const folder = options.keep ?? `${out}/data`;
        await clearEarlierRun(world.files, out, folder);
        const settings = demoSettings(await world.loadSettings(undefined), { data: folder, reports: out });
        const data = await world.openData(folder);
        try {
          await runDemo(world, data, settings, { ...connectorEnvironment(context), clock: world.clock }, (text) =>
            tell.answer(plain(text)),
          );
        } finally {
          await data.close();
        }
        tell.answer("");
        tell.answer(
          `open ${out}/findings.html and ${out}/campaign.html in a browser; the approvers' sheets are in ${out}/sheets`,
        );
        tell.answer(`look around: leastwise --data ${folder} findings, explain, review status, revoke status`);
      });
  },
};

/** Only what an earlier run of the demo made is cleared away: a folder without its own mark is somebody's own. */
async function clearEarlierRun(files: Files, out: string, data: string): Promise<void> {
  const folders = data.startsWith(`${out}/`) ? [out] : [out, data];
  // All are looked at before any is touched.
  for (const folder of folders) {
    if ((await files.exists(markIn(folder))) || !(await files.exists(folder))) continue;
    throw new AuditError("settings", "demo-folder", `\`${folder}\` is there already and was not made by the demo`, {
      hint: "name a new folder",
    });
  }
  for (const folder of folders) {
    await files.remove(folder);
    await files.write(markIn(folder), "The demo of leastwise made this folder and replaces it when it runs again.\n");
  }
}

const markIn = (folder: string): string => `${folder}/made-by-leastwise-demo.txt`;
