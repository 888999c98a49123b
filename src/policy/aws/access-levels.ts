import type { AccessLevel } from "../../model/entitlement.ts";
import { loadActionTable } from "./action-table.ts";
import type { ParsedPolicy } from "./parse-policy.ts";
import { actionCovers, wildcardMatches } from "./wildcard.ts";

const ORDER: readonly AccessLevel[] = ["none", "list", "read", "write", "admin"];

/** A level, or that a service is not in the action table: newer than it, or misspelt. */
export type ServiceLevel = AccessLevel | "unknown";

/** The higher of two levels. */
function higherLevel(a: AccessLevel, b: AccessLevel): AccessLevel {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

const remembered = new WeakMap<ParsedPolicy, Promise<ReadonlyMap<string, ServiceLevel>>>();

/**
 * The highest level a policy's Allow statements grant per service, `*` standing for every service at once. What the policy
 * says, not what is left after denies and other layers.
 */
export function levelsByService(policy: ParsedPolicy): Promise<ReadonlyMap<string, ServiceLevel>> {
  const known = remembered.get(policy);
  if (known !== undefined) return known;
  const levels = workOut(policy);
  remembered.set(policy, levels);
  return levels;
}

async function workOut(policy: ParsedPolicy): Promise<ReadonlyMap<string, ServiceLevel>> {
  const { services } = await loadActionTable();
  const levels = new Map<string, ServiceLevel>();
  const raise = (service: string, level: AccessLevel): void => {
    const before = levels.get(service) ?? "none";
    if (level !== "none" && before !== "unknown") levels.set(service, higherLevel(before, level));
  };
  for (const { effect, actions, notActions } of policy.statements) {
    if (effect !== "Allow") continue;
    if (actions.some((pattern) => actionCovers(pattern, "*"))) raise("*", "admin");
    else if (notActions.length > 0) {
      const except = byService(notActions);
      for (const [service, names] of services)
        raise(
          service,
          highest(names, (name) => !meant(except, service, name)),
        );
    } else {
      const meaning = byService(actions);
      // A wildcard in the service's place reaches them all; otherwise only the services that are named are looked at.
      const reached = meaning.has("") ? services.keys() : meaning.keys();
      for (const service of reached) {
        const names = services.get(service);
        if (names !== undefined) {
          raise(
            service,
            highest(names, (name) => meant(meaning, service, name)),
          );
        } else if (service !== "") levels.set(service, "unknown");
      }
    }
  }
  return levels;
}

/** Name patterns by service, lower case; under the empty text whole patterns whose service is a pattern itself. */
function byService(patterns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const pattern of patterns.map((text) => text.toLowerCase())) {
    const [service = "", name] = pattern.split(/:(.*)/s);
    const [key, text] = name === undefined || /[*?]/.test(service) ? ["", pattern] : [service, name];
    grouped.set(key, [...(grouped.get(key) ?? []), text]);
  }
  return grouped;
}

function meant(patterns: ReadonlyMap<string, readonly string[]>, service: string, name: string): boolean {
  return (
    (patterns.get(service) ?? []).some((pattern) => wildcardMatches(pattern, name)) ||
    (patterns.get("") ?? []).some((pattern) => wildcardMatches(pattern, `${service}:${name}`))
  );
}

/** The highest level among the actions that count; stops looking once it cannot rise. */
function highest(actions: ReadonlyMap<string, AccessLevel>, counts: (name: string) => boolean): AccessLevel {
  let found: AccessLevel = "none";
  for (const [name, level] of actions) {
    if (ORDER.indexOf(level) > ORDER.indexOf(found) && counts(name)) found = level;
    if (found === "admin") break;
  }
  return found;
}
