import type { AccessGraph } from "../graph/access-graph.ts";
import type { Credential } from "../model/credential.ts";
import { daysBetween, type Instant } from "../model/instant.ts";
import type { Principal } from "../model/principal.ts";
import { wideAllows } from "../policy/aws/wide-actions.ts";
import type { Escalations } from "./escalations.ts";
import { ageSignal, disuseSignal, exposureSignal, type Reach, type RiskSignal } from "./risk-score.ts";
import { hasLeft } from "../model/identity.ts";

/** Reach and likelihood of one principal or credential, from what the graph shows. */
export interface SubjectRisk {
  readonly reaches: readonly Reach[];
  readonly signals: readonly RiskSignal[];
}

/** Names and paths by which a tenant or resource is known to be a playground or production; nothing else is guessed. */
const SANDBOX = /\b(sandbox|playground|demo|test)\b/i;
const PRODUCTION = /\b(prod|production|live)\b/i;

/** Answers the risk of subjects; remembers, because several rules speak about the same one. */
export function riskOfSubjects(
  graph: AccessGraph,
  now: Instant,
  escalations: Escalations,
): (subjectId: string) => SubjectRisk {
  const remembered = new Map<string, SubjectRisk>();
  return (subjectId) => {
    const known = remembered.get(subjectId);
    if (known !== undefined) return known;
    const risk = workOut(subjectId, graph, now, escalations);
    remembered.set(subjectId, risk);
    return risk;
  };
}

function workOut(subjectId: string, graph: AccessGraph, now: Instant, escalations: Escalations): SubjectRisk {
  const credential = graph.credential(subjectId);
  const holderId = credential?.holderId ?? subjectId;
  const principal = graph.principal(holderId);
  const resource = graph.resource(holderId);
  const signals: RiskSignal[] = [];
  if (credential !== undefined) signals.push(...credentialSignals(credential, now));
  if (principal !== undefined) signals.push(...principalSignals(principal, graph, now, credential === undefined));
  const reaches: Reach[] = [];
  if (principal !== undefined) {
    reaches.push(...principalReach(principal, graph), ...reachByPath(principal, escalations));
    const share = shareThatCanBecome(principal, escalations);
    if (share > 0) signals.push(exposureSignal(share));
  }
  for (const grant of credential === undefined ? [] : graph.grantsOf(credential.id)) {
    const entitlement = graph.entitlement(grant.entitlementId);
    if (entitlement?.level !== null && entitlement?.level !== undefined)
      reaches.push({
        tier: tierOf(entitlement.resourceId ?? entitlement.tenantId, graph),
        level: entitlement.level,
        pathConfidence: 1,
      });
  }
  if (resource?.kind === "password-policy") reaches.push({ tier: 1, level: "write", pathConfidence: 1 });
  if (graph.tenant(subjectId) !== undefined) reaches.push({ tier: 0, level: "admin", pathConfidence: 1 });
  // Something is there to be reached even where no grant says what: an ordinary thing, to be listed.
  if (reaches.length === 0)
    reaches.push({
      tier: tierOf(principal?.tenantId ?? credential?.tenantId ?? subjectId, graph),
      level: "list",
      pathConfidence: 1,
    });
  return { reaches, signals };
}

/** A step that was worked out is less sure than a grant: what it takes may fail in practice. */
const STEP_CONFIDENCE = 0.9;
const CONDITIONAL_CONFIDENCE = 0.7;

/**
 * Administration by several policies together or at the end of a path; what hangs on facts that were not read is told as
 * undecided, not scored.
 */
function reachByPath(principal: Principal, escalations: Escalations): Reach[] {
  if (principal.system !== "aws") return [];
  return [...escalations.heldBy(principal.id), ...escalations.pathsOf(principal.id)].flatMap(({ state, hops }) => {
    if (state === "unknown") return [];
    const steps = hops.filter(({ technique }) => !["member-of", "assigned", "granted"].includes(technique.id)).length;
    const confidence = STEP_CONFIDENCE ** steps * (state === "yes" ? 1 : CONDITIONAL_CONFIDENCE);
    return [{ tier: 0, level: "admin", pathConfidence: Math.round(confidence * 1_000) / 1_000 } as const];
  });
}

/** The share of principals that can become this one, 0 to 1. */
function shareThatCanBecome(principal: Principal, escalations: Escalations): number {
  if (principal.system !== "aws" || (principal.kind !== "user" && principal.kind !== "role")) return 0;
  return escalations.reach.becomeIt(principal.id) / Math.max(1, escalations.examined);
}

function principalReach(principal: Principal, graph: AccessGraph): Reach[] {
  if (principal.kind === "root") return [{ tier: 0, level: "admin", pathConfidence: 1 }];
  const reaches: Reach[] = [];
  const admin = graph.adminGrants(principal.id)[0];
  if (admin !== undefined) reaches.push({ tier: 0, level: "admin", pathConfidence: admin.state === "yes" ? 1 : 0.7 });
  const policyTier = tierOf(principal.tenantId, graph);
  for (const holding of graph.holdingsOf(principal.id)) {
    const entitlement = graph.entitlement(holding.entitlementId);
    if (entitlement === undefined) continue;
    if (entitlement.kind === "organization-role")
      reaches.push({
        tier: entitlement.level === "admin" ? 0 : 2,
        level: entitlement.level ?? "list",
        pathConfidence: 1,
      });
    else if (entitlement.level !== null)
      reaches.push({
        tier: tierOf(entitlement.resourceId ?? entitlement.tenantId, graph),
        level: entitlement.level,
        pathConfidence: 1,
      });
    else if (entitlement.kind === "policy")
      reaches.push({ tier: policyTier, level: policyLevel(entitlement.targetId, graph), pathConfidence: 1 });
  }
  return reaches;
}

/** A coarse level from the text of the policy alone: all of a service is write, a change verb is write, else read. */
function policyLevel(policyId: string, graph: AccessGraph): Reach["level"] {
  const parsed = graph.parsed(policyId);
  // What could not be read may change things: unknown is not less.
  if (!parsed.known) return "write";
  if (wideAllows(parsed.value, "*").length > 0) return "admin";
  const actions = parsed.value.statements
    .filter((statement) => statement.effect === "Allow")
    .flatMap((statement) => (statement.notActions.length > 0 ? ["*"] : statement.actions));
  const reads = /^[^:]+:(get|list|describe|head|batchget|view|lookup|search)[a-z*]*$/i;
  if (actions.length === 0) return "list";
  if (actions.some((action) => !reads.test(action))) return "write";
  return actions.every((action) => /:(list|describe)/i.test(action)) ? "list" : "read";
}

function tierOf(id: string, graph: AccessGraph): Reach["tier"] {
  const resource = graph.resource(id);
  const tenant = graph.tenant(resource?.tenantId ?? id);
  if (resource?.attributes["archived"] === true || resource?.attributes["visibility"] === "public") return 3;
  const names = [resource?.displayName ?? "", tenant?.name ?? ""].map((name) => name.replace(/[-_/]/g, " "));
  if (names.some((name) => SANDBOX.test(name))) return 3;
  return names.some((name) => PRODUCTION.test(name)) ? 1 : 2;
}

function credentialSignals(credential: Credential, now: Instant): RiskSignal[] {
  const signals: (RiskSignal | undefined)[] = [];
  if (credential.createdAt.known && credential.kind !== "console-password" && credential.kind !== "mfa-device") {
    const age = daysBetween(credential.createdAt.value, now);
    signals.push(ageSignal(age));
    if (credential.lastUsedAt.known && credential.lastUsedAt.value === "never" && age > 90)
      signals.push({ family: "disuse", name: `never used, ${age} days old`, value: 0.35 });
  }
  if (credential.lastUsedAt.known && credential.lastUsedAt.value !== "never")
    signals.push(disuseSignal(daysBetween(credential.lastUsedAt.value, now)));
  return signals.filter((signal) => signal !== undefined);
}

function principalSignals(principal: Principal, graph: AccessGraph, now: Instant, alone: boolean): RiskSignal[] {
  const signals: (RiskSignal | undefined)[] = [];
  const who = graph.whoIs(principal.id);
  const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
  if (who.state === "linked" && identity !== undefined && hasLeft(identity, graph.snapshot.asOf))
    signals.push({ family: "ownership", name: "its owner left", value: 0.6 });
  else if (who.state === "unmatched" && graph.snapshot.identities.length > 0) {
    const owners = graph.ownersOf(principal);
    if (owners.business === null && owners.technical === null)
      signals.push({ family: "ownership", name: "no known owner", value: 0.2 });
  }
  const humanLogin =
    principal.kind === "user" &&
    graph.credentialsOf(principal.id).some((credential) => credential.kind === "console-password");
  if (
    (humanLogin || principal.system === "github") &&
    principal.secondFactor.known &&
    principal.secondFactor.value === false
  ) {
    signals.push({ family: "second-factor", name: "human login without a second factor", value: 0.35 });
  }
  // The principal's own last use says little about a finding on one of its credentials.
  if (alone && principal.lastUsedAt.known) {
    if (principal.lastUsedAt.value !== "never")
      signals.push(disuseSignal(daysBetween(principal.lastUsedAt.value, now)));
    else if (principal.createdAt.known && daysBetween(principal.createdAt.value, now) > 90)
      signals.push({ family: "disuse", name: "never used", value: 0.35 });
  }
  return signals.filter((signal) => signal !== undefined);
}
