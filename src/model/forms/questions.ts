import { z } from "zod";

const line = z.string().min(1);
const count = z.int().nonnegative();
const layer = z.enum([
  "identity",
  "boundary",
  "session",
  "scp",
  "rcp",
  "resource",
  "trust",
  "endpoint",
  "public-access-block",
]);
const word = z.enum(["allowed", "explicitly-denied", "implicitly-denied", "conditional", "unknown"]);
const condition = z.strictObject({ key: line, operator: line, values: z.array(z.string()) });
const state = z.enum(["yes", "conditional", "unknown"]);
const answer = z.enum(["yes", "conditional", "no", "unknown"]);

/** `can`: whether one principal may do one thing; a line of a batch carries its id. */
export const canForm = z.strictObject({
  schema: z.literal("leastwise/can@1"),
  id: z.union([z.string(), z.number()]).optional(),
  principal: line,
  principalId: line,
  action: line,
  resource: line,
  answer,
  decision: word,
  decidedBy: layer.nullable(),
  statements: z.array(z.strictObject({ layer, policy: z.union([line, z.int()]), statement: z.union([line, z.int()]) })),
  conditions: z.array(condition),
  unknown: z.array(line),
  assumes: z.array(layer),
  layers: z.partialRecord(layer, z.union([word, z.literal("absent")])),
  /** Id of the permission set through which a person of Identity Center does best. */
  through: line.optional(),
});

/** `who-can`: everybody who may do one thing. */
export const whoCanForm = z.strictObject({
  schema: z.literal("leastwise/who-can@1"),
  action: line,
  resource: line,
  principals: z.array(
    z.strictObject({
      principal: line,
      principalId: line,
      answer,
      conditions: z.array(condition),
      unknown: z.array(line),
      through: line.optional(),
      place: line.optional(),
      needs: z.array(line).optional(),
    }),
  ),
  examined: count,
  assumes: z.array(layer),
});

/** `admins`: who administers, by holding it or by a path. */
export const adminsForm = z.strictObject({
  schema: z.literal("leastwise/admins@1"),
  admins: z.array(
    z.strictObject({ principal: line, principalId: line, how: z.enum(["direct", "path"]), state, tenant: line }),
  ),
  examined: count,
  assumes: z.array(layer),
});

/** `paths`: the ways to administration or to a target, hop by hop. */
export const pathsForm = z.strictObject({
  schema: z.literal("leastwise/paths@1"),
  paths: z.array(
    z.strictObject({
      principal: line,
      principalId: line,
      target: line,
      state,
      hops: z
        .array(
          z.strictObject({
            from: line,
            fromId: line,
            to: line,
            toId: line,
            technique: z.strictObject({ id: line, name: line }),
            permissions: z.array(line),
            grants: z.array(line),
            conditions: z.array(condition),
            state,
            note: line.optional(),
          }),
        )
        .min(1),
      tenant: line,
      assumes: z.array(layer),
    }),
  ),
  examined: count,
  omitted: count,
});
