import { isPublicPolicy } from "../../policy/aws/public-policy.ts";
import type { Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A resource whose policy lets everyone in, unless a public access block stands before it. */
export const publicResourcePolicy: Rule = {
  id: "public-resource-policy",
  title: "Resource policy lets everyone in",
  concern: "overbroad",
  rationale: "everyone is everybody with an internet connection",
  remediation: "name the principals, or bind the statement to our organization, network or sources",
  controls: ["CIS AWS 2.21 (v7)", "PCI DSS 1.3.1", "SOC 2 CC6.6", "ISO 27001 A.8.3"],
  needs: ["resource-policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const policies = graph.snapshot.policies.filter(
      (policy) => policy.system === "aws" && policy.kind === "resource" && readable(policy.tenantId),
    );
    const undecided: Undecided[] = [];
    const drafts = policies.flatMap((policy) => {
      const resource = graph.resource(policy.holderId ?? "");
      if (resource === undefined) return [];
      const parsed = graph.parsed(policy.id);
      if (!parsed.known) {
        undecided.push({ subjectId: resource.id, reason: parsed.why });
        return [];
      }
      const blocked =
        resource.attributes["restrictPublicBuckets"] === true ||
        (resource.locator.includes(":s3:::") &&
          graph.tenant(resource.tenantId)?.attributes["restrictPublicBuckets"] === true);
      if (blocked || !isPublicPolicy(parsed.value)) return [];
      return [
        {
          subject: subjectOf(resource, graph),
          grantId: null,
          grants: [],
          summary: `the policy of \`${resource.displayName}\` lets everyone in`,
          evidence: evidence(now, "resource policy, public access blocks"),
          suggestion: "fix-trust" as const,
          floor: { score: 45, name: "open to everyone" },
          signals: [{ family: "trust" as const, name: "open to everyone", value: 0.6 }],
          scoreSubjectId: resource.id,
        },
      ];
    });
    return { drafts, examined: policies.length, undecided };
  },
};
