import { z } from "zod";
import { settingsSchema } from "./schema.ts";

/** JSON Schema (draft 2020-12) of `leastwise.yaml`: editors complete and check with it. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: "leastwise.yaml", ...z.toJSONSchema(settingsSchema, { io: "input" }) };
}
