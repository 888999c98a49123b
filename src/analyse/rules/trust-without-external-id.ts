import { conditionsOn, narrows } from "../../policy/aws/trust.ts";
import { tenantInWords } from "../known-tenants.ts";
import { evaluateTrusts } from "../evaluate-trusts.ts";
import type { Rule } from "../rule.ts";
import { evidence } from "../subject.ts";

/** A role that trusts a tenant outside the organization without external id. */
export const trustWithoutExternalId: Rule = {
  id: "trust-without-external-id",
  title: "Foreign tenant is trusted without an external id",
  concern: "overbroad",
  rationale: "a vendor that is tricked by another of its customers opens this role (confused deputy)",
  remediation: "agree on an external id with the vendor and require it in the trust policy",
  controls: ["SOC 2 CC6.3", "ISO 27001 A.5.19", "PCI DSS 7.2.5"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const own = new Set(
      graph.snapshot.tenants.filter((tenant) => tenant.system === "aws").map((tenant) => tenant.nativeId),
    );
    return evaluateTrusts(graph, readable, (role, statement) => {
      const foreign = statement.trusted.flatMap((party) =>
        (party.kind === "tenant" || party.kind === "principal") && !own.has(party.tenant) ? [party.tenant] : [],
      );
      const limits = ["sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceIdentity"].flatMap(
        (key) => conditionsOn(statement, key),
      );
      if (foreign.length === 0 || limits.some(narrows)) return undefined;
      const tenants = [...new Set(foreign)].sort();
      return {
        grants: graph
          .holdersOf(`${role.id}#assume`)
          .filter((holding) => tenants.some((tenant) => holding.principalId.includes(tenant)))
          .map((holding) => holding.id),
        summary: `role \`${role.displayName}\` trusts tenant ${tenants.map(tenantInWords).join(", ")}, which is not one of ours, without an external id`,
        evidence: evidence(now, "trust policy of the role"),
        suggestion: "fix-trust",
        floor: { score: 20, name: "open to a foreign tenant" },
        signals: [{ family: "trust", name: "foreign tenant without external id", value: 0.6 }],
      };
    });
  },
};
