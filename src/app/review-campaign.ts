import type { DataDirectory } from "../contracts/store.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Campaign } from "../model/campaign.ts";

/** The campaign of that id (a unique beginning or its name will do), or the newest. Throws `settings` when there is none. */
export async function findCampaign(data: DataDirectory, text?: string): Promise<Campaign> {
  const campaigns = [...(await data.state.list("campaign"))].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const newest = campaigns[0];
  if (newest === undefined)
    throw new AuditError("settings", "no-campaign", "no campaign was opened yet", {
      hint: "`leastwise review open` opens one",
    });
  if (text === undefined) return newest;
  const matches = campaigns.filter(
    (campaign) =>
      campaign.id === text ||
      campaign.name === text ||
      campaign.id.startsWith(text) ||
      campaign.id.startsWith(`campaign:${text}`),
  );
  const only = matches[0];
  if (only !== undefined && matches.length === 1) return only;
  throw new AuditError(
    "settings",
    "campaign-id",
    matches.length === 0 ? `there is no campaign \`${text}\`` : `\`${text}\` fits ${matches.length} campaigns`,
    { hint: "`leastwise review status` names it" },
  );
}
