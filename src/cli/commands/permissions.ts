import { Option } from "commander";
import { configuredConnectors } from "../../app/doctor.ts";
import { awsPolicyDocument, permissionNeeds, type PermissionNeeds } from "../../app/permissions.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns } from "../tell.ts";

/** `leastwise permissions`: the least privilege the connectors themselves need. */
export const permissions: CommandModule = {
  register(program, context) {
    program
      .command("permissions")
      .description("the permissions the connectors need, read and revoke apart, generated from what they do")
      .addOption(new Option("--aws-policy <part>", "print an AWS policy document").choices(["read", "revoke"]))
      .option("--all", "of every connector, not only of those the configuration switches on")
      .option("--json", "print one JSON document (leastwise/permissions@1)")
      .action(async (options: { awsPolicy?: "read" | "revoke"; all?: boolean; json?: boolean }) => {
        const { world, tell } = context;
        if (options.awsPolicy !== undefined) {
          const part = options.awsPolicy;
          const actions = permissionNeeds(world.connectors)
            .filter((need) => need.system === "aws")
            .flatMap((need) => need[part].map((line) => line.permission));
          tell.answer(awsPolicyDocument(part === "read" ? "LeastwiseRead" : "LeastwiseRevoke", actions));
          return;
        }
        const configured =
          options.all === true
            ? []
            : configuredConnectors(world, await world.loadSettings(program.opts<CommonOptions>().config));
        const own = permissionNeeds(configured);
        const needs = own.length > 0 ? own : permissionNeeds(world.connectors);
        if (options.json === true) tell.json({ schema: "leastwise/permissions@1", connectors: needs });
        else tell.answer(needs.map(needsInWords).join("\n\n"));
      });
  },
};

function needsInWords({ title, read, revoke, scopes }: PermissionNeeds): string {
  const rows = (lines: PermissionNeeds["read"]): string =>
    columns(
      lines.map(({ permission, for: uses }) => {
        const [name, remark] = apart(permission);
        return [`    ${name}`, `${uses.join(", ")}${remark === "" ? "" : `: ${remark}`}`];
      }),
    );
  return [
    title,
    "  to read",
    rows(read),
    ...(scopes.length === 0
      ? []
      : [
          "  to read with a classic token, by scopes",
          columns(scopes.map(({ scope, without }) => [`    ${scope}`, `without it ${without}`])),
        ]),
    ...(revoke.length === 0
      ? []
      : ["  to revoke (give these to another principal than the one that reads)", rows(revoke)]),
  ].join("\n");
}

/** A permission and what is said about it: `read:org of an owner`, `secrets: read (GitHub App)`. Long remarks would widen the column. */
function apart(permission: string): readonly [name: string, remark: string] {
  const [, name, remark = ""] = /^([\w:-]+(?:: (?:read|write))?)(?:$|,? (?=\(|of |or )(.*)$)/.exec(permission) ?? [];
  return name === undefined ? [permission, ""] : [name, remark.replace(/^\(([^()]*)\)$/, "$1")];
}
