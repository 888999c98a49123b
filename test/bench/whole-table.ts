import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { whatApplies } from "../../src/policy/aws/applies.ts";
import { compilePolicy } from "../../src/policy/aws/compile-policy.ts";
import { effectiveAccess } from "../../src/policy/aws/effective-access.ts";
import { decide } from "../../src/policy/aws/evaluate.ts";
import { GivenContext } from "../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies } from "../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../src/policy/aws/request-principal.ts";
import { BENCH_POLICIES } from "./generate-simulate-lines.ts";

const TENANT = "111122223333";

/** What one principal can do over every action AWS documents, in milliseconds of one core. */
export interface WholeTable {
  readonly actions: number;
  /** By set algebra, the first principal of a process: the table is unfolded on the way. */
  readonly first: number;
  /** Each of those behind it, which have a set of their own and share nothing with it. */
  readonly each: number;
  /** The same by one question an action, for comparison. */
  readonly oneByOne: number;
}

/** Works out for as many principals, one after the other, what they can do. */
export async function measureWholeTable(principals: number): Promise<WholeTable> {
  const table = await loadActionTable();
  const layer = (documents: readonly unknown[]): LayerPolicies => ({
    policies: documents.map((document, name) => {
      const parsed = parsePolicy(JSON.stringify(document));
      if (!parsed.known) throw new Error(parsed.why);
      return { name, policy: compilePolicy(parsed.value) };
    }),
  });
  const prepared = (number: number) => {
    const principal = requestPrincipal(`arn:aws:iam::${TENANT}:user/user-${number}`);
    if (principal === undefined) throw new Error("no principal");
    const set = new PolicySet({
      identity: layer(BENCH_POLICIES.identityPolicies),
      boundary: layer(BENCH_POLICIES.boundary),
      scps: BENCH_POLICIES.scps.map(layer),
    });
    const context = new GivenContext(null, principal, TENANT, true);
    const request = (action: string) => ({ principal, action, resource: "*", resourceTenant: TENANT, context });
    return { set, request };
  };
  const timed = (work: () => void): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  const together = (number: number): number =>
    timed(() => {
      const { set, request } = prepared(number);
      const ask = (action: string) => {
        const asked = request(action);
        return { request: asked, applies: whatApplies(set, asked, table) };
      };
      if (effectiveAccess(set, ask, table).regions.length === 0) throw new Error("nothing is allowed");
    });
  const first = together(0);
  const more = Array.from({ length: principals - 1 }, (_, number) => together(number + 1));
  const oneByOne = timed(() => {
    const { set, request } = prepared(principals);
    for (let id = 0; id < table.size; id += 1) decide(set, request(table.nameOf(id).toLowerCase()), table);
  });
  return { actions: table.size, first, each: more.reduce((sum, one) => sum + one, 0) / more.length, oneByOne };
}
