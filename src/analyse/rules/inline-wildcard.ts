import type { ParsedStatement } from "../../policy/aws/parse-policy.ts";
import { coversEveryResource, meansChangingAccess } from "../../policy/aws/wide-actions.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";

/** An inline policy that allows all of a service on everything. */
export const inlineWildcard: Rule = {
  id: "inline-wildcard",
  title: "Inline policy with a wildcard",
  concern: "overbroad",
  rationale: "inline policies are seen by nobody and wildcards grow with every new action",
  remediation: "replace the wildcard by the actions in use, in a managed policy",
  controls: ["CIS AWS 1.16 (v3), 1.15 (v5), 2.14 (v7)", "PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const grant of graph.snapshot.grants) {
      if (grant.kind !== "inline" || !readable(grant.tenantId)) continue;
      const holder = graph.principal(grant.principalId);
      const policyId = graph.entitlement(grant.entitlementId)?.targetId ?? "";
      if (holder === undefined || governedByAws(holder)) continue;
      examined += 1;
      const parsed = graph.parsed(policyId);
      if (!parsed.known) {
        undecided.push({ subjectId: holder.id, reason: parsed.why });
        continue;
      }
      const wide = parsed.value.statements
        .filter((statement) => statement.effect === "Allow" && coversEveryResource(statement))
        .map((statement) => ({ what: wildcards(statement), keys: statement.conditions.map(({ key }) => key) }))
        .filter(({ what }) => what.length > 0);
      if (wide.length === 0) continue;
      // One statement without a condition is what counts.
      const free = wide.filter(({ keys }) => keys.length === 0);
      const wild = (free.length > 0 ? free : wide).flatMap(({ what }) => what);
      const keys = free.length > 0 ? [] : [...new Set(wide.flatMap((one) => one.keys))].sort();
      drafts.push({
        subject: subjectOf(holder, graph),
        grantId: grant.id,
        grants: [grant.id],
        summary: `an inline policy of \`${holder.displayName}\` (\`${graph.policy(policyId)?.name ?? ""}\`) allows ${[
          ...new Set(wild),
        ]
          .sort()
          .join(
            ", ",
          )} on everything${keys.length === 0 ? "" : `, under a condition on ${keys.map((key) => `\`${key}\``).join(", ")}`}`,
        evidence: evidence(now, "inline policy"),
        suggestion: "narrow",
        scoreSubjectId: holder.id,
      });
    }
    return { drafts, examined, undecided };
  },
};

/** What a statement says with a wildcard: all of a service, all there is, or all but something. */
function wildcards({ actions, notActions }: ParsedStatement): readonly string[] {
  if (notActions.length > 0) return [`everything but ${notActions.map((action) => `\`${action}\``).join(", ")}`];
  return actions
    .filter((action) => /^\*(:\*)?$|^[a-z0-9-]+:\*$/i.test(action) || meansChangingAccess(action))
    .map((action) => `\`${action}\``);
}
