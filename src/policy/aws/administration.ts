import type { Applies } from "./applies.ts";
import type { OpenCondition } from "./decision.ts";
import { all, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { ParsedPolicy } from "./parse-policy.ts";
import type { LayerPolicies, PolicySet } from "./policy-set.ts";
import { MAYBE, NO, YES } from "./request-context.ts";
import { coversActions, coversEveryResource, wideDenies } from "./wide-actions.ts";

/** Whether a set of policies administers its tenant, and by which statements. */
export interface Administration {
  readonly truth: OpenTruth;
  /** Names of the identity policies that together allow everything: the fewest that do. */
  readonly policies: readonly (string | number)[];
  /** What it hangs on, in order of key. */
  readonly conditions: readonly OpenCondition[];
}

const NONE: Administration = { truth: NO, policies: [], conditions: [] };
/** Taking away one of these whole takes administration away, whatever else is left. */
const ESSENTIAL = ["*", "iam:*", "sts:*", "organizations:*"] as const;

/** A wide Allow of one layer: unconditional where `conditions` is empty. */
interface WideAllow {
  readonly policies: readonly (string | number)[];
  readonly conditions: readonly OpenCondition[];
}

/**
 * Administration as ARCHITECTURE.md defines it: after all layers every action on every resource is allowed; denies that leave
 * `iam:*`, `sts:*` and `organizations:*` whole do not change that. One statement may allow everything, or one with NotAction
 * together with others that allow what it leaves out.
 */
export function administration(set: PolicySet, applies: Pick<Applies, "boundary" | "session" | "scp">): Administration {
  const { layers } = set;
  const read = wideAllow(layers.identity);
  // What was not read may be everything.
  if (read === undefined && (layers.identity?.unread?.length ?? 0) === 0) return NONE;
  const identity = read ?? { policies: [], conditions: [] };
  const conditions = new Map<string, OpenCondition>();
  const note = (found: readonly OpenCondition[]): void => {
    for (const one of found) conditions.set(`${one.key.toLowerCase()} ${one.operator} ${one.values.join(" ")}`, one);
  };
  note(identity.conditions);
  let truth: OpenTruth = read === undefined ? UNREAD : identity.conditions.length === 0 ? YES : MAYBE;
  const limits: LayerPolicies[] = [];
  if (applies.boundary && layers.boundary !== undefined) limits.push(layers.boundary);
  if (applies.session && layers.session !== undefined) limits.push(layers.session);
  if (applies.scp) limits.push(...(layers.scps ?? []));
  for (const limit of limits) {
    const allowed = wideAllow(limit);
    if (allowed === undefined) {
      if ((limit.unread?.length ?? 0) === 0) return NONE;
      truth = UNREAD;
    } else if (allowed.conditions.length > 0) {
      truth = all(truth, MAYBE);
      note(allowed.conditions);
    }
  }
  for (const layer of [...(layers.identity === undefined ? [] : [layers.identity]), ...limits]) {
    // A document that was not read may deny.
    if ((layer.unread?.length ?? 0) > 0) truth = UNREAD;
    for (const { policy } of layer.policies) {
      for (const essential of ESSENTIAL) {
        for (const { statement } of wideDenies(policy.parsed, essential)) {
          if (statement.conditions.length === 0) return NONE;
          truth = all(truth, MAYBE);
          note(statement.conditions);
        }
      }
    }
  }
  return {
    truth,
    policies: identity.policies,
    conditions: [...conditions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
  };
}

function wideAllow(layer: LayerPolicies | undefined): WideAllow | undefined {
  let best: WideAllow | undefined;
  for (const { name, policy } of layer?.policies ?? []) {
    for (const statement of policy.parsed.statements) {
      if (statement.effect !== "Allow" || !coversEveryResource(statement)) continue;
      const { conditions } = statement;
      let found: WideAllow | undefined;
      if (coversActions(statement, "*")) found = { policies: [name], conditions };
      else if (statement.notActions.length > 0) {
        const others = leftOutIsAllowed(statement.notActions, layer?.policies ?? []);
        if (others !== undefined)
          found = {
            policies: [...new Set([name, ...others.policies])],
            conditions: [...conditions, ...others.conditions],
          };
      }
      if (found !== undefined && (best === undefined || easier(found, best))) best = found;
    }
  }
  return best;
}

/** Certain before conditional, and of equals the one with fewer policies. */
function easier(a: WideAllow, b: WideAllow): boolean {
  if ((a.conditions.length === 0) !== (b.conditions.length === 0)) return a.conditions.length === 0;
  return a.policies.length < b.policies.length;
}

/** Whether statements on every resource allow each of the patterns a NotAction leaves out. */
function leftOutIsAllowed(leftOut: readonly string[], policies: LayerPolicies["policies"]): WideAllow | undefined {
  const used: (string | number)[] = [];
  const conditions: OpenCondition[] = [];
  for (const pattern of leftOut) {
    const found = policies.flatMap(({ name, policy }) => {
      const keys = allowsWhole(policy.parsed, pattern);
      return keys === undefined ? [] : [{ name, keys }];
    });
    const one = found.find(({ keys }) => keys.length === 0) ?? found[0];
    if (one === undefined) return undefined;
    used.push(one.name);
    conditions.push(...one.keys);
  }
  return { policies: used, conditions };
}

function allowsWhole(policy: ParsedPolicy, pattern: string): readonly OpenCondition[] | undefined {
  const found = policy.statements.filter(
    (one) => one.effect === "Allow" && coversEveryResource(one) && coversActions(one, pattern),
  );
  return (found.find(({ conditions }) => conditions.length === 0) ?? found[0])?.conditions;
}
