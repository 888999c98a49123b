import type { Escalations } from "../analyse/escalations.ts";
import type { AccessGraph, Holding } from "../graph/access-graph.ts";
import type { PathHop } from "../graph/escalation/paths.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Credential } from "../model/credential.ts";
import type { Finding } from "../model/finding.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Principal } from "../model/principal.ts";
import type { PushedRole } from "../model/pushed-role.ts";
import { pushedRole } from "../graph/bridge/pushed-roles.ts";
import type { Resource } from "../model/resource.ts";
import { administersBy } from "./pushed-administrators.ts";
import {
  explainPeople,
  explainRepositories,
  type ExplainedPeople,
  type ExplainedRepositories,
} from "./explain-repositories.ts";

/** Why a finding is one. */
export interface FindingExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "finding";
  readonly finding: Finding;
  readonly rule: {
    readonly id: string;
    readonly title: string;
    readonly rationale: string;
    readonly remediation: string;
  } | null;
}

/** One thing a principal holds, with the way it comes to it. */
export interface HeldAccess {
  readonly entitlement: string;
  readonly level: string | null;
  readonly via: readonly string[];
  readonly grants: readonly string[];
  readonly approvedUntil: string | null;
  readonly approved: boolean;
}

/** A principal, or the repository a deploy key opens, as people know it. */
export interface ExplainedSubject {
  readonly id: string;
  readonly kind: string;
  readonly locator: string;
  readonly displayName: string;
  readonly tenant: string;
}

/** A way to sign in; `status` and `lastUsed` say `unknown (why)` where it was not read. */
export interface ExplainedCredential {
  readonly id: string;
  readonly kind: string;
  readonly hint: string;
  readonly status: string;
  readonly lastUsed: string;
}

/** A finding in one line. */
export type ExplainedFinding = Pick<Finding, "id" | "rule" | "severity" | "score" | "summary">;

/** What a credential is, whom it signs in as and what was found about it. */
export interface CredentialExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "credential";
  readonly credential: ExplainedCredential;
  /** Null where only the tenant is known. */
  readonly holder: ExplainedSubject | null;
  readonly findings: readonly ExplainedFinding[];
}

/** How somebody administers a tenant. */
export interface ExplainedAdministration {
  /** As people call it. */
  readonly tenant: string;
  /** `direct`: by what it holds; `path`: by becoming more than it is. */
  readonly how: "direct" | "path";
  readonly state: "yes" | "conditional" | "unknown";
  readonly path: readonly PathHop[];
}

/** Who a principal is, what it holds and through what. */
export interface PrincipalExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "principal";
  readonly principal: ExplainedSubject;
  readonly identity: {
    readonly id: string | null;
    readonly name: string | null;
    readonly state: string;
    readonly confidence: number;
    readonly evidence: readonly string[];
  };
  readonly owners: { readonly business: string | null; readonly technical: string | null };
  readonly credentials: readonly ExplainedCredential[];
  readonly holds: readonly HeldAccess[];
  readonly members: readonly string[];
  /** Tenants it administers or can come to administer, with the surest and shortest way. */
  readonly administers: readonly ExplainedAdministration[];
  /** Effective access to repositories with every source, for people and teams of GitHub; null for anything else. */
  readonly repositories: ExplainedRepositories | null;
  /** For a role that trusts tokens of GitHub: who comes to it by pushing where, and the cheapest cut; null for anything else. */
  readonly pushes: PushedRole | null;
  readonly findings: readonly ExplainedFinding[];
}

/** Who has access to a repository, and through what. */
export interface RepositoryExplanation extends ExplainedPeople {
  readonly schema: "leastwise/explain@1";
  readonly kind: "repository";
  readonly repository: ExplainedSubject;
  readonly owners: { readonly business: string | null; readonly technical: string | null };
  readonly findings: readonly ExplainedFinding[];
}

/** One of them. */
export type Explanation = FindingExplanation | PrincipalExplanation | CredentialExplanation | RepositoryExplanation;

/**
 * Explains a finding (by id or its beginning), a principal (by anything people call it), a repository (`owner/name`) or a credential
 * (by its id, or by the end of it that is shown where only one ends so). `where` completes the sentence that there is none: `in the newest snapshot`.
 */
export function explain(
  text: string,
  graph: AccessGraph,
  document: FindingsDocument,
  rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly rationale: string;
    readonly remediation: string;
  }[],
  escalations: Pick<Escalations, "heldBy" | "pathsOf" | "escalation">,
  where = "in the newest snapshot",
): Explanation {
  const findings = document.findings.filter(
    (finding) => finding.id === text || (text.length >= 6 && finding.id.startsWith(text)),
  );
  const finding = findings[0];
  if (finding !== undefined && findings.length === 1) {
    const rule = rules.find((candidate) => candidate.id === finding.rule);
    return {
      schema: "leastwise/explain@1",
      kind: "finding",
      finding,
      rule:
        rule === undefined
          ? null
          : { id: rule.id, title: rule.title, rationale: rule.rationale, remediation: rule.remediation },
    };
  }
  const found = graph.find(text);
  const principals = found.filter((record): record is Principal => "secondFactor" in record);
  const [principal] = principals;
  if (principal !== undefined && principals.length === 1)
    return explainPrincipal(principal, graph, document, escalations);
  if (principals.length > 1)
    throw ambiguous(
      text,
      "principals",
      principals.map(({ locator }) => locator),
    );
  const repository = found.find((record): record is Resource => "kind" in record && record.kind === "repository");
  if (repository !== undefined) return explainRepository(repository, graph, document);
  const credentials = credentialsCalled(text, found, graph);
  const [credential] = credentials;
  if (credential !== undefined && credentials.length === 1) return explainCredential(credential, graph, document);
  if (credentials.length > 1)
    throw ambiguous(
      text,
      "credentials",
      credentials.map((one) => `${one.displayHint} of ${holderOf(one, graph)?.displayName ?? "nobody known"}`),
    );
  throw new AuditError(
    "settings",
    "nothing-of-that-name",
    `there is no finding, no principal and no credential \`${text}\` ${where}`,
    {
      hint: "give a finding's id, an ARN, a login, a repository as `owner/name` or an access key id; `leastwise findings` lists the findings",
    },
  );
}

function ambiguous(text: string, what: string, names: readonly string[]): AuditError {
  return new AuditError(
    "settings",
    "ambiguous",
    `\`${text}\` fits ${names.length} ${what}: ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`,
    { hint: what === "principals" ? "give the ARN or the id" : "give the whole id" },
  );
}

/** By id; else by the end of it, as reports show it: `…2X7Q`, which not every keyboard types. */
function credentialsCalled(
  text: string,
  found: readonly (Principal | Credential | Resource)[],
  graph: AccessGraph,
): readonly Credential[] {
  const byId = found.filter((record): record is Credential => "displayHint" in record);
  if (byId.length > 0) return byId;
  const hint = text.replace(/^\.\.\./, "…");
  return hint.startsWith("…") ? graph.snapshot.credentials.filter(({ displayHint }) => displayHint === hint) : [];
}

function holderOf({ holderId }: Credential, graph: AccessGraph): Principal | Resource | undefined {
  return holderId === null ? undefined : (graph.principal(holderId) ?? graph.resource(holderId));
}

function explainCredential(
  credential: Credential,
  graph: AccessGraph,
  document: FindingsDocument,
): CredentialExplanation {
  const holder = holderOf(credential, graph);
  return {
    schema: "leastwise/explain@1",
    kind: "credential",
    credential: shownCredential(credential),
    holder: holder === undefined ? null : shownSubject(holder, graph),
    findings: document.findings
      .filter((finding) => finding.subject.id === credential.id || finding.credential?.id === credential.id)
      .map(inOneLine),
  };
}

function explainRepository(
  repository: Resource,
  graph: AccessGraph,
  document: FindingsDocument,
): RepositoryExplanation {
  const keys = graph.credentialsOf(repository.id).map(({ id }) => id);
  const subjects = new Set([repository.id, ...keys]);
  return {
    schema: "leastwise/explain@1",
    kind: "repository",
    repository: shownSubject(repository, graph),
    owners: graph.ownersOf(repository),
    ...explainPeople(repository, graph),
    findings: document.findings.filter((finding) => subjects.has(finding.subject.id)).map(inOneLine),
  };
}

function shownCredential({ id, kind, displayHint, status, lastUsedAt }: Credential): ExplainedCredential {
  return {
    id,
    kind,
    hint: displayHint,
    status: status.known ? status.value : `unknown (${status.why})`,
    lastUsed: lastUsedAt.known ? lastUsedAt.value : `unknown (${lastUsedAt.why})`,
  };
}

function shownSubject(subject: Principal | Resource, graph: AccessGraph): ExplainedSubject {
  const { id, kind, locator, displayName, tenantId } = subject;
  return { id, kind, locator, displayName, tenant: graph.tenant(tenantId)?.name ?? tenantId };
}

function inOneLine({ id, rule, severity, score, summary }: Finding): ExplainedFinding {
  return { id, rule, severity, score, summary };
}

function explainPrincipal(
  principal: Principal,
  graph: AccessGraph,
  document: FindingsDocument,
  escalations: Pick<Escalations, "heldBy" | "pathsOf" | "escalation">,
): PrincipalExplanation {
  const who = graph.whoIs(principal.id);
  const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
  const credentials = graph.credentialsOf(principal.id);
  const subjects = new Set([principal.id, ...credentials.map((credential) => credential.id)]);
  return {
    schema: "leastwise/explain@1",
    kind: "principal",
    principal: shownSubject(principal, graph),
    identity: {
      id: who.identityId,
      name: identity?.displayName ?? null,
      state: who.state,
      confidence: who.confidence,
      evidence: who.evidence,
    },
    owners: graph.ownersOf(principal),
    credentials: credentials.map(shownCredential),
    holds: graph.holdingsOf(principal.id).map((holding) => held(holding, graph, document.asOf)),
    members: graph.membersOf(principal.id).map((id) => graph.principal(id)?.locator ?? id),
    administers: administrations(principal, escalations).map(({ tenant, ...how }) => ({
      tenant: graph.tenant(tenant)?.name ?? tenant,
      ...how,
    })),
    repositories: explainRepositories(principal, graph),
    pushes: pushesTo(principal, graph, escalations),
    findings: document.findings.filter((finding) => subjects.has(finding.subject.id)).map(inOneLine),
  };
}

function pushesTo(
  { id, kind }: Principal,
  graph: AccessGraph,
  escalations: Pick<Escalations, "heldBy" | "pathsOf" | "escalation">,
): PushedRole | null {
  if (kind !== "role") return null;
  const role = escalations.escalation.bridge().role(id);
  return role === undefined ? null : pushedRole(graph, role, administersBy(escalations)(id));
}

const RANK = { yes: 0, conditional: 1, unknown: 2 } as const;

/** The surest way to each tenant; of two as sure, what is held before what it could become, then the shorter. */
function administrations(
  { id }: Principal,
  { heldBy, pathsOf }: Pick<Escalations, "heldBy" | "pathsOf">,
): readonly ExplainedAdministration[] {
  const ways = [
    ...heldBy(id).map((path) => ({ how: "direct" as const, path })),
    ...pathsOf(id).map((path) => ({ how: "path" as const, path })),
  ].sort((a, b) => RANK[a.path.state] - RANK[b.path.state]);
  const best = new Map<string, ExplainedAdministration>();
  for (const { how, path } of ways)
    if (!best.has(path.tenantId))
      best.set(path.tenantId, { tenant: path.tenantId, how, state: path.state, path: path.hops });
  return [...best.values()].sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
}

function held(holding: Holding, graph: AccessGraph, asOf: string): HeldAccess {
  const entitlement = graph.entitlement(holding.entitlementId);
  const approvals = graph.approvalsOf(holding);
  const valid = approvals.find((approval) => approval.expiresAt === null || approval.expiresAt > asOf);
  return {
    entitlement: entitlement?.displayName ?? holding.entitlementId,
    level: entitlement?.level ?? null,
    via: holding.via.map((id) => graph.principal(id)?.displayName ?? id),
    grants: holding.grants,
    approved: valid !== undefined,
    approvedUntil: valid?.expiresAt ?? null,
  };
}
