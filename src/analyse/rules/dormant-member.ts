import { daysBetween } from "../../model/instant.ts";
import type { Principal } from "../../model/principal.ts";
import { newestOtherUse } from "../other-uses.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An organization member or outside collaborator without activity for as long as the policy allows. */
export const dormantMember: Rule = {
  id: "dormant-member",
  title: "Member is not active",
  concern: "stale",
  rationale: "a login nobody uses is a login nobody watches",
  remediation: "ask the person, then remove the membership",
  controls: ["CIS GitHub 1.3.1", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["member"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const people = graph.snapshot.principals.filter(
      (principal) =>
        principal.system === "github" &&
        principal.kind === "user" &&
        principal.nativeType !== "invited" &&
        readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    // Where the log does not tell, what else was used lately still shows that somebody is there.
    const leaveOpen = (person: Principal, why: string): void => {
      const use = newestOtherUse(person, graph);
      if (use !== undefined && daysBetween(use.at, now) < thresholds.dormantMemberDays) return;
      const rest = use === undefined ? "" : `, and the newest use that is known, of ${use.source}, is no longer recent`;
      undecided.push({ subjectId: person.id, reason: `${why}${rest}` });
    };
    for (const person of people) {
      const last = person.lastUsedAt;
      if (!last.known) {
        leaveOpen(person, last.why);
        continue;
      }
      const never = last.value === "never";
      const since = last.value === "never" ? person.createdAt : { known: true as const, value: last.value };
      // GitHub says when the login was made, not when it joined: a login that old without activity is dormant, a young one is not.
      if (!since.known) {
        leaveOpen(person, since.why);
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.dormantMemberDays) continue;
      const watched = person.attributes["activitySince"];
      if (never && typeof watched === "string" && daysBetween(watched, now) < thresholds.dormantMemberDays) {
        // Nothing since the log begins says nothing about the time before.
        leaveOpen(person, `the audit log begins on ${watched.slice(0, 10)}`);
        continue;
      }
      drafts.push({
        subject: subjectOf(person, graph),
        grantId: null,
        grants: graph.grantsOf(person.id).map((grant) => grant.id),
        summary: never
          ? `no activity of \`${person.displayName}\` is on record`
          : `\`${person.displayName}\` has not been active for ${idle} days`,
        evidence: evidence(now, "audit log"),
        suggestion: "ask-owner",
        scoreSubjectId: person.id,
      });
    }
    return { drafts, examined: people.length, undecided };
  },
};
