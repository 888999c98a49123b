import type { ActionTable } from "./action-table.ts";
import { arnPattern } from "./arn-pattern.ts";

/** Objects of S3. The form of a bucket's ARN fits them too, and the name of a bucket holds no slash ("Bucket naming rules"). */
export const S3_OBJECTS = arnPattern("arn:*:s3:::*/*");

/** Whether an action is about buckets and never about what lies in them: `s3:ListBucket` on `arn:aws:s3:::ledgers/*` is nothing. */
export function namesNoObject(action: string, table: Pick<ActionTable, "idOf" | "resourceTypesOf">): boolean {
  if (!action.startsWith("s3:")) return false;
  const id = table.idOf(action);
  const types = id === undefined ? [] : table.resourceTypesOf(id).map(({ name }) => name);
  return types.includes("bucket") && !types.includes("object");
}
