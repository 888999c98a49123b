import { openLive } from "../../app/revoke-run.ts";
import { connectorEnvironment } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { EXIT } from "../tell.ts";

const MARK = { ok: "ok     ", warning: "warning", problem: "problem" } as const;

/** `leastwise doctor`: what will work and what will not be readable, before anything is collected. */
export const doctor: CommandModule = {
  register(program, context) {
    program
      .command("doctor")
      .description("check configuration, credentials, clock and limits, and say what will not be readable")
      .action(async () => {
        const { world, tell } = context;
        const settings = await world.loadSettings(program.opts<CommonOptions>().config);
        tell.answer(`${MARK.ok}  node ${process.versions.node}`);
        const configured = world.connectors.filter(
          (connector) => settings.connectors[connector.manifest.id] !== undefined,
        );
        if (configured.length === 0)
          tell.answer(
            `${MARK.warning}  no connector is configured\n         hint: run \`leastwise init\`, or use \`leastwise scan <file>\` without one`,
          );
        let problems = 0;
        for (const connector of configured) {
          const only = {
            ...settings,
            connectors: { [connector.manifest.id]: settings.connectors[connector.manifest.id] },
          };
          try {
            const sessions = await openLive(world, only, connectorEnvironment(context));
            for (const { session } of sessions) {
              for (const line of await session.check()) {
                tell.answer(
                  `${MARK[line.level]}  ${connector.manifest.id}: ${line.text}${line.hint === undefined ? "" : `\n         hint: ${line.hint}`}`,
                );
                if (line.level === "problem") problems += 1;
              }
              await session.close();
            }
          } catch (error) {
            // One connector that cannot sign in must not hide what the others say.
            problems += 1;
            tell.answer(`${MARK.problem}  ${connector.manifest.id}: cannot be opened`);
            tell.error(error);
          }
        }
        if (problems > 0) context.exit(EXIT.refused);
      });
  },
};
