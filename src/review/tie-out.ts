import type { Campaign } from "../model/campaign.ts";
import type { Decision } from "../model/decision.ts";
import type { Revocation } from "../model/revocation.ts";
import type { ReviewItem } from "../model/review-item.ts";
import type { Verification } from "../model/verification.ts";

/** Whether the numbers of a campaign add up, and every difference in words. */
export interface TieOut {
  readonly population: number;
  readonly decided: number;
  readonly excepted: number;
  readonly excluded: number;
  /** Items nobody decided; a campaign with any cannot close. */
  readonly open: number;
  readonly revoke: number;
  readonly verified: number;
  /** Decided to be revoked but not proven gone; each has an owner who answers for it. */
  readonly openRevocations: number;
  /** Rehearsed only: counts as nothing. */
  readonly simulated: number;
  readonly differences: readonly string[];
  /** The equations as people read them. */
  readonly lines: readonly string[];
}

/**
 * Population = decided + excepted + excluded, and revoke decisions = verified + excepted + open with an owner. A simulated
 * verification never counts as verified.
 */
export function tieOut(
  campaign: Campaign,
  items: readonly ReviewItem[],
  decisions: readonly Decision[],
  revocations: readonly Revocation[],
  verifications: readonly Verification[],
): TieOut {
  const differences: string[] = [];
  const byItem = new Map<string, Decision[]>();
  for (const decision of decisions)
    if (decision.campaignId === campaign.id)
      byItem.set(decision.itemId, [...(byItem.get(decision.itemId) ?? []), decision]);
  const own = items.filter((item) => item.campaignId === campaign.id);
  const decided = own.filter((item) => item.state === "decided");
  const excepted = own.filter((item) => item.state === "excepted");
  const open = own.filter((item) => item.state === "open");
  for (const item of decided) {
    const matching = (byItem.get(item.id) ?? []).filter((decision) => decision.outcome === item.outcome);
    if (matching.length === 0)
      differences.push(`item ${item.code} is marked decided, but no such decision is on record`);
  }
  const known = new Set(own.map((item) => item.id));
  for (const itemId of byItem.keys())
    if (!known.has(itemId))
      differences.push(`a decision is on record for \`${itemId}\`, which is not in the population`);
  const subjects = new Set<string>();
  for (const subject of [
    ...own.map((item) => item.subjectId),
    ...campaign.excluded.map(({ subjectId }) => subjectId),
  ]) {
    if (subjects.has(subject)) differences.push(`\`${subject}\` is in the population twice`);
    subjects.add(subject);
  }
  const population = own.length + campaign.excluded.length;
  const revoke = decided.filter((item) => item.outcome === "revoke");
  const standings = standingsOf(campaign, revocations, verifications);
  const isVerified = (item: ReviewItem): boolean => standings.get(item.subjectId)?.gone === true;
  const verified = revoke.filter(isVerified);
  const waiting = revoke.filter((item) => !isVerified(item));
  for (const item of waiting)
    if (item.reviewer === "") differences.push(`item ${item.code} is to be revoked and nobody answers for it`);
  const simulated = waiting.filter((item) => standings.get(item.subjectId)?.rehearsed === true).length;
  return {
    population,
    decided: decided.length,
    excepted: excepted.length,
    excluded: campaign.excluded.length,
    open: open.length,
    revoke: revoke.length,
    verified: verified.length,
    openRevocations: waiting.length,
    simulated,
    differences,
    lines: [
      `population ${population} = decided ${decided.length} + excepted ${excepted.length} + excluded ${campaign.excluded.length}${open.length > 0 ? ` + open ${open.length}` : ""}`,
      `to be revoked ${revoke.length} = proven gone ${verified.length} + open with an owner ${waiting.length}${simulated > 0 ? ` (of which ${simulated} rehearsed, which proves nothing)` : ""}`,
      ...differences,
    ],
  };
}

/** How far the revocation of one subject is. */
export interface Standing {
  readonly revocation: Revocation;
  /** Proven by a reading from the provider, or nothing was there any more. */
  readonly gone: boolean;
  /** It went away, or came back, on a copy: counts as nothing. */
  readonly rehearsed: boolean;
}

/** By subject, how far each revocation of a campaign is: what the sums count and what the pages list is the same. */
export function standingsOf(
  campaign: Campaign,
  revocations: readonly Revocation[],
  verifications: readonly Verification[],
): ReadonlyMap<string, Standing> {
  const proven = new Set(
    verifications
      .filter((verification) => verification.passed && !verification.simulated && verification.kind === "after-revoke")
      .map(({ revocationId }) => revocationId),
  );
  const rehearsed = new Set(
    verifications.filter((verification) => verification.simulated).map(({ revocationId }) => revocationId),
  );
  return new Map(
    revocations
      .filter((revocation) => revocation.campaignId === campaign.id)
      .map((revocation) => [
        revocation.target.subjectId,
        {
          revocation,
          gone: (revocation.state === "verified" && proven.has(revocation.id)) || revocation.state === "already-absent",
          rehearsed: rehearsed.has(revocation.id),
        },
      ]),
  );
}
