import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Campaign } from "../model/campaign.ts";
import { dayOf } from "../model/instant.ts";
import type { ReviewItem } from "../model/review-item.ts";
import type { Settings } from "../model/settings.ts";
import { openCampaign, type Earlier } from "../review/open-campaign.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { sha256 } from "../text/digest.ts";
import { evaluate } from "./evaluate.ts";
import { readSnapshot } from "./latest-snapshot.ts";
import { reviewCandidates } from "./review-candidates.ts";
import { latestDecisions } from "../review/latest-decisions.ts";

/** Opens a campaign over the newest snapshot (or the one named): freezes the facts and chooses a reviewer per item. */
export async function openReview(
  world: World,
  data: DataDirectory,
  settings: Settings,
  options: { readonly name?: string; readonly snapshotId?: string; readonly tenant?: string } = {},
): Promise<{ readonly campaign: Campaign; readonly items: readonly ReviewItem[]; readonly gaps: readonly string[] }> {
  const running = (await data.state.list("campaign")).find((campaign) => campaign.state === "open");
  if (running !== undefined) {
    throw new AuditError("settings", "campaign-open", `the campaign \`${running.name}\` is still open`, {
      hint: "close it first: `leastwise review close`",
    });
  }
  const { manifest, snapshot } = await readSnapshot(data, options.snapshotId);
  const { graph, document } = await evaluate(snapshot, settings.thresholds);
  const { candidates, excluded } = reviewCandidates(graph, document.findings);
  if (candidates.length === 0)
    throw new AuditError("settings", "nothing-to-review", "the snapshot holds nothing to review", {
      hint: "look at `leastwise snapshots` and its coverage",
    });
  const now = world.clock.now();
  const { campaign, items } = openCampaign(candidates, await earlierItems(data), {
    name: options.name ?? `Access review ${dayOf(snapshot.asOf).slice(0, 7)}`,
    snapshotId: manifest.id,
    now,
    dueDays: settings.review.dueDays,
    openedBy: world.actor,
    fallbackReviewer: fallbackOf(settings.review.fallbackReviewer, snapshot.identities),
    excluded,
  });
  await data.state.transaction(async (writer) => {
    await writer.insert("campaign", campaign);
    for (const item of items) await writer.insert("review_item", item);
    await writer.append({
      at: now,
      actor: world.actor,
      assurance: "attested",
      type: "campaign.opened",
      subject: campaign.id,
      payload: {
        snapshot: manifest.id,
        items: items.length,
        excluded: campaign.excluded.length,
        facts: sha256(canonicalJson(items)),
      },
    });
  });
  const gaps = snapshot.coverage
    .filter((row) => row.state !== "complete")
    .map((row) => `${row.kind} of ${row.tenantId}: ${row.state}${row.reason === null ? "" : ` (${row.reason})`}`);
  return { campaign, items, gaps };
}

function fallbackOf(
  text: string,
  identities: readonly { readonly id: string; readonly email: string | null }[],
): string {
  const found = identities.find(
    (identity) =>
      identity.id === text ||
      identity.id === `identity:${text}` ||
      identity.email?.toLowerCase() === text.toLowerCase(),
  );
  return found?.id ?? text;
}

/** The items of the campaign before, as the next one compares with them. */
async function earlierItems(data: DataDirectory): Promise<readonly Earlier[]> {
  const campaigns = [...(await data.state.list("campaign"))].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const last = campaigns[0];
  if (last === undefined) return [];
  const decisions = latestDecisions(await data.state.list("decision", { parentId: last.id }));
  return (await data.state.list("review_item", { parentId: last.id })).map((item) => {
    const decision = decisions.get(item.id);
    return {
      subjectId: item.subjectId,
      reviewer: item.reviewer,
      fingerprint: item.fingerprint ?? "",
      lastDecision: decision === undefined ? "" : `${decision.outcome} on ${dayOf(decision.decidedAt)}`,
    };
  });
}
