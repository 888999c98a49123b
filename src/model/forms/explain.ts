import { z } from "zod";
import { findingForm, hopForm } from "./findings.ts";

const line = z.string().min(1);

/** Why a finding is one. */
const findingExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("finding"),
  finding: findingForm,
  rule: z.strictObject({ id: line, title: line, rationale: line, remediation: line }).nullable(),
});

const subject = z.strictObject({ id: line, kind: line, locator: line, displayName: line, tenant: line });
const credential = z.strictObject({ id: line, kind: line, hint: z.string(), status: line, lastUsed: line });
const finding = findingForm.pick({ id: true, rule: true, severity: true, score: true, summary: true });

/** What a credential is and whom it signs in as; `holder` is null where only the tenant is known. */
const credentialExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("credential"),
  credential,
  holder: subject.nullable(),
  findings: z.array(finding),
});

const role = z.enum(["none", "read", "triage", "write", "maintain", "admin"]);
const source = z.strictObject({ role, how: line, grants: z.array(line).min(1) });
const access = z.strictObject({ name: line, role, sources: z.array(source).min(1), missing: z.array(line) });
/** Ids, or an e-mail the roster does not know, each with the name people know; null where nobody is known. */
const owners = z.strictObject({
  business: z.string().nullable(),
  businessName: z.string().nullable(),
  technical: z.string().nullable(),
  technicalName: z.string().nullable(),
});

/** A role in AWS that pushing leads to, by the surest way. */
const ledRole = z.strictObject({
  role: line,
  tenant: line,
  administers: z.enum(["yes", "conditional", "unknown", "no"]),
  state: z.enum(["yes", "conditional", "unknown"]),
  place: line,
});

/** Who has access to a repository and through what; members with nothing but the base permission are counted. */
const repositoryExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("repository"),
  repository: subject,
  owners,
  leadsTo: z.array(ledRole),
  people: z.array(access),
  otherMembers: z.strictObject({ role: role.nullable(), count: z.int().min(0) }),
  machines: z.array(
    z.strictObject({
      kind: z.enum(["app", "deploy-key", "token"]),
      name: z.string(),
      writes: z.array(line),
      missing: z.array(line),
    }),
  ),
  notRead: z.array(line),
  findings: z.array(finding),
});

const fourValued = z.enum(["yes", "conditional", "no", "unknown"]);

/** Who comes to a role by pushing where, and what cuts it. */
const pushedRole = z.strictObject({
  role: line,
  roleId: line,
  roleName: line,
  tenant: line,
  tenantName: line,
  administers: fourValued,
  places: z.array(
    z.strictObject({
      repository: line,
      repositoryId: line,
      place: line,
      subject: line.nullable(),
      state: fourValued,
      by: z.array(
        z.strictObject({
          state: fourValued,
          who: z.array(line),
          ids: z.array(line),
          needs: z.array(line),
          missing: z.array(line),
          why: z.string(),
        }),
      ),
      missing: z.array(line),
      lastDid: line.nullable(),
    }),
  ),
  did: z.array(z.strictObject({ subject: line, lastAt: line, times: z.int().positive() })).nullable(),
  lastUsed: line,
  strangers: line.nullable(),
  unread: line.nullable(),
  cuts: z.array(z.strictObject({ what: line, closes: z.int().nonnegative(), policy: line.nullable() })),
});

/** Who a principal is, what it holds and through what. `status` and `lastUsed` say `unknown (why)` where it was not read. */
const principalExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("principal"),
  principal: subject,
  identity: z.strictObject({
    id: z.string().nullable(),
    name: z.string().nullable(),
    state: z.enum(["linked", "probable", "suggested", "conflict", "service", "shared", "unmatched"]),
    confidence: z.number().min(0).max(1),
    evidence: z.array(line),
  }),
  owners,
  credentials: z.array(credential),
  holds: z.array(
    z.strictObject({
      entitlement: line,
      level: z.enum(["admin", "write", "read", "list", "none"]).nullable(),
      via: z.array(line),
      grants: z.array(line),
      approvedUntil: z.string().nullable(),
      approved: z.boolean(),
    }),
  ),
  members: z.array(line),
  administers: z.array(
    z.strictObject({
      tenant: line,
      how: z.enum(["direct", "path"]),
      state: z.enum(["yes", "conditional", "unknown"]),
      path: z.array(hopForm).min(1),
    }),
  ),
  leadsTo: z.array(ledRole),
  /** Null for anything but people and teams of GitHub. */
  pushes: pushedRole.nullable(),
  repositories: z.strictObject({ everywhere: z.array(source), on: z.array(access), notRead: z.array(line) }).nullable(),
  findings: z.array(finding),
});

/** A person of the roster and everything it signs in as. */
const personExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("person"),
  person: z.strictObject({
    id: line,
    kind: z.enum(["human", "service", "shared", "external"]),
    displayName: line,
    email: line.nullable(),
    department: z.string().nullable(),
    employment: z.enum(["active", "leaving", "left", "external"]).nullable(),
    manager: line.nullable(),
  }),
  principals: z.array(subject.extend({ confidence: z.number().min(0).max(1) })),
  findings: z.array(finding),
});

/** A tenant or organization, what there is in it, and what was found about itself. */
const tenantExplanation = z.strictObject({
  schema: z.literal("leastwise/explain@1"),
  kind: z.literal("tenant"),
  tenant: z.strictObject({ id: line, system: line, name: line }),
  /** Logins of an organization's owners. */
  owners: z.array(line),
  counts: z.array(z.strictObject({ kind: line, count: z.int().positive() })),
  findings: z.array(finding),
});

/** The answer of `explain`. */
export const explainForm = z.discriminatedUnion("kind", [
  findingExplanation,
  principalExplanation,
  credentialExplanation,
  repositoryExplanation,
  personExplanation,
  tenantExplanation,
]);
