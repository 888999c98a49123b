import { z } from "zod";

/** A short text without line breaks. */
const line = z.string().min(1);

/** Coverage as every answer prints it. */
export const coverageForm = z.strictObject({
  tenant: line,
  kind: line,
  state: z.enum(["complete", "partial", "denied", "skipped"]),
  reason: z.string().nullable(),
});

/** What one rule did. */
export const ruleOutcomeForm = z.strictObject({
  id: line,
  state: z.enum(["evaluated", "not-evaluated"]),
  examined: z.int().nonnegative(),
  found: z.int().nonnegative(),
  undecided: z.int().nonnegative(),
  reason: z.string().optional(),
});

/** One step of a path. */
export const hopForm = z.strictObject({
  from: line,
  fromId: line,
  to: line,
  toId: line,
  technique: z.strictObject({ id: line, name: line }),
  grants: z.array(line),
  permissions: z.array(line).optional(),
  conditions: z.array(z.strictObject({ key: line, operator: line, values: z.array(z.string()) })).optional(),
  state: z.enum(["yes", "conditional", "unknown"]).optional(),
  note: line.optional(),
});

/** One finding. */
export const findingForm = z.strictObject({
  id: z.string().regex(/^[a-z2-7]{26}$/),
  rule: line,
  concern: z.enum(["stale", "overbroad", "unapproved"]),
  severity: z.enum(["critical", "high", "medium", "low"]),
  score: z.int().min(0).max(100),
  terms: z.array(z.strictObject({ name: line, value: z.number() })),
  subject: z.strictObject({ id: line, kind: line, locator: line, displayName: line, tenant: line }),
  credential: z.strictObject({ id: line, hint: z.string() }).optional(),
  grants: z.array(line),
  path: z.array(hopForm).optional(),
  summary: line,
  evidence: z.array(z.strictObject({ source: line, observedAt: line })),
  suggestion: z.enum(["revoke", "narrow", "rotate", "ask-owner", "fix-trust"]),
  controls: z.array(line),
});

/** The answer of `scan` and `findings`. */
export const findingsForm = z.strictObject({
  schema: z.literal("leastwise/findings@1"),
  asOf: line,
  asOfSource: z.enum(["flag", "recording", "today"]),
  coverage: z.array(coverageForm),
  rules: z.array(ruleOutcomeForm),
  findings: z.array(findingForm),
});
