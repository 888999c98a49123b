import { z } from "zod";

/** The two lines of `simulate`: NDJSON in and out, so they carry no `schema` of their own. */

const texts = z.union([z.string(), z.array(z.string())]);
const value = z.union([texts, z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))]);
/** A policy document as an object, or its text as AWS's API returns it. */
const policy = z.union([z.record(z.string(), z.unknown()), z.string()]);
const policies = {
  identityPolicies: z.array(policy).optional(),
  boundary: z.array(policy).optional(),
  scps: z.array(z.array(policy)).optional(),
  rcps: z.array(z.array(policy)).optional(),
  resourcePolicy: policy.nullable().optional(),
  sessionPolicies: z.array(policy).optional(),
  endpointPolicies: z.array(policy).optional(),
  publicAccessBlock: z
    .strictObject({
      BlockPublicAcls: z.boolean().optional(),
      IgnorePublicAcls: z.boolean().optional(),
      BlockPublicPolicy: z.boolean().optional(),
      RestrictPublicBuckets: z.boolean().optional(),
    })
    .nullable()
    .optional(),
};
const id = z.union([z.string(), z.number()]);
const tenant = z.string().regex(/^\d{12}$/);
const resource = z.string().regex(/^(arn:.*|[*?]+)$/);

const request = z.strictObject({
  /** ARN of a user, role, role session, federated user or root; a service; `*` for the anonymous caller. */
  principal: z.string().min(1),
  principalTenant: tenant.optional(),
  action: z.string().regex(/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/),
  /** Several for an action that touches several at once: each has to be allowed. */
  resource: z.union([resource, z.array(resource).min(1)]),
  resourceTenant: tenant.optional(),
  /** `null`: known to be absent. */
  context: z.record(z.string(), value.nullable()).optional(),
});

const question = { id: id.optional(), request, unknownContext: z.union([z.boolean(), texts]).optional() };

/** One line that goes into `simulate`: a question with its policies or with the name of a set, or the definition of one. */
export const simulateLineForm = z.union([
  z.strictObject({ ...question, ...policies }),
  z.strictObject({ ...question, use: z.string().min(1) }),
  z.strictObject({ id: id.optional(), define: z.string().min(1), ...policies }),
]);

const decision = z.enum(["allowed", "explicitly-denied", "implicitly-denied", "conditional", "unknown"]);
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

/** One line that comes out of `simulate`: a decision, or what was wrong with the line. */
export const simulateAnswerForm = z.union([
  z.strictObject({
    id: id.optional(),
    decision,
    decidedBy: layer.nullable(),
    statements: z.array(
      z.strictObject({
        layer,
        policy: z.union([z.string(), z.number()]),
        statement: z.union([z.string(), z.number()]),
      }),
    ),
    missingContext: z.array(z.string()),
    layers: z.partialRecord(layer, z.union([decision, z.literal("absent")])),
  }),
  z.strictObject({ id, error: z.string().min(1) }),
  z.strictObject({ line: z.number().int().min(1), error: z.string().min(1) }),
]);
