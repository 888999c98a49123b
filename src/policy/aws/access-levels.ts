import type { AccessLevel } from "../../model/entitlement.ts";
import { loadActionTable } from "./action-table.ts";
import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { wildcardMatches } from "./wildcard.ts";

const ORDER: readonly AccessLevel[] = ["none", "list", "read", "write", "admin"];

/** The higher of two levels. */
export function higherLevel(a: AccessLevel, b: AccessLevel): AccessLevel {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

const remembered = new WeakMap<ParsedPolicy, Promise<ReadonlyMap<string, AccessLevel>>>();

/**
 * The highest level a policy's Allow statements grant per service, `*` standing for every service at once. What the policy
 * says, not what is left after denies and other layers.
 */
export function levelsByService(policy: ParsedPolicy): Promise<ReadonlyMap<string, AccessLevel>> {
  const known = remembered.get(policy);
  if (known !== undefined) return known;
  const levels = workOut(policy);
  remembered.set(policy, levels);
  return levels;
}

async function workOut(policy: ParsedPolicy): Promise<ReadonlyMap<string, AccessLevel>> {
  const table = await loadActionTable();
  const levels = new Map<string, AccessLevel>();
  const raise = (service: string, level: AccessLevel): void => void levels.set(service, higherLevel(levels.get(service) ?? "none", level));
  for (const statement of policy.statements) {
    if (statement.effect !== "Allow") continue;
    if (statement.actions.includes("*") || statement.actions.includes("*:*")) {
      raise("*", "admin");
      continue;
    }
    for (const [service, actions] of table.services) {
      for (const [action, level] of actions) {
        if (ORDER.indexOf(level) > ORDER.indexOf(levels.get(service) ?? "none") && matches(statement, service, action)) raise(service, level);
      }
    }
  }
  return levels;
}

function matches(statement: ParsedStatement, service: string, action: string): boolean {
  const hits = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => {
      const lower = pattern.toLowerCase();
      return lower === "*" || (lower.startsWith(`${service}:`) && wildcardMatches(lower.slice(service.length + 1), action));
    });
  return statement.notActions.length > 0 ? !hits(statement.notActions) : hits(statement.actions);
}

/** The highest level over all services. */
export async function policyLevel(policy: ParsedPolicy): Promise<AccessLevel> {
  return [...(await levelsByService(policy)).values()].reduce(higherLevel, "none");
}
