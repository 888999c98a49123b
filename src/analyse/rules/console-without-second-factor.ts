import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, subjectOf } from "../subject.ts";

/** A user who signs in to the console with a password alone. */
export const consoleWithoutSecondFactor: Rule = {
  id: "console-without-second-factor",
  title: "Console sign-in without a second factor",
  concern: "overbroad",
  rationale: "a password alone is guessed, reused and phished",
  remediation: "have the person set up MFA, or remove the console password",
  controls: ["CIS AWS 1.10 (v3), 1.9 (v5), 2.10 (v7)", "PCI DSS 8.4.2", "SOC 2 CC6.1", "ISO 27001 A.8.5"],
  needs: ["principal", "console-password", "second-factor"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const passwords = activeCredentials("console-password", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const password of passwords) {
      const user = password.holderId === null ? undefined : graph.principal(password.holderId);
      if (user === undefined) continue;
      examined += 1;
      if (!user.secondFactor.known) undecided.push({ subjectId: user.id, reason: user.secondFactor.why });
      else if (user.secondFactor.value === false) {
        drafts.push({
          subject: subjectOf(user, graph),
          grantId: null,
          credential: credentialOf(password),
          grants: [],
          summary: `\`${user.displayName}\` can sign in to the console with a password alone`,
          evidence: evidence(now, "MFA devices and console passwords"),
          suggestion: "ask-owner",
          floor: { score: 20, name: "a password alone" },
          scoreSubjectId: user.id,
          signals: [{ family: "second-factor", name: "human login without a second factor", value: 0.35 }],
        });
      }
    }
    return { drafts, examined, undecided };
  },
};
