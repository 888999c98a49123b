import type { ActionTable } from "../action-table.ts";
import type { LintCheck, Remark } from "./lint-check.ts";

/** An entry of Action or NotAction that means no action AWS documents. */
export const unknownAction: LintCheck = {
  id: "unknown-action",
  *remarks({ policy, table, actions, near }) {
    for (const statement of policy.statements) {
      for (const [element, entries] of [
        ["Action", statement.actions],
        ["NotAction", statement.notActions],
      ] as const) {
        const otherwise = element === "Action" ? "matches nothing" : "excepts nothing";
        const remark = (message: string, nearest: string | undefined): Remark => ({
          statement,
          at: [element],
          message: `${message}, so it ${otherwise}`,
          hint:
            nearest === undefined
              ? "look the action up in AWS's Service Authorization Reference"
              : `did you mean \`${nearest}\``,
        });
        for (const entry of entries) {
          const meaning = actions.of(entry);
          if (meaning.kind === "no-action")
            yield { ...remark(`\`${entry}\` is no action`, undefined), hint: "write it as `service:Action`, or `*`" };
          else if (meaning.kind === "no-service") {
            const nearest = near(meaning.service, () => serviceNames(table));
            yield remark(
              `\`${meaning.service}\` of \`${entry}\` is no service AWS documents`,
              nearest === undefined ? undefined : `${nearest}:${entry.slice(meaning.service.length + 1)}`,
            );
          } else if (meaning.kind === "actions" && meaning.ids.length === 0) {
            const wild = /[*?]/.test(meaning.name);
            const nearest = wild ? undefined : near(meaning.name, () => actionNames(table, meaning.service));
            yield remark(
              wild ? `no action AWS documents fits \`${entry}\`` : `\`${entry}\` is no action AWS documents`,
              nearest === undefined ? undefined : `${meaning.service}:${nearest}`,
            );
          }
        }
      }
    }
  },
};

function serviceNames(table: ActionTable): readonly string[] {
  const names: string[] = [];
  for (let id = 0; id < table.size; id = table.range(table.serviceOf(id))?.end ?? table.size)
    names.push(table.serviceOf(id));
  return names;
}

function actionNames(table: ActionTable, service: string): readonly string[] {
  const run = table.range(service);
  if (run === undefined) return [];
  return Array.from({ length: run.end - run.first }, (_, index) => table.nameOf(run.first + index).split(":")[1] ?? "");
}
