import { narrows, trustStatements } from "../../policy/aws/trust.ts";
import type { Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/**
 * Keys that say for whom a service acts: "The confused deputy problem", IAM User Guide; for keys of KMS the caller and the
 * encryption context ("Condition keys for AWS KMS").
 */
const FOR_WHOM =
  /^(aws:source(arn|account|owner|orgid|orgpaths)|aws:principalorg(id|paths)|kms:calleraccount|kms:encryptioncontext:.+)$/i;
/**
 * Services that act on resources for whoever asks them, other tenants included. Left out is what delivers logs: it writes under
 * the number of the tenant the logs are of (`AWSLogs/<tenant>/`), so that nobody else's end up among ours.
 */
const ACTS_FOR_OTHERS =
  /^(?!.*\b(logging\.s3|delivery\.logs|logdelivery\.elasticloadbalancing|cloudtrail)\b).+\.amazonaws\.com(\.cn)?$/;

/** A resource that lets an AWS service in without saying on whose behalf. */
export const confusedDeputy: Rule = {
  id: "confused-deputy",
  title: "A service may use the resource on anybody's behalf",
  concern: "overbroad",
  rationale: "the service acts for other customers too: one of them can have it use this resource",
  remediation: "require aws:SourceAccount, aws:SourceArn or aws:SourceOrgID of ours in the resource policy",
  controls: ["SOC 2 CC6.3", "ISO 27001 A.5.19", "NIST 800-53 AC-4"],
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
      const services = trustStatements(parsed.value).flatMap((statement) =>
        statement.conditions.some((condition) => FOR_WHOM.test(condition.key) && narrows(condition))
          ? []
          : statement.trusted.flatMap((party) =>
              party.kind === "service" && ACTS_FOR_OTHERS.test(party.name) ? [party.name] : [],
            ),
      );
      if (services.length === 0) return [];
      const names = [...new Set(services)].sort();
      return [
        {
          subject: subjectOf(resource, graph),
          grantId: null,
          grants: [],
          summary: `the policy of \`${resource.displayName}\` lets ${names.map((name) => `\`${name}\``).join(", ")} in on anybody's behalf: nothing in it says whose`,
          evidence: evidence(now, "resource policy"),
          suggestion: "fix-trust" as const,
          floor: { score: 20, name: "a service may act for anybody" },
          signals: [{ family: "trust" as const, name: "service trusted without a source", value: 0.6 }],
          scoreSubjectId: resource.id,
        },
      ];
    });
    return { drafts, examined: policies.length, undecided };
  },
};
