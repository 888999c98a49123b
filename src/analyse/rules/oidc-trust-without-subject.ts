import { conditionsOn, narrows, type TrustStatement } from "../../policy/aws/trust.ts";
import { evaluateTrusts } from "../evaluate-trusts.ts";
import type { Rule } from "../rule.ts";
import { evidence } from "../subject.ts";

/** A role that trusts an OIDC provider without saying whose tokens. */
export const oidcTrustWithoutSubject: Rule = {
  id: "oidc-trust-without-subject",
  title: "OIDC trust does not say whose tokens",
  concern: "overbroad",
  rationale: "every workload that the provider issues tokens to can assume the role",
  remediation: "require the subject (`…:sub`) of the workload in the trust policy",
  controls: ["SOC 2 CC6.1", "ISO 27001 A.5.15", "PCI DSS 8.6.1"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    return evaluateTrusts(graph, readable, (role, statement) => {
      const providers = statement.trusted.flatMap((party) => {
        if (party.kind !== "federated") return [];
        if (BUILT_IN.has(party.provider)) return [party.provider];
        const at = party.provider.indexOf(PROVIDER);
        const host = party.provider.slice(at + PROVIDER.length);
        // GitHub's tokens have rules of their own, which know what the subjects are.
        return at < 0 || GITHUB.test(host) ? [] : [host];
      });
      const loose = providers.find(
        (provider) =>
          ![...SUBJECTS, ...(BUILT_IN.has(provider) ? APPLICATIONS : [])].some((claim) =>
            conditionsOn(statement, `${provider}:${claim}`).some(saysWho),
          ),
      );
      if (loose === undefined) return undefined;
      return {
        grants: graph
          .holdersOf(`${role.id}#assume`)
          .filter((holding) => holding.principalId.endsWith(loose))
          .map((holding) => holding.id),
        summary: `role \`${role.displayName}\` trusts every token of \`${loose}\`: no condition on the subject narrows it`,
        evidence: evidence(now, "trust policy of the role"),
        suggestion: "fix-trust",
        floor: { score: 45, name: "open to every workload of the provider" },
        signals: [{ family: "trust", name: "OIDC trust without subject", value: 0.6 }],
      };
    });
  },
};

const GITHUB = /^token\.actions\.githubusercontent\.com(\/|$)/;
const PROVIDER = "oidc-provider/";

/** Providers that a trust policy names without an ARN ("Creating a role for web identity", IAM User Guide). */
const BUILT_IN: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);

/** Of those, the claims that name the application whose users may come. */
const APPLICATIONS = ["aud", "app_id"];

/** Claims that name a workload; the last three are GitHub's, which STS checks as well. */
const SUBJECTS = ["sub", "repository", "repository_id", "enterprise_id"];

/** `*`, `repo:*` and the like name nobody. */
const saysWho = (condition: TrustStatement["conditions"][number]): boolean =>
  narrows(condition) && condition.values.every(namesSomebody);

/** What stands before the first wildcard has to name an owner to its end: `repo:acme/*`, not `repo:*`, `*:ref:…` or `repo:acme*`. */
function namesSomebody(value: string): boolean {
  const [fixed = "", ...wild] = value.split(/[*?]/);
  return wild.length === 0 || /[^/:]+[/:]/.test(fixed.replace(/^(repo|project_path|organization):/, ""));
}
