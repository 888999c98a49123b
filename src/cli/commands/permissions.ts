import { Option } from "commander";
import { awsPolicyDocument, permissionNeeds } from "../../app/permissions.ts";
import type { CommandModule } from "../program.ts";

/** `leastwise permissions`: the least privilege the connectors themselves need. */
export const permissions: CommandModule = {
  register(program, context) {
    program
      .command("permissions")
      .description("the permissions the connectors need, read and revoke apart, generated from what they do")
      .addOption(new Option("--aws-policy <part>", "print an AWS policy document").choices(["read", "revoke"]))
      .option("--json", "print one JSON document (leastwise/permissions@1)")
      .action((options: { awsPolicy?: "read" | "revoke"; json?: boolean }) => {
        const needs = permissionNeeds(context.world.connectors);
        const { tell } = context;
        if (options.awsPolicy !== undefined) {
          const part = options.awsPolicy;
          const actions = needs
            .filter((need) => need.system === "aws")
            .flatMap((need) => need[part].map((line) => line.permission));
          tell.answer(awsPolicyDocument(part === "read" ? "LeastwiseRead" : "LeastwiseRevoke", actions));
        } else if (options.json === true) tell.json({ schema: "leastwise/permissions@1", connectors: needs });
        else {
          for (const need of needs) {
            tell.answer(`${need.title}\n  to read`);
            for (const line of need.read) tell.answer(`    ${line.permission.padEnd(52)} ${line.for.join(", ")}`);
            tell.answer("  to revoke (give these to another principal than the one that reads)");
            for (const line of need.revoke) tell.answer(`    ${line.permission.padEnd(52)} ${line.for.join(", ")}`);
          }
        }
      });
  },
};
