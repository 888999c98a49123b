import type { AccessGraph, Holding, IdentityResolution } from "../graph/access-graph.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Credential } from "../model/credential.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Finding } from "../model/finding.ts";
import type { Grant } from "../model/grant.ts";
import type { Identity } from "../model/identity.ts";
import { dayOf, daysBetween, type LastUse } from "../model/instant.ts";
import type { Observed } from "../model/observed.ts";
import type { Principal } from "../model/principal.ts";
import type { Candidate } from "../review/open-campaign.ts";
import { sha256 } from "../text/digest.ts";
import { indexFindings, recommend, standsForTenant, type FindingIndex } from "./review-recommendation.ts";
import { hasLeft } from "../model/identity.ts";

/** Credentials that are decided about; the others are facts about them (MFA devices) or belong to no person (certificates). */
const CREDENTIALS: readonly Credential["kind"][] = [
  "access-key",
  "console-password",
  "ssh-public-key",
  "service-specific-credential",
  "signing-certificate",
  "deploy-key",
  "fine-grained-token",
];

/** The population of a campaign: what is to be decided, and what was left out with the reason. */
export interface Population {
  readonly candidates: readonly Candidate[];
  readonly excluded: Campaign["excluded"];
}

/** Every fact grant and every credential is either a candidate or excluded with a reason: that is what the tie-out counts. */
export function reviewCandidates(graph: AccessGraph, findings: readonly Finding[]): Population {
  const candidates: Candidate[] = [];
  const excluded: { subjectId: string; reason: string }[] = [];
  const about = indexFindings(findings);
  const onlyDenies = denialFinder(graph);
  for (const grant of graph.snapshot.grants) {
    const why = excludeGrant(grant, graph, onlyDenies);
    if (why !== undefined) excluded.push({ subjectId: grant.id, reason: why });
    else candidates.push(grantCandidate(grant, graph, about));
  }
  for (const credential of graph.snapshot.credentials) {
    const why = excludeCredential(credential);
    if (why !== undefined) excluded.push({ subjectId: credential.id, reason: why });
    else candidates.push(credentialCandidate(credential, graph, about));
  }
  return { candidates, excluded };
}

function excludeGrant(
  grant: Grant,
  graph: AccessGraph,
  onlyDenies: (entitlement: Entitlement) => boolean,
): string | undefined {
  const principal = graph.principal(grant.principalId);
  const entitlement = graph.entitlement(grant.entitlementId);
  const role = entitlement?.kind === "assume" ? graph.principal(entitlement.targetId) : undefined;
  if (principal?.attributes["serviceLinked"] === true || role?.attributes["serviceLinked"] === true)
    return "belongs to a service-linked role, which only AWS can change";
  if (principal?.attributes["reserved"] === true || role?.attributes["reserved"] === true)
    return "belongs to a role of Identity Center, reviewed through its assignments";
  if (principal?.nativeType === "permission-set")
    return "what a permission set holds is reviewed with the set, its assignments are items";
  if (grant.kind === "trust" && principal?.kind === "service") return "an AWS service runs as the role";
  if (grant.kind === "key") return "reviewed as the credential itself";
  if (grant.kind === "role" && entitlement?.level !== "admin")
    return "plain membership, reviewed through teams and repositories";
  if (entitlement !== undefined && onlyDenies(entitlement)) return "only takes access away";
  return undefined;
}

/**
 * Answers whether nothing can be done with an entitlement: a policy that denies and allows nothing, or a group that has only such.
 * Taking it away would give access. What could not be read is no such policy. Remembered: many are members of one group.
 */
function denialFinder(graph: AccessGraph): (entitlement: Entitlement) => boolean {
  const remembered = new Map<string, boolean>();
  const onlyDenies = (targetId: string): boolean => {
    const parsed = graph.parsed(targetId);
    return (
      parsed.known &&
      parsed.value.statements.length > 0 &&
      parsed.value.statements.every(({ effect }) => effect === "Deny")
    );
  };
  const ask = ({ id, kind, targetId }: Entitlement): boolean => {
    const before = remembered.get(id);
    if (before !== undefined) return before;
    const held = kind === "membership" ? graph.grantsOf(targetId) : [];
    const answer =
      kind === "policy"
        ? onlyDenies(targetId)
        : held.length > 0 &&
          held
            .map((grant) => graph.entitlement(grant.entitlementId))
            .every((entitlement) => entitlement?.kind === "policy" && ask(entitlement));
    remembered.set(id, answer);
    return answer;
  };
  return ask;
}

function excludeCredential(credential: Credential): string | undefined {
  if (!CREDENTIALS.includes(credential.kind)) return "not a way to sign in by itself";
  if (credential.status.known && credential.status.value === "inactive") return "inactive: opens nothing";
  return undefined;
}

function grantCandidate(grant: Grant, graph: AccessGraph, about: FindingIndex): Candidate {
  const principal = graph.principal(grant.principalId);
  const entitlement = graph.entitlement(grant.entitlementId);
  const target =
    entitlement === undefined
      ? undefined
      : (graph.resource(entitlement.resourceId ?? "") ?? graph.principal(entitlement.targetId));
  const holding: Holding = {
    id: grant.id,
    principalId: grant.principalId,
    entitlementId: grant.entitlementId,
    via: [],
    grants: [grant.id],
  };
  const approval = graph.approvalsOf(holding)[0];
  const findings = about.ofGrant(grant, principal);
  const tenant = standsForTenant(grant, principal) ? graph.tenant(principal?.tenantId ?? "") : undefined;
  const lastUse =
    grant.lastUsedAt.known || tenant !== undefined ? grant.lastUsedAt : (principal?.lastUsedAt ?? grant.lastUsedAt);
  return {
    subjectKind: "grant",
    subjectId: grant.id,
    principalId: grant.principalId,
    entitlementId: grant.entitlementId,
    tenantId: grant.tenantId,
    findingIds: findings.map((finding) => finding.id),
    ...people(principal, graph),
    resourceOwner:
      target === undefined || target.id === principal?.id ? null : stillHere(graph.ownersOf(target).business, graph),
    fingerprint: sha256(
      `${entitlement?.level ?? ""}|${entitlement?.targetId ?? ""}|${graph.policy(entitlement?.targetId ?? "")?.documentHash ?? ""}`,
    ),
    facts: {
      ...shown(principal, graph, lastUse),
      ...recommend({
        graph,
        subjectId: grant.id,
        holder: principal,
        trust: grant.kind === "trust" ? grant : undefined,
        findings,
      }),
      ...(tenant === undefined ? {} : { personOrMachine: `tenant ${tenant.name}` }),
      principalType: tenant === undefined ? (principal?.kind ?? "unknown") : "tenant",
      system: systemName(grant.tenantId, graph),
      access: entitlement?.displayName ?? grant.entitlementId,
      via: "direct",
      grantedOn: grant.grantedAt.known ? dayOf(grant.grantedAt.value) : "unknown",
      grantedBy: grant.grantedBy.known ? grant.grantedBy.value : "unknown",
      approvedIn:
        approval === undefined
          ? ""
          : [
              approval.ticket ?? "",
              `by ${approval.approvedBy}`,
              approval.expiresAt === null ? "" : `until ${dayOf(approval.expiresAt)}`,
            ]
              .filter((part) => part !== "")
              .join(", "),
    },
  };
}

function credentialCandidate(credential: Credential, graph: AccessGraph, about: FindingIndex): Candidate {
  const holder = credential.holderId === null ? undefined : graph.principal(credential.holderId);
  const resource = credential.holderId === null ? undefined : graph.resource(credential.holderId);
  const findings = about.ofCredential(credential);
  const owners = graph.ownersOf(credential);
  return {
    subjectKind: "credential",
    subjectId: credential.id,
    principalId: holder?.id ?? null,
    entitlementId: null,
    tenantId: credential.tenantId,
    findingIds: findings.map((finding) => finding.id),
    ...people(holder, graph),
    ...(resource === undefined
      ? {}
      : { machine: true, technicalOwner: owners.technical, businessOwner: owners.business }),
    resourceOwner: null,
    fingerprint: sha256(
      `${credential.kind}|${String(credential.attributes["readOnly"] ?? "")}|${String(credential.attributes["permissions"] ?? "")}`,
    ),
    facts: {
      ...shown(holder, graph, credential.lastUsedAt),
      ...recommend({ graph, subjectId: credential.id, holder, trust: undefined, findings }),
      ...(holder === undefined ? { personOrMachine: resource?.displayName ?? "unknown holder" } : {}),
      principalType: credential.kind,
      system: systemName(credential.tenantId, graph),
      access: credentialName(credential),
      via: "direct",
      grantedOn: credential.createdAt.known ? dayOf(credential.createdAt.value) : "unknown",
      grantedBy: typeof credential.attributes["addedBy"] === "string" ? credential.attributes["addedBy"] : "unknown",
      approvedIn: "",
    },
  };
}

function people(
  principal: Principal | undefined,
  graph: AccessGraph,
): Pick<Candidate, "machine" | "identityId" | "technicalOwner" | "businessOwner" | "managerId"> {
  if (principal === undefined)
    return { machine: true, identityId: null, technicalOwner: null, businessOwner: null, managerId: null };
  const who = graph.whoIs(principal.id);
  const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
  const owners = graph.ownersOf(principal);
  const person = who.state === "linked" || who.state === "probable";
  return {
    machine:
      !person &&
      (principal.kind !== "user" || who.state === "service" || who.state === "shared" || owners.technical !== null),
    identityId: person ? who.identityId : null,
    technicalOwner: stillHere(owners.technical, graph),
    businessOwner: stillHere(owners.business, graph),
    managerId: person ? stillHere(identity?.managerId ?? null, graph) : null,
  };
}

/** Whoever left decides nothing any more: the next rule chooses. */
function stillHere(identityId: string | null, graph: AccessGraph): string | null {
  const identity = identityId === null ? undefined : graph.identity(identityId);
  return identity !== undefined && hasLeft(identity, graph.snapshot.asOf) ? null : identityId;
}

function shown(principal: Principal | undefined, graph: AccessGraph, lastUse: Observed<LastUse>) {
  const who = principal === undefined ? undefined : graph.whoIs(principal.id);
  const identity = who?.identityId === null || who === undefined ? undefined : graph.identity(who.identityId);
  const manager =
    identity?.managerId === null || identity === undefined ? undefined : graph.identity(identity.managerId);
  return {
    personOrMachine: principal === undefined ? "unknown holder" : holderWords(principal, who, identity),
    lastUsed: lastUsedWords(lastUse, graph.snapshot.asOf),
    manager: manager?.displayName ?? "",
    employmentStatus: identity?.employment ?? "",
  };
}

/** The login with the person behind it, whose name is not said twice where the login bears it. */
function holderWords(
  { displayName }: Principal,
  who: IdentityResolution | undefined,
  identity: Identity | undefined,
): string {
  if (identity === undefined || (who?.state !== "linked" && who?.state !== "probable")) return displayName;
  const fold = (text: string): string => text.normalize("NFC").trim().toLowerCase();
  const words = [
    ...(fold(displayName) === fold(identity.displayName) ? [] : [identity.displayName]),
    ...(who.state === "probable" ? ["probably"] : []),
  ];
  return words.length === 0 ? displayName : `${displayName} (${words.join(", ")})`;
}

/** What kind of credential, and which; hints that say the kind themselves do not have it said again. */
function credentialName({ kind, displayHint }: Credential): string {
  const words = kind.replaceAll("-", " ");
  if (displayHint.toLowerCase() === words) return words;
  // Keys of root have no id to show, only a number: `key 1`.
  const numbered = kind === "access-key" ? /^key (\d+)$/.exec(displayHint) : null;
  return `${words} ${numbered?.[1] ?? displayHint}`;
}

function lastUsedWords(lastUse: Observed<LastUse>, asOf: string): string {
  if (!lastUse.known) return `unknown (${lastUse.why})`;
  if (lastUse.value === "never") return "never";
  return `${dayOf(lastUse.value)} (${daysBetween(lastUse.value, asOf)} days ago)`;
}

function systemName(tenantId: string, graph: AccessGraph): string {
  const tenant = graph.tenant(tenantId);
  return tenant === undefined ? tenantId : `${tenant.system}:${tenant.name}`;
}
