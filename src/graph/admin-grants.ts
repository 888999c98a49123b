import type { ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { wideAllows, wideDenies } from "../policy/aws/wide-actions.ts";
import type { AccessGraph, AdminGrant, Holding } from "./access-graph.ts";
import { guardrailIndex } from "./guardrail-index.ts";

/** The two sets of actions whose holder administers a tenant, wider first. */
const HOW = [
  ["*", "all-actions"],
  ["iam:*", "all-iam-actions"],
] as const;
type Pattern = (typeof HOW)[number][0];

/** Taking away one of these whole takes administration away, whatever else is left (see "Admin" in ARCHITECTURE.md). */
const ESSENTIAL: Readonly<Record<Pattern, readonly string[]>> = {
  "*": ["*", "iam:*", "sts:*", "organizations:*"],
  "iam:*": ["iam:*"],
};

/** What one document says about one set of actions: condition keys of the freest Allow (none: undefined), and of every Deny. */
interface Verdict {
  readonly allow: readonly string[] | undefined;
  readonly denies: readonly (readonly string[])[];
}

/** What one document says about administration, or why nobody can tell. */
type Summary =
  | { readonly known: true; readonly verdicts: Readonly<Record<Pattern, Verdict>> }
  | { readonly known: false; readonly why: string };

/** What a principal acts with at one time: its own policies, or one permission set. */
interface ActingContext {
  readonly tenantId: string;
  /** The principal itself or the permission set: whose boundary counts. */
  readonly id: string;
  readonly serviceLinked: boolean;
  readonly held: Holding[];
}

/** What other layers leave of an Allow: the keys it still depends on and what could not be read; undefined where nothing is left. */
type Left = { readonly conditions: readonly string[]; readonly unread: readonly string[] } | undefined;

/**
 * Answers which grants make a principal administrator of its tenant: everything on everything, or all of IAM on everything,
 * after the denies it holds itself, its boundary and the organization's SCPs. Wide statements only: what somebody can become
 * over several narrow permissions is another question. Remembers answers and what each document says.
 */
export function adminResolver(graph: AccessGraph): (principalId: string) => readonly AdminGrant[] {
  const guardrails = guardrailIndex(graph.snapshot);
  const summaries = new Map<string, Summary>();
  const answers = new Map<string, readonly AdminGrant[]>();

  const summaryOf = (policyId: string, tenantId: string): Summary => {
    const key = `${tenantId}|${policyId}`;
    let summary = summaries.get(key);
    if (summary === undefined) summaries.set(key, (summary = summarise(graph, policyId, tenantId)));
    return summary;
  };
  const policyOf = (grantOrHolding: { readonly entitlementId: string }): string | undefined => {
    const entitlement = graph.entitlement(grantOrHolding.entitlementId);
    return entitlement?.kind === "policy" ? entitlement.targetId : undefined;
  };
  const allows = (policyId: string, tenantId: string): boolean => {
    const summary = summaryOf(policyId, tenantId);
    return summary.known && HOW.some(([pattern]) => summary.verdicts[pattern].allow !== undefined);
  };
  /** Most principals hold nothing wide: told without putting their holdings together. */
  const mayAdminister = (principalId: string): boolean =>
    [principalId, ...graph.groupsOf(principalId).map(({ groupId }) => groupId)].some((holder) =>
      graph.grantsOf(holder).some((grant) => {
        const policyId = policyOf(grant);
        return policyId !== undefined && allows(policyId, grant.tenantId);
      }),
    );

  const workOut = (principalId: string): readonly AdminGrant[] => {
    const principal = graph.principal(principalId);
    if (principal === undefined || principal.system !== "aws" || !mayAdminister(principalId)) return [];
    const found: AdminGrant[] = [];
    for (const context of contextsOf(principalId, graph)) {
      for (const [pattern, how] of HOW) {
        const candidates = context.held.flatMap((holding) => {
          const policyId = policyOf(holding) ?? "";
          const summary = summaryOf(policyId, context.tenantId);
          const conditions = summary.known ? summary.verdicts[pattern].allow : undefined;
          // A policy that allows everything is reported as that, not once more as all of IAM.
          return conditions === undefined || found.some((admin) => admin.holding.id === holding.id)
            ? []
            : [{ holding, policyId, conditions }];
        });
        if (candidates.length === 0) continue;
        const left = afterOtherLayers(context, pattern);
        if (left === undefined) continue;
        for (const { holding, policyId, conditions } of candidates) {
          const all = [...new Set([...conditions, ...left.conditions])].sort();
          const state = left.unread.length > 0 ? "unknown" : all.length > 0 ? "conditional" : "yes";
          found.push({
            principalId,
            tenantId: context.tenantId,
            holding,
            policyId,
            state,
            conditions: all,
            unread: left.unread,
            how,
          });
        }
      }
    }
    const rank = { yes: 0, conditional: 1, unknown: 2 } as const;
    return found.sort(
      (a, b) =>
        rank[a.state] - rank[b.state] ||
        a.holding.via.length - b.holding.via.length ||
        (a.holding.id < b.holding.id ? -1 : 1),
    );
  };

  const afterOtherLayers = (context: ActingContext, pattern: Pattern): Left => {
    const conditions = new Set<string>();
    const unread = new Set<string>();
    /** Takes in what a document denies; false where it denies for good. */
    const survives = ({ denies }: Verdict): boolean => {
      for (const keys of denies) for (const key of keys) conditions.add(key);
      return denies.every((keys) => keys.length > 0);
    };
    const verdict = (what: string, policyId: string): Verdict | undefined => {
      const summary = summaryOf(policyId, context.tenantId);
      if (summary.known) return summary.verdicts[pattern];
      unread.add(`${what} \`${graph.policy(policyId)?.name ?? policyId}\`: ${summary.why}`);
      return undefined;
    };
    // Explicit denies win, whichever of the principal's policies holds them; one that was not read may hold one.
    for (const policyId of new Set(context.held.map((holding) => policyOf(holding) ?? ""))) {
      const said = verdict("policy", policyId);
      if (said !== undefined && !survives(said)) return undefined;
    }
    const layers = [
      ...(guardrails.boundaries.get(context.id) ?? []).map((policyId) => ["boundary", [policyId]] as const),
      // SCPs do not reach service-linked roles.
      ...(context.serviceLinked ? [] : (guardrails.scpLevels.get(context.tenantId) ?? [])).map(
        (level) => ["organization policy", level] as const,
      ),
    ];
    for (const [what, policyIds] of layers) {
      const said = policyIds.map((policyId) => verdict(what, policyId));
      const read = said.filter((one) => one !== undefined);
      if (!read.every(survives)) return undefined;
      const allowed = read.flatMap(({ allow }) => (allow === undefined ? [] : [allow]));
      if (allowed.length === 0 && read.length === said.length) return undefined;
      if (!allowed.some((keys) => keys.length === 0)) for (const key of allowed[0] ?? []) conditions.add(key);
    }
    return { conditions: [...conditions].sort(), unread: [...unread].sort() };
  };

  return (principalId) => {
    let answer = answers.get(principalId);
    if (answer === undefined) answers.set(principalId, (answer = workOut(principalId)));
    return answer;
  };
}

/** A person works through one permission set at a time: its policies meet neither those of another set nor the person's own. */
function contextsOf(principalId: string, graph: AccessGraph): Iterable<ActingContext> {
  const contexts = new Map<string, ActingContext>();
  for (const holding of graph.holdingsOf(principalId)) {
    if (graph.entitlement(holding.entitlementId)?.kind !== "policy") continue;
    const id = holding.via.find((step) => graph.principal(step)?.nativeType === "permission-set") ?? principalId;
    const actor = graph.principal(id);
    const context = contexts.get(id) ?? {
      id,
      tenantId: actor?.tenantId ?? "",
      serviceLinked: actor?.attributes["serviceLinked"] === true,
      held: [],
    };
    context.held.push(holding);
    contexts.set(id, context);
  }
  return contexts.values();
}

function summarise(graph: AccessGraph, policyId: string, tenantId: string): Summary {
  const parsed = graph.parsed(policyId);
  if (!parsed.known) return parsed;
  const tenant = graph.tenant(tenantId)?.nativeId;
  return {
    known: true,
    verdicts: { "*": verdictOn(parsed.value, "*", tenant), "iam:*": verdictOn(parsed.value, "iam:*", tenant) },
  };
}

function verdictOn(policy: ParsedPolicy, pattern: Pattern, tenant: string | undefined): Verdict {
  const allows = wideAllows(policy, pattern, tenant).map(({ conditions }) => conditions);
  const denies = ESSENTIAL[pattern].flatMap((essential) =>
    wideDenies(policy, essential, tenant).map(({ conditions }) => conditions),
  );
  // One statement without a condition is enough; else the keys of the first are named.
  return { allow: allows.find((keys) => keys.length === 0) ?? allows[0], denies };
}
