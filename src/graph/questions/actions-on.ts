import { arnPattern } from "../../policy/aws/arn-pattern.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";

/** Actions that read, write or manage a resource of the ARN's kind, as AWS writes them; those that only list names are left out. */
export function actionsOn(table: ActionTable, arn: string): readonly string[] {
  const range = table.range(arn.split(":")[2] ?? "");
  if (range === undefined) return [];
  const object = /^arn:[^:]+:s3:::[^/]+\//.test(arn);
  const found: string[] = [];
  for (let id = range.first; id < range.end; id += 1) {
    if (table.levelOf(id) === "list") continue;
    const fits = table.resourceTypesOf(id).some(({ name, arns }) =>
      // The form of a bucket's ARN fits its objects as well; a bucket's name holds no slash.
      object && name === "bucket" ? false : arns.some((form) => arnPattern(form).test(arn)),
    );
    if (fits) found.push(table.nameOf(id));
  }
  return found;
}
