import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Campaign } from "../model/campaign.ts";
import { reviewStatus } from "./review-status.ts";

/** Seals a campaign. Throws `settings` while the numbers do not tie out or anything is undecided, and says what. */
export async function closeReview(world: World, data: DataDirectory, text?: string): Promise<Campaign> {
  const { campaign, tieOut, open } = await reviewStatus(data, text);
  if (campaign.state === "closed")
    throw new AuditError("settings", "closed-already", `\`${campaign.name}\` is closed already`, {
      hint: "`leastwise review open` opens the next one",
    });
  if (open.length > 0) {
    const shown = open
      .slice(0, 3)
      .map((item) => `${item.code} (${item.what})`)
      .join(", ");
    throw new AuditError(
      "settings",
      "items-open",
      `${open.length} items are not decided: ${shown}${open.length > 3 ? " and others" : ""}`,
      {
        hint: "export the sheets again for those who have not answered: `leastwise review export`",
      },
    );
  }
  if (tieOut.differences.length > 0) {
    throw new AuditError("settings", "no-tie-out", `the numbers do not tie out: ${tieOut.differences[0]}`, {
      hint: "`leastwise review status` lists every difference",
    });
  }
  const closed: Campaign = { ...campaign, state: "closed", closedAt: world.clock.now() };
  await data.state.transaction(async (writer) => {
    // An answer may have come in since: `unsure` opens an item again.
    const items = await writer.list("review_item", { parentId: campaign.id });
    const state = (await writer.get("campaign", campaign.id))?.state;
    if (state !== campaign.state || items.some((item) => item.state === "open"))
      throw new AuditError("settings", "changed-meanwhile", "an answer came in while the review was being closed", {
        hint: "run `leastwise review close` again",
      });
    await writer.update("campaign", closed);
    await writer.append({
      at: world.clock.now(),
      actor: world.actor,
      assurance: "attested",
      type: "campaign.closed",
      subject: campaign.id,
      payload: {
        population: tieOut.population,
        decided: tieOut.decided,
        excepted: tieOut.excepted,
        excluded: tieOut.excluded,
        revoke: tieOut.revoke,
        verified: tieOut.verified,
        openRevocations: tieOut.openRevocations,
      },
    });
  });
  return closed;
}
