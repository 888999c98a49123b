import { AuditError } from "../../model/audit-error.ts";
import type { CommandModule } from "../program.ts";

/** `leastwise init`: a commented configuration to start from. */
export const init: CommandModule = {
  register(program, context) {
    program
      .command("init")
      .description("write a commented leastwise.yaml, and its JSON Schema for editors")
      .option("--force", "replace a configuration that is there")
      .action(async (options: { force?: boolean }) => {
        const { world, tell } = context;
        if ((await world.files.exists("leastwise.yaml")) && options.force !== true) {
          throw new AuditError("settings", "exists", "`leastwise.yaml` is there already", {
            hint: "edit it, or replace it with --force",
          });
        }
        await world.files.write("leastwise.schema.json", `${JSON.stringify(await world.settingsSchema(), null, 2)}\n`);
        await world.files.write("leastwise.yaml", await world.settingsTemplate());
        tell.answer("wrote leastwise.yaml and leastwise.schema.json");
        tell.say("next: uncomment and fill in a connector in leastwise.yaml, then `leastwise doctor`");
      });
  },
};
