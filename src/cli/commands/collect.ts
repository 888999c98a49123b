import { collect as collectSnapshot } from "../../app/collect.ts";
import { configuredConnectors, noConnectorHint } from "../../app/doctor.ts";
import { readingOf } from "../../app/explain-reading.ts";
import { AuditError } from "../../model/audit-error.ts";
import { isBeyondReach } from "../../model/coverage.ts";
import { exitOfReading, warnMalformed } from "../findings-output.ts";
import { connectorEnvironment, tellHead, withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { counted } from "../../text/counted.ts";
import { duration } from "../../text/duration.ts";

/** `leastwise collect`: the providers, or a recording, → a snapshot. */
export const collect: CommandModule = {
  register(program, context) {
    program
      .command("collect")
      .description(
        "read the providers (or a recording) into a snapshot; says what it costs first, goes on where it was cut off",
      )
      .option("--from <folder>", "read recorded answers instead of the providers")
      .option("--record <folder>", "keep what the providers answered")
      .option("--as-of <date>", "the moment the snapshot stands for")
      .option("--json", "print the snapshot's manifest as JSON")
      .action(async (options: { from?: string; record?: string; asOf?: string; json?: boolean }) => {
        const { tell } = context;
        const common = program.opts<CommonOptions>();
        await withData(context, common, async (data, settings) => {
          if (options.from === undefined && configuredConnectors(context.world, settings).length === 0)
            throw new AuditError("settings", "nothing-configured", "no connector is configured", {
              hint: `${await noConnectorHint(context.world, common.config)}, or read recorded answers with \`leastwise collect --from <folder>\``,
            });
          const { manifest, snapshot } = await collectSnapshot(
            context.world,
            data,
            settings,
            connectorEnvironment(context),
            {
              ...options,
              onForecast: (forecast, title) =>
                tell.say(
                  `${title}: about ${counted(forecast.calls, "call")}, ${duration(forecast.seconds)} (${forecast.basis})`,
                ),
              onSpent: ({ calls, seconds, basis, forecast }, title) => {
                if (calls > 0 || forecast.calls > 0)
                  tell.say(
                    `${title}: spent ${counted(calls, "call")} of about ${forecast.calls}, ${duration(seconds)} of ${duration(forecast.seconds)}${basis === "" ? "" : ` (${basis})`}`,
                  );
              },
              onStep: (step, done, total) =>
                tell.progress(`${step.tenantName}: ${step.step.title} (${done + 1} of ${total})`),
              onResume: (path) => tell.say(`going on where an earlier run today was cut off (${path})`),
            },
          );
          // What is read nowhere is in the coverage; said after every run, it would hide what went wrong in this one.
          const gaps = snapshot.coverage.filter((row) => row.state !== "complete" && !isBeyondReach(row.kind));
          if (options.json === true) tell.json({ schema: "leastwise/snapshot@1", ...manifest });
          else {
            tell.answer(
              `snapshot ${manifest.id} as of ${manifest.asOf}: ${counted(snapshot.tenants.length, "tenant")}, ${counted(snapshot.principals.length, "principal")}, ${counted(snapshot.credentials.length, "credential")}, ${counted(snapshot.grants.length, "grant")}`,
            );
            const names = new Map(snapshot.tenants.map(({ id, name }) => [id, name]));
            for (const gap of gaps)
              tell.say(
                `not read: ${gap.kind} of ${names.get(gap.tenantId) ?? gap.tenantId}: ${gap.state}${gap.reason === null ? "" : ` (${gap.reason})`}`,
              );
          }
          await tellHead(context, data);
          const reading = readingOf(snapshot);
          await warnMalformed(context, reading, options.from === undefined ? [] : [options.from]);
          context.exit(exitOfReading(reading));
        });
      });
  },
};
