import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../src/policy/aws/compile-policy.ts";
import { decide } from "../../src/policy/aws/evaluate.ts";
import { GivenContext } from "../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies } from "../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../src/policy/aws/request-principal.ts";
import { BENCH_POLICIES } from "./generate-simulate-lines.ts";

/** What one principal can do over every action AWS documents, in milliseconds of one core. */
export interface WholeTable {
  readonly actions: number;
  /** For the first principal of a process, plans and table unfolded on the way. */
  readonly first: number;
  /** For each of those behind it, which share neither set nor plans. */
  readonly each: number;
}

/**
 * Asks for every action whether some resource is allowed, one question after the other: what an index over the whole table has
 * to beat.
 */
export async function measureWholeTable(principals: number): Promise<WholeTable> {
  const table = await loadActionTable();
  const layer = (documents: readonly unknown[]): LayerPolicies => ({
    policies: documents.map((document, name) => {
      const parsed = parsePolicy(JSON.stringify(document));
      if (!parsed.known) throw new Error(parsed.why);
      return { name, policy: compilePolicy(parsed.value) };
    }),
  });
  const ask = (number: number): number => {
    const principal = requestPrincipal(`arn:aws:iam::111122223333:user/user-${number}`);
    if (principal === undefined) throw new Error("no principal");
    const started = performance.now();
    const set = new PolicySet({
      identity: layer(BENCH_POLICIES.identityPolicies),
      boundary: layer(BENCH_POLICIES.boundary),
      scps: BENCH_POLICIES.scps.map(layer),
    });
    const context = new GivenContext(null, principal, "111122223333", true);
    for (let id = 0; id < table.size; id += 1) {
      const action = table.nameOf(id).toLowerCase();
      decide(set, { principal, action, resource: "*", resourceTenant: "111122223333", context }, table);
    }
    return performance.now() - started;
  };
  const first = ask(0);
  const more = Array.from({ length: principals - 1 }, (_, number) => ask(number + 1));
  return { actions: table.size, first, each: more.reduce((sum, one) => sum + one, 0) / more.length };
}
