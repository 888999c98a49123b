import { z } from "zod";

const line = z.string().min(1);
const count = z.number().int().min(0);
const condition = z.strictObject({ key: line, operator: line, values: z.array(z.string()) });
const level = z.enum(["List", "Read", "Tagging", "Write", "Permissions management"]);
/** A moment, `never`, or null where AWS was not asked or does not say. */
const lastUsed = z.string().min(1).nullable();

/** Actions allowed in one way; a resource matches all of `within` and none of `except`, and `denied` takes parts of it away. */
const region = z.strictObject({
  actions: z.array(line),
  within: z.array(line),
  except: z.array(line),
  denied: z.array(
    z.strictObject({ resources: z.array(z.string()), allBut: z.boolean(), conditions: z.array(condition) }),
  ),
  state: z.enum(["yes", "conditional", "unknown"]),
  conditions: z.array(condition),
  unless: z.array(condition),
  policies: z.array(line),
});

const service = z.strictObject({
  service: line,
  highest: level,
  granted: count,
  documented: count,
  levels: z.array(z.strictObject({ level, granted: count, documented: count })),
  states: z.strictObject({ yes: count, conditional: count, unknown: count }),
  everything: z.boolean(),
  regions: z.array(region),
  use: z.enum(["used", "unused", "unknown"]),
  lastUsed,
  unusedActions: z.array(line),
});

/** The answer of `access`: what a principal can do after every layer, by service; `acts` has one entry per permission set of a person. */
export const accessForm = z.strictObject({
  schema: z.literal("leastwise/access@1"),
  principal: line,
  principalId: line,
  asOf: line,
  windowDays: z.number().min(0),
  acts: z.array(
    z.strictObject({
      as: line,
      asId: line,
      tenant: line,
      admin: z.strictObject({
        state: z.enum(["yes", "conditional", "unknown", "no"]),
        reason: line,
        policies: z.array(line),
        conditions: z.array(condition),
      }),
      everythingOnEverything: z.boolean(),
      services: z.array(service),
      usageRead: z.boolean(),
      unread: z.array(line),
      assumes: z.array(line),
    }),
  ),
});
