import { z } from "zod";

const line = z.string().min(1);

/** One thing in a policy that does not do what its author will have meant; `place` is a JSON pointer, empty for the whole document. */
const lintFinding = z.strictObject({ check: line, place: z.string(), message: line, hint: line });

/** The answer of `lint`. `leftOut` counts AWS's own policies, `unreadable` is what is no policy. */
export const lintForm = z.strictObject({
  schema: z.literal("leastwise/lint@1"),
  policies: z.array(
    z.strictObject({
      source: line,
      name: line.nullable(),
      kind: z.enum([
        "identity",
        "managed",
        "inline-user",
        "inline-group",
        "inline-role",
        "boundary",
        "session",
        "resource",
        "trust",
        "scp",
        "rcp",
      ]),
      kindSource: z.enum(["recorded", "given", "guessed"]),
      findings: z.array(lintFinding),
    }),
  ),
  leftOut: z.number().int().min(0),
  unreadable: z.array(z.strictObject({ source: line, name: line.nullable(), why: line })),
});
