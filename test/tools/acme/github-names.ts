/** GitHub's answers about names that repositories of the sample had before, as its audit log tells them. */
import { ORGANIZATION, repositoryNumber } from "./github-organization.ts";
import { daysAgoZulu as daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";

const SINCE = daysAgo(180).slice(0, 10);
const at = (days: number): number => Date.parse(daysAgo(days));

/** Renamed before subjects came to hold ids, in July 2026: a role still trusts `data-lake`. */
const ENTRIES: Readonly<Record<string, readonly Json[]>> = {
  "repo.rename": [
    { repo: `${ORGANIZATION}/data-models`, old_name: "data-lake", repo_id: repositoryNumber("data-models") },
    // Called otherwise for a week, and then as before.
    { repo: `${ORGANIZATION}/payments`, old_name: "payments-ledger", repo_id: repositoryNumber("payments-ledger") },
    { repo: `${ORGANIZATION}/payments-ledger`, old_name: "payments", repo_id: repositoryNumber("payments-ledger") },
  ],
  "repo.destroy": [{ repo: `${ORGANIZATION}/hackathon`, repo_id: 6_000_001 }],
  "repo.transfer": [],
  "repo.transfer_outgoing": [],
};

/** Answers by step. */
export const nameAnswers = (): Readonly<Record<string, Json>> => ({
  "repository-renames": {
    requests: Object.entries(ENTRIES).map(([action, entries]) => ({
      route: "GET /orgs/{org}/audit-log",
      parameters: { org: ORGANIZATION, include: "web", phrase: `action:${action} created:>=${SINCE}` },
      answer: entries.map((entry, one) => ({ action, created_at: at(150 - 7 * one), ...entry })),
    })),
  },
});
