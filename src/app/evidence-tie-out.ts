import type { Decision } from "../model/decision.ts";
import type { JsonValue } from "../model/json.ts";
import type { EvidenceRecords } from "./evidence-records.ts";

/** The sums of a campaign as the archive holds them. */
export interface TieOutEvidence {
  readonly balanced: boolean;
  readonly document: JsonValue;
}

/** Works the sums out from the records alone: the exporter writes them, the checker works them out again. */
export function tieOutOf(records: EvidenceRecords): TieOutEvidence {
  const newest = newestDecisions(records.decisions);
  const states = { decided: 0, excepted: 0, open: 0 };
  const problems: string[] = [];
  for (const item of records.items) {
    states[item.state] += 1;
    const decision = newest.get(item.id);
    if (item.state === "decided" && decision === undefined) problems.push(`item ${item.id} is decided, and there is no decision`);
    else if (item.outcome !== null && decision !== undefined && decision.outcome !== item.outcome) {
      problems.push(`item ${item.id} says ${item.outcome}, its last decision ${decision.outcome}`);
    }
  }
  const toRevoke = records.items.filter((item) => item.outcome === "revoke").map((item) => item.subjectId);
  const proven = new Set(
    records.revocations
      .filter(({ revocation, verifications }) => isProven(revocation.state, verifications.some((seen) => seen.passed && !seen.simulated && seen.kind === "after-revoke")))
      .map(({ revocation }) => revocation.target.subjectId),
  );
  const revoked = toRevoke.filter((subject) => proven.has(subject)).length;
  const document = {
    population: records.items.length,
    ...states,
    excluded: records.campaign.excluded.length,
    toRevoke: toRevoke.length,
    revoked,
    stillToRevoke: toRevoke.length - revoked,
    problems,
  };
  return { balanced: problems.length === 0 && (records.campaign.state === "open" || states.open === 0), document };
}

function isProven(state: string, verified: boolean): boolean {
  return state === "already-absent" || (state === "verified" && verified);
}

function newestDecisions(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  const superseded = new Set(decisions.map(({ supersedes }) => supersedes));
  return new Map(decisions.filter(({ id }) => !superseded.has(id)).map((decision) => [decision.itemId, decision]));
}
