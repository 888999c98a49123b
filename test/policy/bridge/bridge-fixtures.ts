/** Trust policies, repositories and jobs of the bridge's tests, and AWS's own answer to a token. */
import { known, type Observed } from "../../../src/model/observed.ts";
import type { SubjectTemplate } from "../../../src/model/subject-template.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { GivenContext } from "../../../src/policy/aws/given-context.ts";
import { parsePolicy, type ParsedPolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";
import { tokenContext } from "../../../src/policy/bridge/aws-claims.ts";
import type { TokenRepository } from "../../../src/policy/bridge/token-job.ts";

export const HOST = "token.actions.githubusercontent.com";
export const PROVIDER = { arn: `arn:aws:iam::111122223333:oidc-provider/${HOST}`, url: `https://${HOST}` };

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement for GitHub's tokens; keys without a colon are claims. */
export function statement(condition: Condition, more: Readonly<Record<string, unknown>> = {}) {
  return {
    Effect: "Allow",
    Principal: { Federated: PROVIDER.arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: Object.fromEntries(
      Object.entries(condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys).map(([key, value]) => [key.includes(":") ? key : `${HOST}:${key}`, value]),
        ),
      ]),
    ),
    ...more,
  };
}

export function trustOf(...statements: readonly Readonly<Record<string, unknown>>[]): ParsedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return parsed.value;
}

export function templateOf(
  claims: readonly string[] | null = null,
  immutable: Observed<boolean> = known(false),
): Observed<SubjectTemplate> {
  return known({ claims, immutable, prefix: { known: false, why: "not said" } });
}

export const API: TokenRepository = {
  name: "acme/api",
  repositoryId: 34,
  ownerId: 12,
  enterpriseId: 7,
  visibility: "private",
  subject: templateOf(),
};

const table = await loadActionTable();
const sets = new WeakMap<ParsedPolicy, PolicySet>();

/** What the evaluator decides about a token. */
export function decided(trust: ParsedPolicy, claims: Readonly<Record<string, string>>): string {
  let set = sets.get(trust);
  if (set === undefined) {
    set = new PolicySet({ resource: { policies: [{ name: "trust", policy: compilePolicy(trust) }] } });
    sets.set(trust, set);
  }
  const principal = requestPrincipal(PROVIDER.arn);
  if (principal === undefined) throw new Error("no principal");
  const { decision } = decide(
    set,
    {
      principal,
      action: "sts:assumerolewithwebidentity",
      resource: "arn:aws:iam::111122223333:role/target",
      resourceTenant: "111122223333",
      context: new GivenContext(tokenContext(PROVIDER, claims), principal, "111122223333", false),
    },
    table,
  );
  return decision;
}
