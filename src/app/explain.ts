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
import { nearestWord } from "../text/nearest-word.ts";
import { leadsTo, type LedRole } from "./leads-to.ts";
import { administersBy } from "./pushed-administrators.ts";
import {
  explainPerson,
  explainTenant,
  peopleCalled,
  tenantNamed,
  type PersonExplanation,
  type TenantExplanation,
} from "./explain-person.ts";
import {
  explainPeople,
  explainRepositories,
  type ExplainedPeople,
  type ExplainedRepositories,
} from "./explain-repositories.ts";
import {
  explainedFinding,
  explainedOwners,
  explainedSubject,
  type ExplainedFinding,
  type ExplainedOwners,
  type ExplainedSubject,
} from "./explained.ts";
import { gitHubActors } from "./github-actors.ts";

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

/** A way to sign in; `status` and `lastUsed` say `unknown (why)` where it was not read. */
export interface ExplainedCredential {
  readonly id: string;
  readonly kind: string;
  readonly hint: string;
  readonly status: string;
  readonly lastUsed: string;
}

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
  readonly owners: ExplainedOwners;
  readonly credentials: readonly ExplainedCredential[];
  readonly holds: readonly HeldAccess[];
  readonly members: readonly string[];
  /** Tenants it administers or can come to administer, with the surest and shortest way. */
  readonly administers: readonly ExplainedAdministration[];
  /** Effective access to repositories with every source, for people and teams of GitHub; null for anything else. */
  readonly repositories: ExplainedRepositories | null;
  /** Roles in AWS that somebody on GitHub becomes by what he pushes; empty for anybody else. */
  readonly leadsTo: readonly LedRole[];
  /** For a role that trusts tokens of GitHub: who comes to it by pushing where, and the cheapest cut; null for anything else. */
  readonly pushes: PushedRole | null;
  readonly findings: readonly ExplainedFinding[];
}

/** Who has access to a repository, and through what. */
export interface RepositoryExplanation extends ExplainedPeople {
  readonly schema: "leastwise/explain@1";
  readonly kind: "repository";
  readonly repository: ExplainedSubject;
  readonly owners: ExplainedOwners;
  /** Roles in AWS that somebody who pushes there becomes. */
  readonly leadsTo: readonly LedRole[];
  readonly findings: readonly ExplainedFinding[];
}

/** One of them. */
export type Explanation =
  | FindingExplanation
  | PrincipalExplanation
  | CredentialExplanation
  | RepositoryExplanation
  | PersonExplanation
  | TenantExplanation;

/**
 * Explains a finding (by id or its beginning), a principal (by anything people call it), a repository (`owner/name`), a credential
 * (by its id, by the end of it that is shown where only one ends so, or by the name of a token or key), a person (by e-mail or name)
 * or a tenant. `where` completes the sentence that there is none: `in the newest snapshot`.
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
  const people = peopleCalled(text, graph);
  const [person] = people;
  // A person is who several principals of one name are; else the name is not enough.
  if (person !== undefined && people.length === 1 && principals.every(({ id }) => isOf(id, person.id, graph)))
    return explainPerson(person, graph, document);
  if (principals.length > 1)
    throw ambiguous(
      text,
      "principals",
      principals.map(({ locator }) => locator),
    );
  const repository = found.find((record): record is Resource => "kind" in record && record.kind === "repository");
  if (repository !== undefined) return explainRepository(repository, graph, document, escalations);
  const credentials = credentialsCalled(text, found, graph);
  const [credential] = credentials;
  if (credential !== undefined && credentials.length === 1) return explainCredential(credential, graph, document);
  if (credentials.length > 1)
    throw ambiguous(
      text,
      "credentials",
      credentials.map((one) => `${one.displayHint} of ${holderOf(one, graph)?.displayName ?? "nobody known"}`),
    );
  if (people.length > 1)
    throw ambiguous(
      text,
      "people",
      people.map(({ displayName, email, id }) => `${displayName} (${email ?? id})`),
    );
  const tenant = tenantNamed(text, graph);
  if (tenant !== undefined) return explainTenant(tenant, graph, document);
  // Logins in either case, `slug[bot]`, titles of keys and names of tokens.
  const actors = gitHubActors(text.replace(/\[bot\]$/, ""), graph);
  const [actor] = actors;
  if (actor !== undefined && actors.length === 1) {
    if (actor.principal !== undefined) return explainPrincipal(actor.principal, graph, document, escalations);
    const key = graph.snapshot.credentials.find(({ id }) => id === actor.id);
    if (key !== undefined) return explainCredential(key, graph, document);
  }
  if (actors.length > 1)
    throw ambiguous(
      text,
      "actors on GitHub",
      actors.map(({ id, name }) => `${name} (${id})`),
    );
  throw nothingCalled(text, where, graph);
}

function isOf(principalId: string, identityId: string, graph: AccessGraph): boolean {
  const { state, identityId: found } = graph.whoIs(principalId);
  return state === "linked" && found === identityId;
}

function nothingCalled(text: string, where: string, { snapshot }: AccessGraph): AuditError {
  const names = [...snapshot.principals, ...snapshot.resources.filter(({ kind }) => kind === "repository")].map(
    ({ locator }) => locator,
  );
  const people = snapshot.identities.flatMap(({ displayName, email }) => [
    displayName,
    ...(email === null ? [] : [email]),
  ]);
  const near = nearestWord(text, [...names, ...people]);
  return new AuditError(
    "settings",
    "nothing-of-that-name",
    `there is no finding, principal, repository, credential, person or tenant \`${text}\` ${where}`,
    {
      hint: `${near === undefined ? "" : `did you mean \`${near}\`? else `}give a finding's id (\`leastwise findings --json\` has them), an ARN, a login, \`owner/repository\`, an access key id, the name of a token, an e-mail or an organization`,
    },
  );
}

const HINTS: Readonly<Record<string, string>> = { principals: "give the ARN or the id", people: "give the e-mail" };

function ambiguous(text: string, what: string, names: readonly string[]): AuditError {
  return new AuditError(
    "settings",
    "ambiguous",
    `\`${text}\` fits ${names.length} ${what}: ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`,
    { hint: HINTS[what] ?? "give the whole id" },
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
    holder: holder === undefined ? null : explainedSubject(holder, graph),
    findings: document.findings
      .filter((finding) => finding.subject.id === credential.id || finding.credential?.id === credential.id)
      .map(explainedFinding),
  };
}

function explainRepository(
  repository: Resource,
  graph: AccessGraph,
  document: FindingsDocument,
  escalations: Pick<Escalations, "heldBy" | "pathsOf" | "escalation">,
): RepositoryExplanation {
  const keys = graph.credentialsOf(repository.id).map(({ id }) => id);
  const subjects = new Set([repository.id, ...keys]);
  return {
    schema: "leastwise/explain@1",
    kind: "repository",
    repository: explainedSubject(repository, graph),
    owners: explainedOwners(repository, graph),
    leadsTo: leadsTo(graph, escalations, { repositoryId: repository.id }),
    ...explainPeople(repository, graph),
    findings: document.findings.filter((finding) => subjects.has(finding.subject.id)).map(explainedFinding),
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
    principal: explainedSubject(principal, graph),
    identity: {
      id: who.identityId,
      name: identity?.displayName ?? null,
      state: who.state,
      confidence: who.confidence,
      evidence: who.evidence,
    },
    owners: explainedOwners(principal, graph),
    credentials: credentials.map(shownCredential),
    holds: graph.holdingsOf(principal.id).map((holding) => held(holding, graph, document.asOf)),
    members: graph.membersOf(principal.id).map((id) => graph.principal(id)?.locator ?? id),
    administers: administrations(principal, escalations).map(({ tenant, ...how }) => ({
      tenant: graph.tenant(tenant)?.name ?? tenant,
      ...how,
    })),
    repositories: explainRepositories(principal, graph),
    leadsTo: principal.system === "github" ? leadsTo(graph, escalations, { actorId: principal.id }) : [],
    pushes: pushesTo(principal, graph, escalations),
    findings: document.findings.filter((finding) => subjects.has(finding.subject.id)).map(explainedFinding),
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
