import type { ListRow } from "./read-list.ts";

const SYSTEMS = ["aws", "github", "*"] as const;

/** An empty cell that narrows nothing means any. */
export const orAny = (text: string): string => (text === "" ? "*" : text);

/**
 * The `system` and `tenant` of a row. Throws `input-file` for a system nobody reads, and for the digits of an AWS tenant that
 * a spreadsheet took for a number: `1.11122E+11` and a lost leading zero would match nothing, and say nothing.
 */
export function placeOf(row: ListRow): { readonly system: string; readonly tenant: string } {
  const system = row.word("system", SYSTEMS);
  const tenant = row.text("tenant");
  const number = /^\d+(?:[.,]\d+)?E\+?\d+$/i.test(tenant);
  if (system === "aws" && (number || (/^\d+$/.test(tenant) && tenant.length !== 12))) {
    throw row.error(
      "list-tenant",
      `\`${tenant}\` in \`tenant\` is not the 12 digits of an AWS tenant`,
      "a spreadsheet takes them for a number: format the column as text, then write them again",
    );
  }
  return { system, tenant: orAny(tenant) };
}
