import { z } from "zod";

/** A connection below `organization`, as GraphQL answers it; rows the token may not see are null. */
export function connection(name: string, list: "edges" | "nodes", row: z.ZodType): z.ZodType {
  return z.object({ organization: z.object({ [name]: z.object({ [list]: z.array(row.nullable()) }) }) });
}
