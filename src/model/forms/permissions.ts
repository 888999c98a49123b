import { z } from "zod";

const needs = z.array(z.strictObject({ permission: z.string().min(1), for: z.array(z.string().min(1)).min(1) }));

/** The answer of `permissions`: what each connector needs, read and revoke apart, and what each permission is for. */
export const permissionsForm = z.strictObject({
  schema: z.literal("leastwise/permissions@1"),
  connectors: z.array(
    z.strictObject({
      system: z.string().min(1),
      title: z.string().min(1),
      read: needs,
      revoke: needs,
      /** Scopes of tokens that know no such permissions, and what is not readable without. */
      scopes: z.array(z.strictObject({ scope: z.string().min(1), without: z.string().min(1) })),
    }),
  ),
});
