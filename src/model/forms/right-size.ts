import { z } from "zod";

const line = z.string().min(1);
const texts = z.array(z.string());
const count = z.number().int().min(0);

/** A policy document as AWS takes it. */
const policy = z.strictObject({
  Version: z.enum(["2008-10-17", "2012-10-17"]),
  Statement: z.array(
    z.strictObject({
      Sid: line.optional(),
      Effect: z.enum(["Allow", "Deny"]),
      Action: texts.optional(),
      NotAction: texts.optional(),
      Resource: texts.optional(),
      NotResource: texts.optional(),
      Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
    }),
  ),
});

/** `lastUsed` of the service: a moment, `never`, or null where AWS does not say. */
const actionsOfService = z.strictObject({ service: line, actions: z.array(line), lastUsed: line.nullable() });

/** The answer of `right-size`: `policies` in place of everything in `replaces`; `keeps` stay as they are. */
export const rightSizeForm = z.strictObject({
  schema: z.literal("leastwise/right-size@1"),
  principal: line,
  principalId: line,
  asOf: line,
  windowDays: z.number().min(0),
  changed: z.boolean(),
  policies: z.array(policy),
  replaces: z.array(z.strictObject({ policy: line, policyId: line, through: z.array(line) })),
  keeps: z.array(line),
  proof: z.strictObject({
    nothingNew: z.boolean(),
    notProven: z.array(z.strictObject({ service: line, actions: z.array(line) })),
    futureActions: z.boolean(),
    actionsBefore: count,
    actionsAfter: count,
  }),
  removed: z.array(actionsOfService),
  keptUnknown: z.array(actionsOfService.extend({ serviceUsed: z.boolean() })),
  notes: z.array(line),
  assumes: z.array(line),
});
