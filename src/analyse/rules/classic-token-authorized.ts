import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A classic personal access token that was let into the organization: it reaches everything its owner reaches. */
export const classicTokenAuthorized: Rule = {
  id: "classic-token-authorized",
  title: "Classic token is authorized",
  concern: "overbroad",
  rationale: "a classic token is not limited to repositories, need not expire and was approved by nobody",
  remediation: "replace it by a fine-grained token or an app, then remove the authorization",
  controls: ["SOC 2 CC6.3", "ISO 27001 A.5.17", "NIST 800-53 IA-5"],
  needs: ["single-sign-on-authorization"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const all = activeCredentials("single-sign-on-authorization", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const one of all) {
      const { type, scopes } = one.attributes;
      if (typeof type !== "string") {
        undecided.push({ subjectId: one.id, reason: "GitHub did not say whether it is a token or a key" });
        continue;
      }
      if (!/personal.access.token/i.test(type)) continue;
      const strong = typeof scopes === "string" ? scopes.split(/[,\s]+/).filter((scope) => STRONG.test(scope)) : [];
      drafts.push({
        subject: subjectOf(one, graph),
        grantId: null,
        credential: credentialOf(one),
        grants: graph.grantsOf(one.id).map((grant) => grant.id),
        summary: `classic token \`${one.displayHint}\` of \`${holderName(one, graph)}\` is authorized${strong.length === 0 ? "" : ` with ${strong.join(", ")}`}`,
        evidence: evidence(now, "single sign-on authorizations"),
        suggestion: "ask-owner",
        scoreSubjectId: one.id,
        ...(strong.length === 0 ? {} : { floor: { score: 20, name: `it may use ${strong.join(", ")}` } }),
      });
    }
    return { drafts, examined: all.length, undecided };
  },
};

/** Scopes that change code, workflows, who has access, or the organization. */
const STRONG = /^(repo|workflow|(admin|write):[a-z_]+|delete_repo|site_admin)$/;
