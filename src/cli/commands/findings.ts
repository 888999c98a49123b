import { evaluate } from "../../app/evaluate.ts";
import { readingOf } from "../../app/explain-reading.ts";
import { readSnapshot } from "../../app/latest-snapshot.ts";
import { AuditError } from "../../model/audit-error.ts";
import { addFindingsOptions, outputFindings, type FindingsOptions } from "../findings-output.ts";
import { withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";

/** `leastwise findings`: what the rules say about the newest snapshot. */
export const findings: CommandModule = {
  register(program, context) {
    const command = program
      .command("findings")
      .description("what the rules find in the newest snapshot")
      .option("--snapshot <id>", "another snapshot than the newest")
      .option("--rule <id>", "only this rule")
      .option("--tenant <name>", "only this tenant (name, digits or id)");
    addFindingsOptions(command).action(
      async (options: FindingsOptions & { snapshot?: string; rule?: string; tenant?: string }) => {
        await withData(context, program.opts<CommonOptions>(), async (data, settings) => {
          const { snapshot } = await readSnapshot(data, options.snapshot);
          const { document, graph, failedRules, chokePoints, pushedRoles } = await evaluate(
            snapshot,
            settings.thresholds,
          );
          const tenant = snapshot.tenants.find((t) => [t.id, t.name, t.nativeId].includes(options.tenant ?? ""));
          // A name mistyped must not read like a clean tenant.
          if (options.tenant !== undefined && tenant === undefined)
            throw unknownName(
              "tenant",
              options.tenant,
              snapshot.tenants.map(({ name }) => name),
            );
          const rules = document.rules.map(({ id }) => id);
          if (options.rule !== undefined && !rules.includes(options.rule))
            throw unknownName("rule", options.rule, rules);
          const shown = {
            ...document,
            findings: document.findings.filter(
              (finding) =>
                (options.rule === undefined || finding.rule === options.rule) &&
                (options.tenant === undefined || finding.subject.tenant === tenant?.id),
            ),
          };
          const reading = readingOf(snapshot, (policyId) => graph.fault(policyId));
          await outputFindings(
            context,
            { document: shown, snapshot, failedRules, chokePoints, pushedRoles, reading, paths: [] },
            options,
          );
        });
      },
    );
  },
};

function unknownName(what: string, name: string, there: readonly string[]): AuditError {
  return new AuditError("settings", `no-${what}`, `there is no ${what} \`${name}\``, {
    hint: `there are ${[...there].sort().join(", ")}`,
  });
}
