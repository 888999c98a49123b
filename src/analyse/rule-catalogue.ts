import { RULES } from "./rules/index.ts";

/** The rules as a Markdown table, printed from their own fields: the README holds it and a test keeps it in step. */
export function ruleCatalogue(): string {
  return [
    "| Rule | Finds | Concern | Controls |",
    "|---|---|---|---|",
    ...RULES.map((rule) => `| \`${rule.id}\` | ${rule.title} | ${rule.concern} | ${rule.controls.join("; ")} |`),
    "",
  ].join("\n");
}
