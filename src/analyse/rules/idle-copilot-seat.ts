import { daysBetween } from "../../model/instant.ts";
import { suggestionFor } from "../governed-elsewhere.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A Copilot seat that somebody holds and does not use. */
export const idleCopilotSeat: Rule = {
  id: "idle-copilot-seat",
  title: "Copilot seat is not used",
  concern: "stale",
  rationale: "it is paid for, and it shows code of the organization to whoever holds the login",
  remediation: "take the seat back; it can be given again at any time",
  controls: ["SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["copilot-seat"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const grant of graph.snapshot.grants) {
      const holder = graph.principal(grant.principalId);
      if (grant.kind !== "seat" || holder === undefined || !readable(grant.tenantId)) continue;
      examined += 1;
      const never = grant.lastUsedAt.known && grant.lastUsedAt.value === "never";
      const since = grant.lastUsedAt.known && grant.lastUsedAt.value === "never" ? grant.grantedAt : grant.lastUsedAt;
      if (!since.known) {
        undecided.push({ subjectId: holder.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleSeatDays) continue;
      drafts.push({
        subject: subjectOf(holder, graph),
        grantId: grant.id,
        grants: [grant.id],
        summary: `\`${holder.displayName}\` ${never ? `never used the Copilot seat in the ${idle} days since it was given` : `has not used the Copilot seat for ${idle} days`}`,
        evidence: evidence(now, "Copilot seats"),
        suggestion: suggestionFor([grant.id], graph, "revoke"),
        scoreSubjectId: holder.id,
      });
    }
    return { drafts, examined, undecided };
  },
};
