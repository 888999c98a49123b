import { doctor as doctorUseCase } from "../../app/doctor.ts";
import { connectorEnvironment } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { EXIT, plain } from "../tell.ts";

const MARK = { ok: "ok     ", warning: "warning", problem: "problem" } as const;
const CODE = { us: EXIT.bug, person: EXIT.mistake, provider: EXIT.refused } as const;

/** `leastwise doctor`: what will work and what will not be readable, before anything is collected. */
export const doctor: CommandModule = {
  register(program, context) {
    program
      .command("doctor")
      .description("check configuration, credentials, clock and limits, and say what will not be readable")
      .option("--json", "print one JSON document (leastwise/doctor@1)")
      .action(async (options: { json?: boolean }) => {
        const { world, tell } = context;
        const { config } = program.opts<CommonOptions>();
        const settings = await world.loadSettings(config);
        const { report, fault } = await doctorUseCase(world, settings, connectorEnvironment(context), {
          node: process.versions.node,
          config,
        });
        if (options.json === true) tell.json(report);
        else
          for (const { connector, level, text, hint } of report.lines)
            tell.answer(
              `${MARK[level]}  ${connector === null ? "" : `${connector}: `}${plain(text)}${hint === null ? "" : `\n         hint: ${plain(hint)}`}`,
            );
        if (fault !== null) context.exit(CODE[fault]);
      });
  },
};
