import { z } from "zod";

const line = z.string().min(1);

/** The answer of `doctor`: `ok` where no line is a problem; `connector` is null for this machine and the configuration itself. */
export const doctorForm = z.strictObject({
  schema: z.literal("leastwise/doctor@1"),
  ok: z.boolean(),
  lines: z.array(
    z.strictObject({
      connector: z.enum(["aws", "github", "roster"]).nullable(),
      level: z.enum(["ok", "warning", "problem"]),
      text: line,
      hint: z.string().nullable(),
    }),
  ),
});
