import { AuditError } from "../model/audit-error.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { nearestWord } from "../text/nearest-word.ts";

/** The service of that name, as AWS writes it. Throws `settings` where AWS documents none. */
export function tableService(text: string, table: ActionTable): string {
  const service = text.toLowerCase();
  if (table.range(service) !== undefined) return service;
  const near = nearestWord(service, [...table.services.keys()]);
  throw new AuditError("settings", "no-service", `\`${text}\` is no service AWS documents`, {
    hint: near === undefined ? "give its prefix in actions, for example `s3`" : `did you mean \`${near}\`?`,
  });
}
