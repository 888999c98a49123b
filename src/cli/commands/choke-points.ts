import { chokePointsOf } from "../../app/choke-points.ts";
import type { ChokeGrant, ChokePointsDocument, TenantChokePoints } from "../../model/choke-points.ts";
import { chokeGrantInWords } from "../../text/choke-grant-in-words.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading } from "../asked-snapshot.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

/** `leastwise choke-points`: which grants to take away first. */
export const chokePoints: CommandModule = {
  register(program, context) {
    program
      .command("choke-points")
      .description("the fewest grants that cut every way to administration, and which single one cuts most")
      .option("--from <path>", "recorded input instead of the newest snapshot")
      .option("--snapshot <id>", "another snapshot than the newest")
      .option("--json", "print one JSON document (leastwise/choke-points@1)")
      .action(async (options: { from?: string; snapshot?: string; json?: boolean }) => {
        const { questioned } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
        const document = await chokePointsOf(questioned.graph.snapshot);
        if (options.json === true) context.tell.json(document);
        else context.tell.answer(words(document));
        await tellReading(context, questioned, options.from, true);
      });
  },
};

function words({ tenants }: ChokePointsDocument): string {
  if (tenants.length === 0) return "nobody can come to administer a tenant that is not made administrator";
  return tenants.map((tenant) => inWords(tenant).join("\n")).join("\n\n");
}

function inWords(tenant: TenantChokePoints): string[] {
  const { tenantName, escalating, removals, exact, lowerBound, cannotCut, ranking, tried, candidates } = tenant;
  const lines = [
    `${plain(tenantName)}: ${counted(escalating, "principal")} can come to administer it`,
    cannotCut
      ? "  some way uses nothing that can be taken away; cut what leads to it"
      : `  all of it ends with ${counted(removals.length, "grant")} gone (${exact ? "no fewer will do" : `at least ${lowerBound} ${lowerBound === 1 ? "is" : "are"} needed`})`,
    ...removals.map((grant) => `    ${told(grant)}`),
  ];
  if (ranking.length > 0)
    lines.push(
      "  one grant alone cuts off",
      columns(ranking.map(({ grant, cutsOff }) => [`  ${String(cutsOff).padStart(4)} of ${escalating}`, told(grant)])),
    );
  if (tried < candidates) lines.push(`  ${tried} of ${candidates} grants were tried one by one`);
  return lines;
}

const told = (grant: ChokeGrant): string => plain(chokeGrantInWords(grant));
