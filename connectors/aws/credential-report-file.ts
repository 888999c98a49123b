import { AuditError } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { readCsv } from "../../src/text/csv.ts";
import { isJsonRecord } from "../shared/expect-json.ts";
import { parseJson, readTextFile } from "../shared/read-json-file.ts";

/**
 * Reads the credential report as AWS returns it, decoded, or as `aws iam get-credential-report` prints it: base64 inside
 * JSON. Answers its rows by column name. Throws `input-file` when it is something else.
 */
export async function readCredentialReport(file: string): Promise<JsonValue> {
  const text = await readTextFile(file);
  const content = text.trimStart().startsWith("{") ? reportOf(parseJson(text, file)) : text;
  const table = readCsv(content ?? "", file);
  if (!table.header.includes("user") || !table.header.includes("arn")) {
    throw new AuditError(
      "input-file",
      "not-the-report",
      "this is not a credential report: the columns `user` and `arn` are missing",
      {
        place: { file, line: 1 },
        hint: "make it with `aws iam get-credential-report --query Content --output text | base64 -d > credential-report.csv`",
      },
    );
  }
  return table.rows.map(({ cells }) => Object.fromEntries(table.header.map((column, i) => [column, cells[i] ?? ""])));
}

function reportOf(answer: JsonValue): string | undefined {
  const content = isJsonRecord(answer) ? answer["Content"] : undefined;
  return typeof content === "string" ? Buffer.from(content, "base64").toString("utf8") : undefined;
}
