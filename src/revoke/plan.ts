import type { AccessGraph } from "../graph/access-graph.ts";
import { addDays, type Instant } from "../model/instant.ts";
import type { OperationManifest } from "../model/operation.ts";
import type { Revocation, RevocationOutcome } from "../model/revocation.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { sha256 } from "../text/digest.ts";
import { derivedId } from "../text/stable-id.ts";
import { describeTarget, type DescribedTarget } from "./describe-target.ts";
import { whyByHand } from "./why-by-hand.ts";

/** Something that should go: a reviewer's answer, or a finding under an automatic policy. */
export interface Wanted {
  readonly subjectKind: "grant" | "credential";
  readonly subjectId: string;
  readonly campaignId: string | null;
  readonly decisionId: string | null;
  readonly findingId: string | null;
  /** Gone altogether, or less of it: which part of a policy is still needed only a person can tell. */
  readonly outcome: RevocationOutcome;
  /** Why, in the words of who asked. */
  readonly reason: string;
  /** Days between the notice and the change; 0 for leavers. */
  readonly noticeDays: number;
}

/** Something that should go but that no operation can take away: a person has to. */
export interface ByHand {
  readonly wanted: Wanted;
  readonly summary: string;
  readonly why: string;
}

/** What would be done, when, and what remains for people. Changes nothing. */
export interface RevocationPlan {
  readonly revocations: readonly Revocation[];
  readonly byHand: readonly ByHand[];
  /** SHA-256 over what would be done: what is approved is what is executed. */
  readonly hash: string;
}

/** Works out one revocation per wanted subject. The same input gives the same plan with the same ids and hash. */
export function planRevocations(
  graph: AccessGraph,
  wanted: readonly Wanted[],
  operations: readonly OperationManifest[],
  now: Instant,
): RevocationPlan {
  const revocations: Revocation[] = [];
  const byHand: ByHand[] = [];
  const seen = new Set<string>();
  for (const want of wanted) {
    if (seen.has(want.subjectId)) continue;
    seen.add(want.subjectId);
    const described = describeTarget(graph, want.subjectKind, want.subjectId);
    if (described === undefined) {
      byHand.push({
        wanted: want,
        summary: `\`${want.subjectId}\``,
        why: "it is not in the newest snapshot any more: collect again and look",
      });
      continue;
    }
    const summary = sentence(graph, described);
    const operation = chosen(graph, operations, described, want.outcome);
    if (described.grant?.governedElsewhere === true) {
      byHand.push({
        wanted: want,
        summary,
        why: "another system governs this membership: remove it in the identity provider",
      });
    } else if (operation === undefined) {
      byHand.push({ wanted: want, summary, why: whyByHand(described, want.outcome) });
    } else {
      revocations.push({
        id: derivedId("revocation", [operation.id, want.subjectId, want.campaignId, ...askedBy(want, described)]),
        campaignId: want.campaignId,
        decisionId: want.decisionId,
        findingId: want.findingId,
        operation: operation.id,
        undoClass: operation.undoClass,
        ...(operation.undoNeeds === undefined ? {} : { undoNeeds: operation.undoNeeds }),
        target: described.target,
        summary: `${operation.title}: ${summary}`,
        state: "scheduled",
        reason: want.reason,
        plannedAt: now,
        dueAt: addDays(now, want.noticeDays),
        simulated: operation.rehearsalOnly,
        lastUsedAtPlanned: lastUseOf(described),
        stateReason: null,
      });
    }
  }
  revocations.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { revocations, byHand, hash: planHash(revocations) };
}

/** The hash of a plan: over what is done to what, not over when it was looked at. */
export function planHash(revocations: readonly Revocation[]): string {
  return sha256(canonicalJson(revocations.map(({ id, operation, target }) => ({ id, operation, target }))));
}

/**
 * What asked for it. An automatic policy asks anew when a credential was used in between and is idle again: somebody who said
 * stop once did not say it for ever.
 */
function askedBy({ decisionId, findingId }: Wanted, described: DescribedTarget): readonly (string | null)[] {
  return decisionId === null ? [findingId, lastUseOf(described)] : [decisionId];
}

/** The operation that answers the wish: what is undone exactly goes before what needs people, and that before what is final. */
function chosen(
  graph: AccessGraph,
  operations: readonly OperationManifest[],
  described: DescribedTarget,
  outcome: RevocationOutcome,
): OperationManifest | undefined {
  return operations
    .filter((operation) => answers(operation, outcome) && applies(graph, operation, described))
    .sort((a, b) => (a.undoClass < b.undoClass ? -1 : a.undoClass > b.undoClass ? 1 : 0))[0];
}

/** Whether the operation is one for a wish to take away, or to lessen. */
export function answers({ appliesTo }: OperationManifest, outcome: RevocationOutcome): boolean {
  return (appliesTo.outcomes ?? ["revoke"]).includes(outcome);
}

function applies(
  graph: AccessGraph,
  operation: OperationManifest,
  { target, grant, credential, principal, entitlement }: DescribedTarget,
): boolean {
  const rule = operation.appliesTo;
  const tenant = graph.tenant(target.tenantId);
  const holds = (allowed: readonly string[] | undefined, value: string | undefined): boolean =>
    allowed === undefined || (value !== undefined && allowed.includes(value));
  return (
    operation.id.startsWith(`${target.system}/`) &&
    rule.subjectKind === target.subjectKind &&
    holds(rule.grantKinds, grant?.kind) &&
    holds(rule.entitlementKinds, entitlement?.kind) &&
    holds(rule.principalKinds, principal?.kind) &&
    holds(rule.principalNativeTypes, principal?.nativeType) &&
    holds(rule.credentialKinds, credential?.kind) &&
    holds(rule.entitlementLevels, entitlement?.level ?? undefined) &&
    holds(rule.resourceKinds, target.resource?.kind) &&
    (rule.tenantAttributes ?? []).every((name) => (tenant?.attributes[name] ?? null) !== null) &&
    Object.entries(rule.principalAttributes ?? {}).every(([name, value]) => principal?.attributes[name] === value)
  );
}

function lastUseOf({ grant, credential }: DescribedTarget): string | null {
  const last = credential?.lastUsedAt ?? grant?.lastUsedAt;
  return last?.known === true ? last.value : null;
}

/** `` `ci-legacy` in acme-prod: access key `…WXYZ` `` — who, where, what. */
function sentence(graph: AccessGraph, { target, entitlement, credential }: DescribedTarget): string {
  const who = target.principal?.displayName ?? target.resource?.displayName ?? "an unknown holder";
  const where = graph.tenant(target.tenantId)?.name ?? target.tenantNativeId;
  const what =
    credential !== null && target.subjectKind === "credential"
      ? `${credential.kind} \`${credential.displayHint}\``
      : (entitlement?.displayName ?? target.subjectId);
  return `\`${who}\` in ${where}: ${what}`;
}
