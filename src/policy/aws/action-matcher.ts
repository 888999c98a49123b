import { wildcardMatches } from "./wildcard.ts";

/**
 * The Action or NotAction element of a statement, ready to be asked. Actions are case-insensitive; wildcards stand in the
 * name only, except `*` (and `*:*`), which means everything. A pattern that AWS would refuse, such as `iam*:Get*`, means nothing.
 * Source: "IAM JSON policy elements: Action", IAM User Guide.
 */
export interface ActionMatcher {
  readonly not: boolean;
  /** Lower-case patterns AWS accepts; `*` for everything. */
  readonly patterns: readonly string[];
  /** Whether the element is about the action (`s3:getobject`, lower case), NotAction taken into account. */
  matches(action: string): boolean;
}

/** Prepares one of the two elements; the other one is empty. */
export function actionMatcher(actions: readonly string[], notActions: readonly string[]): ActionMatcher {
  const not = actions.length === 0 && notActions.length > 0;
  const patterns = (not ? notActions : actions).flatMap(legal);
  const everything = patterns.includes("*");
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  // Only patterns of the action's own service can mean it.
  const byService = new Map<string, string[]>();
  for (const pattern of patterns) {
    if (exact.has(pattern) || pattern === "*") continue;
    const service = pattern.slice(0, pattern.indexOf(":"));
    const names = byService.get(service);
    if (names === undefined) byService.set(service, [pattern.slice(service.length + 1)]);
    else names.push(pattern.slice(service.length + 1));
  }
  const named = (action: string): boolean => {
    if (everything || exact.has(action)) return true;
    if (byService.size === 0) return false;
    const colon = action.indexOf(":");
    const names = byService.get(action.slice(0, colon));
    if (names === undefined) return false;
    const name = action.slice(colon + 1);
    return names.some((pattern) => wildcardMatches(pattern, name));
  };
  return { not, patterns, matches: not ? (action) => !named(action) : named };
}

function legal(pattern: string): readonly string[] {
  const folded = pattern.toLowerCase();
  if (/^\*+(:\*+)?$/.test(folded)) return ["*"];
  const colon = folded.indexOf(":");
  return colon > 0 && colon < folded.length - 1 && !/[*?]/.test(folded.slice(0, colon)) ? [folded] : [];
}
