import type { FindingDraft, Rule } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A deploy key that may push. */
export const deployKeyCanWrite: Rule = {
  id: "deploy-key-can-write",
  title: "Deploy key can write",
  concern: "overbroad",
  rationale: "whoever holds the key can change code without a name",
  remediation: "replace it by a read-only key or an app",
  controls: ["CIS GitHub 1.1.15", "SOC 2 CC6.3", "ISO 27001 A.8.4"],
  needs: ["deploy-key"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const keys = activeCredentials("deploy-key", graph, readable);
    const drafts = keys
      .filter((key) => key.attributes["readOnly"] === false)
      .map((key): FindingDraft => ({
        subject: subjectOf(key, graph),
        grantId: null,
        credential: credentialOf(key),
        grants: graph.grantsOf(key.id).map((grant) => grant.id),
        summary: `deploy key \`${key.displayHint}\` may write to \`${holderName(key, graph)}\``,
        evidence: evidence(now, "deploy keys"),
        suggestion: "narrow",
        scoreSubjectId: key.id,
      }));
    const undecided = keys
      .filter((key) => typeof key.attributes["readOnly"] !== "boolean")
      .map((key) => ({ subjectId: key.id, reason: "GitHub did not say whether it is read-only" }));
    return { drafts, examined: keys.length, undecided };
  },
};
