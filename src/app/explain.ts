import type { AccessGraph, Holding } from "../graph/access-graph.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Finding } from "../model/finding.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Principal } from "../model/principal.ts";

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

/** Who a principal is, what it holds and through what. */
export interface PrincipalExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "principal";
  readonly principal: {
    readonly id: string;
    readonly kind: string;
    readonly locator: string;
    readonly displayName: string;
    readonly tenant: string;
  };
  readonly identity: {
    readonly id: string | null;
    readonly name: string | null;
    readonly state: string;
    readonly confidence: number;
    readonly evidence: readonly string[];
  };
  readonly owners: { readonly business: string | null; readonly technical: string | null };
  readonly credentials: readonly {
    readonly id: string;
    readonly kind: string;
    readonly hint: string;
    readonly status: string;
    readonly lastUsed: string;
  }[];
  readonly holds: readonly HeldAccess[];
  readonly members: readonly string[];
  readonly findings: readonly string[];
}

/** Either. */
export type Explanation = FindingExplanation | PrincipalExplanation;

/** Explains a finding (by id or its beginning) or a principal (by anything people call it). */
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
  const principals = graph.find(text).filter((found): found is Principal => "secondFactor" in found);
  const principal = principals[0];
  if (principal === undefined) {
    throw new AuditError(
      "settings",
      "nothing-of-that-name",
      `there is no finding and no principal \`${text}\` in the newest snapshot`,
      {
        hint: "give a finding's id, an ARN, a login or an access key id; `leastwise findings` lists the findings",
      },
    );
  }
  if (principals.length > 1) {
    throw new AuditError(
      "settings",
      "ambiguous",
      `\`${text}\` fits ${principals.length} principals: ${principals
        .slice(0, 5)
        .map((p) => p.locator)
        .join(", ")}`,
      {
        hint: "give the ARN or the id",
      },
    );
  }
  return explainPrincipal(principal, graph, document);
}

function explainPrincipal(principal: Principal, graph: AccessGraph, document: FindingsDocument): PrincipalExplanation {
  const who = graph.whoIs(principal.id);
  const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
  const credentials = graph.credentialsOf(principal.id);
  const subjects = new Set([principal.id, ...credentials.map((credential) => credential.id)]);
  return {
    schema: "leastwise/explain@1",
    kind: "principal",
    principal: {
      id: principal.id,
      kind: principal.kind,
      locator: principal.locator,
      displayName: principal.displayName,
      tenant: graph.tenant(principal.tenantId)?.name ?? principal.tenantId,
    },
    identity: {
      id: who.identityId,
      name: identity?.displayName ?? null,
      state: who.state,
      confidence: who.confidence,
      evidence: who.evidence,
    },
    owners: graph.ownersOf(principal),
    credentials: credentials.map((credential) => ({
      id: credential.id,
      kind: credential.kind,
      hint: credential.displayHint,
      status: credential.status.known ? credential.status.value : `unknown (${credential.status.why})`,
      lastUsed: credential.lastUsedAt.known ? credential.lastUsedAt.value : `unknown (${credential.lastUsedAt.why})`,
    })),
    holds: graph.holdingsOf(principal.id).map((holding) => held(holding, graph, document.asOf)),
    members: graph.membersOf(principal.id).map((id) => graph.principal(id)?.locator ?? id),
    findings: document.findings
      .filter((finding) => subjects.has(finding.subject.id))
      .map((finding) => `${finding.id}  ${finding.summary}`),
  };
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
