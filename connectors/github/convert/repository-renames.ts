import type { RawNameEntry } from "../raw.ts";
import { sinceOf } from "./audit-phrase.ts";
import type { Convert } from "./converted.ts";
import { tenantWith } from "./tenant-with.ts";

/**
 * The names as one attribute of the organization, the earliest first: `acme/old-api=34 acme/gone=?` (names of repositories hold
 * neither a blank nor `=`). How far back the log was asked for stands in `formerNamesSince`.
 */
export const repositoryRenames: Convert = (requests, context) => {
  const entries = requests
    .flatMap(({ answer }) => answer as readonly RawNameEntry[])
    .toSorted((a, b) => momentOf(a) - momentOf(b));
  const names = new Set<string>();
  let unnamed = 0;
  for (const entry of entries) {
    if (!ENDS_A_NAME.has(entry.action ?? "")) continue;
    const former = formerName(entry, context.login);
    if (former === undefined) unnamed += 1;
    else names.add(`${former}=${entry.repo_id ?? "?"}`);
  }
  const since = sinceOf(requests[0]?.parameters["phrase"]);
  const gap = unnamed === 0 ? undefined : `${unnamed} renamed or deleted repositories are not named in the audit log`;
  return {
    records: {
      tenants: [tenantWith(context, { formerNames: [...names].join(" "), formerNamesSince: since ?? null })],
    },
    kinds: { "former-name": { items: names.size, gap } },
  };
};

/** Where GitHub does not look at the phrase, other entries come too. */
const ENDS_A_NAME: ReadonlySet<string> = new Set([
  "repo.rename",
  "repo.destroy",
  "repo.transfer",
  "repo.transfer_outgoing",
]);

const momentOf = ({ created_at: created, "@timestamp": stamp }: RawNameEntry): number => created ?? stamp ?? 0;

/** GitHub writes `repo` as `owner/name` with today's owner, `old_name` without an owner, and `old_user` for who gave it away. */
function formerName(
  { action, repo, old_name: old, old_user: giver }: RawNameEntry,
  organization: string,
): string | undefined {
  const [, owner = organization, today = ""] = /^(?:([^/]+)\/)?([^/]+)$/.exec(repo ?? "") ?? [];
  const bare = action === "repo.rename" ? (old ?? "").replace(/^.*\//, "") : today;
  const from = ownerThen(action, owner, giver, organization);
  if (bare === "" || from === undefined) return undefined;
  return `${from}/${bare}`;
}

/** Whose it was: what left the organization was the organization's, whoever has it now. */
function ownerThen(action: string | undefined, owner: string, giver: string | null | undefined, organization: string) {
  if (action === "repo.transfer") return giver ?? undefined;
  return action === "repo.transfer_outgoing" ? organization : owner;
}
