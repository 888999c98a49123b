import type { AccessGraph } from "../../graph/access-graph.ts";
import type { Principal } from "../../model/principal.ts";
import type { FindingDraft, Rule } from "../rule.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";

/** A login of a machine for which nobody technical answers. */
export const machineWithoutTechnicalOwner: Rule = {
  id: "machine-without-technical-owner",
  title: "Machine has no technical owner",
  concern: "unapproved",
  rationale: "when it breaks or leaks there is nobody to call",
  remediation: "name a technical owner in owners.csv",
  controls: ["PCI DSS 7.2.5", "SOC 2 CC6.1", "ISO 27001 A.5.16"],
  needs: ["owner"],
  systems: ["aws", "github"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    const machines = graph.snapshot.principals.filter(
      (principal) => readable(principal.tenantId) && isMachine(principal, graph),
    );
    for (const machine of machines) {
      if (graph.ownersOf(machine).technical !== null) continue;
      drafts.push({
        subject: subjectOf(machine, graph),
        grantId: null,
        grants: graph.grantsOf(machine.id).map((grant) => grant.id),
        summary: `nobody technical answers for the ${machine.kind} \`${machine.displayName}\``,
        evidence: evidence(now, "owners and identity map"),
        suggestion: "ask-owner",
        scoreSubjectId: machine.id,
        signals: [{ family: "ownership", name: "no technical owner", value: 0.2 }],
      });
    }
    return { drafts, examined: machines.length, undecided: [] };
  },
};

/** An app, a mapped service, a role that a workload assumes, or an IAM user that signs in with keys and no password. */
function isMachine(principal: Principal, graph: AccessGraph): boolean {
  if (governedByAws(principal)) return false;
  if (principal.kind === "app") return true;
  if (graph.whoIs(principal.id).state === "service") return true;
  if (principal.kind === "role") {
    if (principal.nativeType !== "iam-role") return false;
    return graph.holdersOf(`${principal.id}#assume`).some(({ principalId }) => {
      const trusted = graph.principal(principalId);
      // Through SAML come people.
      return trusted?.kind === "service" || (trusted?.kind === "federated" && trusted.nativeType !== "saml-provider");
    });
  }
  if (principal.nativeType !== "iam-user" || graph.whoIs(principal.id).state === "linked") return false;
  const kinds = graph
    .credentialsOf(principal.id)
    .filter((credential) => !(credential.status.known && credential.status.value === "inactive"))
    .map((credential) => credential.kind);
  return kinds.includes("access-key") && !kinds.includes("console-password");
}
