import type { AccessGraph } from "../../graph/access-graph.ts";
import type { Resource } from "../../model/resource.ts";
import type { ParsedPolicy } from "../../policy/aws/parse-policy.ts";
import { isPublicPolicy } from "../../policy/aws/public-policy.ts";
import { narrows } from "../../policy/aws/trust.ts";
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
      if (!isPublicPolicy(withoutOwnKeys(parsed.value))) return [];
      const blocked = isBlocked(resource, graph);
      if (blocked === undefined)
        undecided.push({ subjectId: resource.id, reason: "the public access blocks before a bucket were not read" });
      if (blocked !== false) return [];
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

/**
 * Keys of single services that bind a statement for everyone to somebody: callers of one tenant ("kms:CallerAccount", AWS KMS
 * Developer Guide), those who reach a file system through its mount targets ("Blocking public access", Amazon EFS User Guide).
 */
const OWN_KEYS = new Set(["kms:calleraccount", "elasticfilesystem:accessedviamounttarget"]);

function withoutOwnKeys({ statements, ...rest }: ParsedPolicy): ParsedPolicy {
  return {
    ...rest,
    statements: statements.filter(
      ({ conditions }) => !conditions.some((one) => OWN_KEYS.has(one.key.toLowerCase()) && narrows(one)),
    ),
  };
}

/** Whether a public access block stands before a bucket, its own or the tenant's; undefined where one was not read. */
function isBlocked(resource: Resource, graph: AccessGraph): boolean | undefined {
  if (!/^arn:[^:]+:s3:::/.test(resource.locator)) return false;
  const blocks = [resource, graph.tenant(resource.tenantId)].map((one) => one?.attributes["restrictPublicBuckets"]);
  if (blocks.includes(true)) return true;
  return blocks.every((block) => block === false) ? false : undefined;
}
