import { daysBetween, toInstant } from "../../model/instant.ts";
import type { AccessGraph } from "../../graph/access-graph.ts";
import type { Resource } from "../../model/resource.ts";
import { ageSignal } from "../risk-score.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A secret of Actions, Dependabot or Codespaces that nobody set again for longer than the policy allows. */
export const oldSecret: Rule = {
  id: "old-secret",
  title: "Secret is old",
  concern: "stale",
  rationale: "everybody who could read it since it was set may still have it, leavers among them",
  remediation: "rotate what the secret opens, or sign in by OIDC and delete it",
  controls: ["SOC 2 CC6.1", "ISO 27001 A.5.17", "PCI DSS 8.6.3"],
  needs: ["secret"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const secrets = graph.snapshot.resources.filter(
      (one) => one.kind === "secret" && readable(one.tenantId) && !inArchived(one, graph),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const secret of secrets) {
      const at = secret.attributes["updatedAt"];
      const set = typeof at === "string" ? toInstant(at) : undefined;
      if (set === undefined) {
        undecided.push({ subjectId: secret.id, reason: "GitHub did not say when it was set" });
        continue;
      }
      const age = daysBetween(set, now);
      if (age <= thresholds.secretAgeDays) continue;
      const signal = ageSignal(age);
      drafts.push({
        subject: subjectOf(secret, graph),
        grantId: null,
        grants: [],
        summary: `secret \`${secret.displayName}\` was set ${age} days ago`,
        evidence: evidence(now, "secrets (names and dates)"),
        suggestion: "rotate",
        scoreSubjectId: secret.id,
        ...(signal === undefined ? {} : { signals: [signal] }),
      });
    }
    return { drafts, examined: secrets.length, undecided };
  },
};

/** `<repository>/secret/…` and `<repository>/environment/…`; no job of an archived repository uses them. */
function inArchived({ id }: Resource, graph: AccessGraph): boolean {
  return graph.resource(id.slice(0, id.indexOf("/")))?.attributes["archived"] === true;
}
