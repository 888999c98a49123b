import type { DataDirectory } from "../contracts/store.ts";
import type { Campaign } from "../model/campaign.ts";
import { tieOut, type TieOut } from "../review/tie-out.ts";
import { findCampaign } from "./review-campaign.ts";

/** How far one reviewer is. */
export interface ReviewerProgress {
  readonly reviewer: string;
  readonly items: number;
  readonly decided: number;
  readonly revoked: number;
}

/** How far a campaign is. */
export interface ReviewStatus {
  readonly campaign: Campaign;
  readonly reviewers: readonly ReviewerProgress[];
  readonly tieOut: TieOut;
  /** Codes of open items, by reviewer: what a reminder is about. */
  readonly open: readonly {
    readonly code: string;
    readonly reviewer: string;
    readonly what: string;
    readonly rule: string;
    readonly reason: string;
  }[];
}

/** Reads a campaign and works its numbers out. */
export async function reviewStatus(data: DataDirectory, text?: string): Promise<ReviewStatus> {
  const campaign = await findCampaign(data, text);
  const items = await data.state.list("review_item", { parentId: campaign.id });
  const reviewers = new Map<string, { items: number; decided: number; revoked: number }>();
  for (const item of items) {
    const row = reviewers.get(item.reviewer) ?? { items: 0, decided: 0, revoked: 0 };
    row.items += 1;
    if (item.state !== "open") row.decided += 1;
    if (item.outcome === "revoke") row.revoked += 1;
    reviewers.set(item.reviewer, row);
  }
  return {
    campaign,
    reviewers: [...reviewers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reviewer, row]) => ({ reviewer, ...row })),
    tieOut: tieOut(
      campaign,
      items,
      await data.state.list("decision", { parentId: campaign.id }),
      await data.state.list("revocation", { parentId: campaign.id }),
      await data.state.list("verification"),
    ),
    open: items
      .filter((item) => item.state === "open")
      .map((item) => ({
        code: item.code,
        reviewer: item.reviewer,
        what: `${item.facts.personOrMachine}: ${item.facts.access}`,
        rule: item.reviewerRule,
        reason: item.reviewerReason,
      })),
  };
}
