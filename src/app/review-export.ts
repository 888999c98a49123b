import type { DataDirectory, ReviewExport } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import type { ReviewItem } from "../model/review-item.ts";
import { writeSheet } from "../review/sheet.ts";
import { sha256 } from "../text/digest.ts";
import { derivedId } from "../text/stable-id.ts";
import { findCampaign } from "./review-campaign.ts";

/** A sheet that was written for one reviewer. */
export interface WrittenSheet {
  readonly reviewer: string;
  readonly path: string;
  readonly items: number;
  readonly exportId: string;
}

/**
 * Writes one CSV per reviewer with what is still open for them, and puts each on record with its hash. With `decided` also what
 * they decided already: a new answer in such a sheet replaces the old one.
 */
export async function exportSheets(
  world: World,
  data: DataDirectory,
  folder: string,
  options: { readonly campaign?: string; readonly reviewer?: string; readonly decided?: boolean } = {},
): Promise<readonly WrittenSheet[]> {
  const campaign = await findCampaign(data, options.campaign);
  const key = await data.signingKey();
  const items = (await data.state.list("review_item", { parentId: campaign.id })).filter(
    (item) => item.state === "open" || (options.decided === true && item.state === "decided"),
  );
  const byReviewer = new Map<string, ReviewItem[]>();
  for (const item of items) byReviewer.set(item.reviewer, [...(byReviewer.get(item.reviewer) ?? []), item]);
  const now = world.clock.now();
  const written: WrittenSheet[] = [];
  for (const [reviewer, own] of [...byReviewer].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (options.reviewer !== undefined && ![reviewer, reviewer.replace("identity:", "")].includes(options.reviewer))
      continue;
    // Letters first and no digits only: the id stands in every row, and a spreadsheet must not take it for a number.
    const exportId = `ex-${derivedId("export", [campaign.id, reviewer, now, own.length]).slice("export:".length, "export:".length + 12)}`;
    const sheet = writeSheet(own, exportId, key);
    const path = `${folder}/${fileName(reviewer)}.csv`;
    await world.files.write(path, sheet);
    const row: ReviewExport = {
      id: exportId,
      campaignId: campaign.id,
      reviewer,
      at: now,
      items: own.length,
      sha256: sha256(sheet),
    };
    await data.state.transaction(async (writer) => {
      if ((await writer.get("review_export", exportId)) === undefined) await writer.insert("review_export", row);
      await writer.append({
        at: now,
        actor: world.actor,
        assurance: "attested",
        type: "review.exported",
        subject: campaign.id,
        payload: { export: exportId, items: own.length, sha256: row.sha256 },
      });
    });
    written.push({ reviewer, path, items: own.length, exportId });
  }
  return written;
}

/** A reviewer's id or e-mail as a file name on any system. */
function fileName(reviewer: string): string {
  const safe = reviewer
    .replace(/^identity:/, "")
    .replace(/[^A-Za-z0-9._@-]/g, "_")
    .replace(/^\.+/, "_");
  return `review-${safe === "" ? "nobody" : safe.slice(0, 80)}`;
}
