import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A tenant with console passwords whose password policy is missing or weak. */
export const weakPasswordPolicy: Rule = {
  id: "weak-password-policy",
  title: "Password policy is weak",
  concern: "overbroad",
  rationale: "short or reused passwords are guessed",
  remediation: "set a password policy with the wanted length and no reuse",
  controls: ["CIS AWS 1.8, 1.9 (v3), 1.7, 1.8 (v5), 2.8, 2.9 (v7)", "PCI DSS 8.3.6", "SOC 2 CC6.1", "ISO 27001 A.5.17"],
  needs: ["password-policy"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const policies = graph.snapshot.resources.filter(
      (resource) => resource.kind === "password-policy" && readable(resource.tenantId),
    );
    const withPasswords = new Set(
      graph.snapshot.credentials
        .filter((credential) => credential.kind === "console-password")
        .map((credential) => credential.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const policy of policies) {
      const passwords = graph.coverage(policy.tenantId, "console-password");
      if (!withPasswords.has(policy.tenantId)) {
        // Nobody has a password: the policy protects nothing. Not having looked is another matter.
        if (passwords === undefined || passwords.state !== "complete")
          undecided.push({ subjectId: policy.id, reason: "it is not known whether anybody has a console password" });
        continue;
      }
      const { exists, minimumLength, reusePrevention } = policy.attributes;
      const weak: string[] = [];
      if (exists === false) weak.push("none is set");
      else {
        if (typeof minimumLength !== "number" || minimumLength < thresholds.passwordLength)
          weak.push(`length ${String(minimumLength ?? "not set")} instead of ${thresholds.passwordLength}`);
        if (typeof reusePrevention !== "number" || reusePrevention < 24)
          weak.push(`reuse of the last 24 passwords is not prevented`);
      }
      if (weak.length === 0) continue;
      drafts.push({
        subject: subjectOf(policy, graph),
        grantId: null,
        grants: [],
        summary: `the password policy of ${graph.tenant(policy.tenantId)?.name ?? policy.tenantId} is weak: ${weak.join(", ")}`,
        evidence: evidence(now, "password policy"),
        suggestion: "ask-owner",
        scoreSubjectId: policy.id,
      });
    }
    return { drafts, examined: policies.length, undecided };
  },
};
