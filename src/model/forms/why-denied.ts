import { z } from "zod";

const line = z.string().min(1);
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
const word = z.enum(["allowed", "explicitly-denied", "implicitly-denied", "conditional", "unknown", "absent"]);
const statement = z.strictObject({ layer, policy: z.union([line, z.int()]), statement: z.union([line, z.int()]) });

/** Which layer refused, and how we know. */
const deniedBy = z.strictObject({
  layer: layer.nullable(),
  explicit: z.boolean().nullable(),
  policy: line.nullable(),
  statements: z.array(statement),
  /** `stated` by AWS, `computed` from policies that were read, `inferred` from the call that failed. */
  certainty: z.enum(["stated", "computed", "inferred"]),
});

/** What was asked when it was refused; null where nobody said. */
const asked = z.strictObject({
  principal: line.nullable(),
  principalId: line.nullable(),
  action: line.nullable(),
  resource: line.nullable(),
  context: z.record(z.string(), z.array(z.string())),
  at: line.nullable(),
  source: z.enum(["message", "cloudtrail", "decoded-message"]),
});

/** What GitHub refused. */
const github = z.strictObject({
  /** Stable: `app-permission`, `single-sign-on`, `ruleset`. */
  signal: line,
  kind: z.enum([
    "sign-in",
    "limit",
    "denied",
    "incomplete",
    "gone",
    "none",
    "moved",
    "not-applicable",
    "archived",
    "governed",
    "async",
    "invalid",
    "outage",
  ]),
  reason: line,
  /** What to change, in order. */
  steps: z.array(line),
  needs: z.strictObject({
    /** Alternatives; of one of them every permission is needed. */
    permissions: z.array(z.array(z.strictObject({ name: line, level: line })).min(1)),
    /** Scopes of which one is needed and none is held. */
    scopes: z.array(line),
  }),
  role: line.nullable(),
  /** `at` is the instant GitHub named. */
  retry: z.strictObject({ again: z.boolean(), afterSeconds: z.int().nonnegative().nullable(), at: line.nullable() }),
  status: z.int().nullable(),
  call: line.nullable(),
  organization: line.nullable(),
  repository: line.nullable(),
  ref: line.nullable(),
  actor: line.nullable(),
  requestId: line.nullable(),
  /** GitHub's own words, without what may be a secret; empty where it said nothing. */
  evidence: z.string(),
  /** Who can change it, as far as the snapshot tells. */
  ask: z.array(z.strictObject({ principal: line, principalId: line, as: line })),
});

/** A token a job brought that AWS did not take. */
const token = z.strictObject({
  signal: z.enum([
    "trust",
    "no-provider",
    "audience",
    "provider-keys",
    "provider-certificate",
    "session-duration",
    "role-name",
  ]),
  reason: line,
  /** What to do, in order. */
  steps: z.array(line),
  /** AWS's own words. */
  evidence: line,
  /** What the role's trust policy asks of tokens; empty where the role is not known. */
  asks: z.array(line),
  /** Jobs of collected repositories that the role lets in, each with a subject as an example. */
  letsIn: z.array(z.strictObject({ place: line, repository: line, subject: line.nullable() })),
});

/** The answer about one refusal. */
const answer = z.strictObject({
  line: z.int().positive().nullable(),
  verdict: z.enum(["denied", "not-access", "encoded", "unreadable"]),
  asked: asked.nullable(),
  deniedBy: deniedBy.nullable(),
  layers: z.partialRecord(layer, word),
  /** What would refuse next, once the first refusal is fixed, in order. */
  next: z.array(z.strictObject({ layer, explicit: z.boolean(), statements: z.array(statement) })),
  smallestFix: z
    .strictObject({
      kind: z.enum(["add-allow", "change-deny", "change-trust", "change-setting"]),
      where: line,
      statement: z.record(z.string(), z.unknown()).nullable(),
      warning: line.nullable(),
    })
    .nullable(),
  /** Roles that are allowed it already; `canAssume`: the principal may assume it as things are. */
  alternatives: z.array(
    z.strictObject({ principal: line, principalId: line, canAssume: z.enum(["yes", "conditional", "no", "unknown"]) }),
  ),
  notAccess: z.strictObject({ what: line, evidence: line, hint: line }).nullable(),
  /** Where it was GitHub that refused; the fields about AWS's layers are then null or empty. */
  github: github.nullable(),
  /** Where it was a token a job brought; the fields about AWS's layers are then null or empty. */
  token: token.nullable(),
  /** What else to know: what was not read, what AWS and our policies disagree about, what to do next. */
  notes: z.array(line),
  assumes: z.array(layer),
});

/** `why-denied`: one answer per refusal in the text. */
export const whyDeniedForm = z.strictObject({
  schema: z.literal("leastwise/why-denied@1"),
  answers: z.array(answer).min(1),
});
