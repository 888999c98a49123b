import { evaluate } from "../../app/evaluate.ts";
import { readingOf } from "../../app/explain-reading.ts";
import { gatherRecorded } from "../../app/gather.ts";
import { addFindingsOptions, outputFindings, type FindingsOptions } from "../findings-output.ts";
import type { CommandModule, CommonOptions } from "../program.ts";

/** `leastwise scan <path…>`: recorded input → findings, with no set-up at all. */
export const scan: CommandModule = {
  register(program, context) {
    const command = program
      .command("scan")
      .description(
        "findings from recorded input: a file of `aws iam get-account-authorization-details`, or a recording folder",
      )
      .argument("<path...>", "files or folders")
      .option("--as-of <date>", "judge as if it were this day (default: when the recording was made, else today)");
    addFindingsOptions(command).action(async (paths: string[], options: FindingsOptions & { asOf?: string }) => {
      const { world, tell } = context;
      const settings = await world.loadSettings(program.opts<CommonOptions>().config);
      const environment = {
        clock: world.clock,
        secrets: world.secrets,
        log: { progress: tell.progress.bind(tell), warn: tell.warn.bind(tell) },
      };
      const snapshot = await gatherRecorded(world, environment, paths, options.asOf, {
        onStep: (step, done, total) =>
          tell.progress(`reading ${step.tenantName} ${step.step.id} (${done + 1} of ${total})`),
      });
      const { document, graph, failedRules, chokePoints, pushedRoles } = await evaluate(snapshot, settings.thresholds);
      const reading = readingOf(snapshot, (policyId) => graph.fault(policyId));
      await outputFindings(
        context,
        { document, snapshot, failedRules, chokePoints, pushedRoles, reading, paths },
        options,
      );
    });
  },
};
