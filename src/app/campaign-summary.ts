import type { WithoutRevocation } from "../../reports/revocations-csv.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import type { CampaignSummary, Taking, TakingState } from "../model/campaign-summary.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import { dayOf, type Instant } from "../model/instant.ts";
import type { Revocation } from "../model/revocation.ts";
import type { ReviewItem } from "../model/review-item.ts";
import { SEVERITIES } from "../model/severity.ts";
import type { Verification } from "../model/verification.ts";
import { standingsOf, type Standing } from "../review/tie-out.ts";
import type { World } from "../contracts/world.ts";
import type { Settings } from "../model/settings.ts";
import { evaluate, tenantNames } from "./evaluate.ts";
import { readSnapshot } from "./latest-snapshot.ts";
import { reviewStatus, type ReviewStatus } from "./review-status.ts";
import { planRevocationsFor, type PlannedRevocations } from "./revoke-plan.ts";
import { hasLeft } from "../model/identity.ts";

/** What a summary is put together from, besides what the data directory holds about the campaign. */
export interface SummaryParts {
  readonly status: ReviewStatus;
  /** The plan over the campaign's decisions: it knows what nothing but people can do. */
  readonly plan: PlannedRevocations;
  /** What the rules said about the snapshot that was reviewed. */
  readonly document: FindingsDocument;
  /** How many findings a rehearsal left; null when nothing was rehearsed. */
  readonly findingsAfter: number | null;
  readonly evidence: CampaignSummary["evidence"];
  readonly now: Instant;
}

/** A campaign as a manager reads it: the sums, and by name everything that is still to go and who answers for it. */
export async function campaignSummary(data: DataDirectory, parts: SummaryParts): Promise<CampaignSummary> {
  const { status, plan, document } = parts;
  const { campaign, tieOut } = status;
  const { snapshot } = plan.graph;
  const items = await data.state.list("review_item", { parentId: campaign.id });
  const names = tenantNames(snapshot);
  return {
    name: campaign.name,
    state: campaign.state,
    asOf: document.asOf,
    openedAt: campaign.openedAt,
    closedAt: campaign.closedAt,
    population: tieOut.population,
    excluded: tieOut.excluded,
    decided: tieOut.decided,
    excepted: tieOut.excepted,
    open: tieOut.open,
    outcomes: outcomesOf(items),
    reviewers: status.reviewers.map((row) => ({
      name: nameOf(row.reviewer, plan.graph),
      items: row.items,
      decided: row.decided,
      toRevoke: row.revoked,
    })),
    findings: {
      before: document.findings.length,
      after: parts.findingsAfter,
      bySeverity: Object.fromEntries(
        SEVERITIES.map((severity) => [
          severity,
          document.findings.filter((finding) => finding.severity === severity).length,
        ]),
      ),
    },
    takings: await takingsOf(data, items, parts),
    tieOut: tieOut.lines,
    coverageGaps: document.coverage
      .filter((row) => row.state !== "complete")
      .map(
        (row) =>
          `${row.kind} of ${names[row.tenant] ?? row.tenant}: ${row.state}${row.reason === null ? "" : ` (${row.reason})`}`,
      ),
    evidence: parts.evidence,
  };
}

/** The newest campaign's summary and the plan it rests on; null where no campaign was opened yet. */
export async function newestCampaign(
  world: World,
  data: DataDirectory,
  settings: Settings,
): Promise<{ readonly summary: CampaignSummary; readonly plan: PlannedRevocations } | null> {
  if ((await data.state.list("campaign")).length === 0) return null;
  const status = await reviewStatus(data);
  const { snapshot } = await readSnapshot(data, status.campaign.snapshotId);
  const plan = await planRevocationsFor(world, data, settings, { campaignId: status.campaign.id });
  const { document } = await evaluate(snapshot, settings.thresholds);
  const now = world.clock.now();
  return {
    summary: await campaignSummary(data, { status, plan, document, findingsAfter: null, evidence: null, now }),
    plan,
  };
}

/** What a plan leaves to people, for the list of revocations: nothing of it is among the revocations that are on record. */
export function withoutRevocation(
  plan: PlannedRevocations,
  onRecord: readonly Revocation[],
): readonly WithoutRevocation[] {
  const known = new Set(onRecord.map(({ id }) => id));
  return [
    ...plan.byHand.map(({ wanted, summary, why }) => ({
      state: "by-hand" as const,
      summary: `${VERB[wanted.outcome]}: ${summary}`,
      reason: wanted.reason,
      why,
      decisionId: wanted.decisionId,
      findingId: wanted.findingId,
      subjectId: wanted.subjectId,
    })),
    ...plan.stopped
      .filter(({ revocation }) => !known.has(revocation.id))
      .map(({ revocation, why }) => ({
        state: "stopped" as const,
        summary: revocation.summary,
        reason: revocation.reason,
        why,
        decisionId: revocation.decisionId,
        findingId: revocation.findingId,
        subjectId: revocation.target.subjectId,
      })),
  ];
}

const VERB: Readonly<Record<Taking["outcome"], string>> = { revoke: "take away", reduce: "reduce" };

/** One line per item decided to be revoked or reduced, from the items and not from the plan: none may go missing between them. */
async function takingsOf(
  data: DataDirectory,
  items: readonly ReviewItem[],
  { status, plan, now }: SummaryParts,
): Promise<readonly Taking[]> {
  const { campaign } = status;
  const verifications = await data.state.list("verification");
  const revocations = await data.state.list("revocation", { parentId: campaign.id });
  const standings = standingsOf(campaign, revocations, verifications);
  const reasons = new Map<string, string>();
  for (const decision of [...(await data.state.list("decision", { parentId: campaign.id }))].sort((a, b) =>
    a.decidedAt < b.decidedAt ? -1 : 1,
  ))
    reasons.set(decision.itemId, decision.reason);
  const left = new Map(withoutRevocation(plan, revocations).map((one) => [one.subjectId, one]));
  const plannedFor = new Map(plan.planned.map((revocation) => [revocation.target.subjectId, revocation]));
  const proofs = new Map<string, Verification>();
  for (const one of verifications) {
    if (one.kind !== "after-revoke" || !one.passed || one.simulated) continue;
    const before = proofs.get(one.revocationId);
    if (before === undefined || before.at < one.at) proofs.set(one.revocationId, one);
  }
  const takings = items.flatMap((item) => {
    const { outcome, state, subjectId } = item;
    if (state !== "decided" || (outcome !== "revoke" && outcome !== "reduce")) return [];
    const byPeople = left.get(subjectId);
    const onRecord = standings.get(subjectId);
    // Answered anew after it was scheduled: what was taken off the schedule says nothing about the newer answer.
    const standing = byPeople !== undefined && onRecord?.revocation.state === "cancelled" ? undefined : onRecord;
    const planned = plannedFor.get(subjectId);
    const reason = reasons.get(item.id) ?? "";
    const taking: Taking = {
      outcome,
      summary:
        standing?.revocation.summary ??
        byPeople?.summary ??
        planned?.summary ??
        `${VERB[outcome]}: \`${item.facts.personOrMachine}\`: ${item.facts.access}`,
      reason: reason === "" ? `decided in ${item.code}` : reason,
      ...standingWords(standing, byPeople, outcome, planned !== undefined, now),
      undoClass: standing?.revocation.undoClass ?? planned?.undoClass ?? null,
      owner: ownerOf(item, plan.graph),
      proof: standing?.gone === true ? proofOf(proofs.get(standing.revocation.id)) : "",
    };
    return [{ taking, key: `${standing?.revocation.dueAt ?? ""} ${taking.summary} ${subjectId}` }];
  });
  return takings.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ taking }) => taking);
}

/** How far it is, and why it is not gone. */
function standingWords(
  standing: Standing | undefined,
  byPeople: WithoutRevocation | undefined,
  outcome: Taking["outcome"],
  planned: boolean,
  now: Instant,
): { readonly state: TakingState; readonly open: string | null } {
  if (standing !== undefined) {
    const { revocation, gone, rehearsed } = standing;
    const open = `${openWords(standing, now)}${rehearsed && !revocation.simulated ? "; only rehearsed so far" : ""}`;
    return { state: revocation.state, open: gone ? null : open };
  }
  if (byPeople !== undefined)
    return {
      state: byPeople.state,
      open: `${byPeople.state === "by-hand" ? "by hand" : "a guard stops it"}: ${byPeople.why}`,
    };
  if (planned) return { state: "not-planned", open: "planned, and nobody approved the plan yet" };
  return outcome === "reduce"
    ? { state: "by-hand", open: "by hand: the reviewer wants less of it, not none" }
    : { state: "not-planned", open: "nothing is planned for it" };
}

function openWords({ revocation }: Standing, now: Instant): string {
  const because = revocation.stateReason === null ? "" : `: ${revocation.stateReason}`;
  const day = dayOf(revocation.dueAt);
  switch (revocation.state) {
    case "scheduled":
      if (revocation.simulated) return "by hand: the operation is only rehearsed for now";
      return revocation.dueAt > now ? `due on ${day}, waiting for its notice` : `due since ${day}, not carried out yet`;
    case "held":
      return `held${because}`;
    case "executed":
      return `carried out, and could not be read again yet${because}`;
    case "failed":
      return `failed${because}`;
    case "undone":
      return `put back${because}`;
    case "cancelled":
      return `taken off the schedule${because}`;
    case "verified":
    case "already-absent":
      return "nothing read from the provider proves it";
  }
}

function proofOf(newest: Verification | undefined): string {
  return newest === undefined ? "it was gone already" : `${newest.observed} on ${dayOf(newest.at)}`;
}

/**
 * Who answers for it until it is gone: the technical owner of what the access is about, else of whoever holds it, else the
 * reviewer who decided. Nobody who left, and nobody whose own access it is.
 */
function ownerOf(item: ReviewItem, graph: AccessGraph): Taking["owner"] {
  const credential = graph.credential(item.subjectId);
  const entitlement = graph.entitlement(item.entitlementId ?? "");
  const about =
    entitlement === undefined
      ? undefined
      : (graph.resource(entitlement.resourceId ?? "") ?? graph.principal(entitlement.targetId));
  const concerned = item.principalId === null ? null : graph.whoIs(item.principalId).identityId;
  for (const thing of [credential, about, graph.principal(item.principalId ?? "")]) {
    const technical = thing === undefined ? null : graph.ownersOf(thing).technical;
    const identity = technical === null ? undefined : graph.identity(technical);
    if (technical === null || technical === concerned) continue;
    if (identity !== undefined && hasLeft(identity, graph.snapshot.asOf)) continue;
    return { name: nameOf(technical, graph), as: "technical owner" };
  }
  return { name: item.reviewer === "" ? "nobody" : nameOf(item.reviewer, graph), as: "reviewer" };
}

function nameOf(id: string, graph: AccessGraph): string {
  return graph.identity(id)?.displayName ?? id;
}

function outcomesOf(items: readonly ReviewItem[]): Record<string, number> {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of items) if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcomes;
}
