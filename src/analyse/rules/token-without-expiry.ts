import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A fine-grained token that never expires. */
export const tokenWithoutExpiry: Rule = {
  id: "token-without-expiry",
  title: "Token never expires",
  concern: "overbroad",
  rationale: "a token without an end outlives its purpose and its owner",
  remediation: "ask its owner for a token with an end, then revoke this one",
  controls: ["PCI DSS 8.6.3", "SOC 2 CC6.1", "ISO 27001 A.5.17"],
  needs: ["fine-grained-token"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const tokens = activeCredentials("fine-grained-token", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const token of tokens) {
      if (!token.expiresAt.known) undecided.push({ subjectId: token.id, reason: token.expiresAt.why });
      else if (token.expiresAt.value === "never") {
        drafts.push({
          subject: subjectOf(token, graph),
          grantId: null,
          credential: credentialOf(token),
          grants: graph.grantsOf(token.id).map((grant) => grant.id),
          summary: `token \`${token.displayHint}\` of \`${holderName(token, graph)}\` never expires`,
          evidence: evidence(now, "fine-grained tokens"),
          suggestion: "rotate",
          scoreSubjectId: token.id,
        });
      }
    }
    return { drafts, examined: tokens.length, undecided };
  },
};
