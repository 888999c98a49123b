import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A console password nobody signed in with for as long as the policy allows. */
export const unusedConsolePassword: Rule = {
  id: "unused-console-password",
  title: "Console password is not used",
  concern: "stale",
  rationale: "a password nobody types is one nobody notices being guessed",
  remediation: "remove the console password; the person can get a new one",
  controls: ["CIS AWS 1.12 (v3), 1.11 (v5), 2.11 (v7)", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["principal", "console-password"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const passwords = activeCredentials("console-password", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const password of passwords) {
      const last = password.lastUsedAt;
      // A password that was never used has been idle since it was set.
      const set = password.createdAt;
      // Nor can one be idle for longer than it exists: it may have been set anew.
      const since = last.known && (last.value === "never" || (set.known && set.value > last.value)) ? set : last;
      if (!since.known) {
        undecided.push({ subjectId: password.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleCredentialDays) continue;
      drafts.push({
        subject: subjectOf(password, graph),
        grantId: null,
        credential: credentialOf(password),
        grants: [],
        summary: `nobody signed in to the console as \`${holderName(password, graph)}\` for ${idle} days${last.known && last.value === "never" ? ", since the password was set" : ""}`,
        evidence: evidence(now, "credential report"),
        suggestion: "revoke",
        scoreSubjectId: password.id,
      });
    }
    return { drafts, examined: passwords.length, undecided };
  },
};
