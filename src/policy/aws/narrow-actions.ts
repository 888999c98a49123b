import { patternIds } from "./action-bits.ts";
import type { ActionTable } from "./action-table.ts";
import type { LastUses } from "./last-uses.ts";
import { actionCovers, actionMatches } from "./wildcard.ts";

/** One Action or NotAction element of what is left. */
export type NarrowedActions = { readonly Action: readonly string[] } | { readonly NotAction: readonly string[] };

/** Whether a pattern means everything there is. */
const isEverything = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);

/** Takes out of an Action element what is known to be unused. What is left means nothing the element did not mean. */
export function narrowActions(
  patterns: readonly string[],
  uses: LastUses,
  table: ActionTable,
): readonly NarrowedActions[] {
  if (patterns.some(isEverything)) return narrowWide([], uses, table);
  const left = patterns.flatMap((pattern) => narrowPattern(pattern, uses, table));
  return left.length === 0 ? [] : [{ Action: unique(left) }];
}

/** The same of a NotAction element. */
export function narrowWide(
  notActions: readonly string[],
  uses: LastUses,
  table: ActionTable,
): readonly NarrowedActions[] {
  const gone = unusedBeyond(notActions, uses, table);
  if (gone.length === 0) return notActions.length === 0 ? [{ Action: ["*"] }] : [{ NotAction: notActions }];
  // What is not reported stays, although its service goes.
  const spared =
    gone.includes("iam:*") && !notActions.some((one) => actionMatches(one, "iam:PassRole")) ? ["iam:PassRole"] : [];
  const except = { NotAction: [...notActions, ...gone] };
  const named = { Action: everyService(notActions, uses, table) };
  if (JSON.stringify(except).length <= JSON.stringify(named).length)
    return [except, ...(spared.length > 0 ? [{ Action: spared }] : [])];
  return named.Action.length === 0 ? [] : [named];
}

/** Patterns of what is unused and not left out yet: whole services, and single actions of services that were used. */
function unusedBeyond(notActions: readonly string[], uses: LastUses, table: ActionTable): readonly string[] {
  const gone: string[] = [];
  for (const service of uses.services) {
    if (notActions.some((one) => actionCovers(one, `${service}:*`))) continue;
    if (uses.service(service) === "unused") gone.push(`${service}:*`);
    else
      for (const id of patternIds(`${service}:*`, table)) {
        const name = table.nameOf(id);
        if (uses.action(name) === "unused" && !notActions.some((one) => actionMatches(one, name))) gone.push(name);
      }
  }
  return gone;
}

/** What is left, service by service: services nobody has heard of are not among them. */
function everyService(notActions: readonly string[], uses: LastUses, table: ActionTable): readonly string[] {
  const services = [...new Set([...table.services.keys(), ...uses.services])].sort();
  return services.flatMap((service) => {
    const except = notActions.filter((one) => one.toLowerCase().startsWith(`${service}:`));
    if (except.some((one) => actionCovers(one, `${service}:*`))) return [];
    if (except.length === 0) return narrowPattern(`${service}:*`, uses, table);
    const spared = (name: string): boolean => except.some((one) => actionMatches(one, name));
    const kept = [...patternIds(`${service}:*`, table)].filter(
      (id) => !spared(table.nameOf(id)) && uses.action(table.nameOf(id)) !== "unused",
    );
    const allowed = (pattern: string): boolean => !except.some((one) => patternsMayMeet(one, pattern));
    const more = uses.usedActions(service).filter((name) => table.idOf(name) === undefined && !spared(name));
    return [...compressed(service, kept, table, allowed), ...more];
  });
}

/** Whether an exception may mean something of a pattern that ends in its only star. */
function patternsMayMeet(except: string, pattern: string): boolean {
  const prefix = pattern.slice(0, -1).toLowerCase();
  const literal = except.toLowerCase().split(/[*?]/, 1)[0] ?? "";
  return literal.startsWith(prefix) || prefix.startsWith(literal);
}

function narrowPattern(pattern: string, uses: LastUses, table: ActionTable): readonly string[] {
  const colon = pattern.indexOf(":");
  const service = pattern.slice(0, Math.max(0, colon)).toLowerCase();
  // AWS refuses a pattern in the service's place, and it means nothing.
  if (colon <= 0 || /[*?]/.test(service) || !uses.tellsOf(service)) return [pattern];
  if (!/[*?]/.test(pattern)) return uses.action(pattern) === "unused" ? [] : [pattern];
  const ids = patternIds(pattern, table);
  const kept = [...ids].filter((id) => uses.action(table.nameOf(id)) !== "unused");
  const used = uses
    .usedActions(service)
    .filter((name) => actionMatches(pattern, name) && table.idOf(name) === undefined);
  if (kept.length === ids.length && uses.service(service) !== "unused") return [pattern];
  return [...compressed(service, kept, table, (prefix) => actionCovers(pattern, prefix)), ...used];
}

/**
 * Names as few patterns: a beginning with a star wherever every documented action that begins so is kept, whole words first.
 * `allowed` says whether a pattern may be written at all.
 */
function compressed(
  service: string,
  kept: readonly number[],
  table: ActionTable,
  allowed: (pattern: string) => boolean,
): readonly string[] {
  const keep = new Set(kept);
  const range = table.range(service);
  if (range === undefined) return [];
  const names: (readonly [id: number, folded: string])[] = [];
  for (let id = range.first; id < range.end; id += 1)
    names.push([
      id,
      table
        .nameOf(id)
        .slice(service.length + 1)
        .toLowerCase(),
    ]);
  const done = new Set<number>();
  const patterns: string[] = [];
  for (const id of kept) {
    if (done.has(id)) continue;
    const name = table.nameOf(id).slice(service.length + 1);
    let found = `${service}:${name}`;
    for (const end of wordEnds(name)) {
      const pattern = `${service}:${name.slice(0, end)}*`;
      const prefix = name.slice(0, end).toLowerCase();
      const meant = names.filter(([, other]) => other.startsWith(prefix)).map(([other]) => other);
      if (meant.length < 2 || !meant.every((other) => keep.has(other)) || !allowed(pattern)) continue;
      for (const other of meant) done.add(other);
      found = pattern;
      break;
    }
    patterns.push(found);
  }
  return patterns;
}

/** Places behind whole words: 3, 9 for `GetObjectAcl`. */
function wordEnds(name: string): readonly number[] {
  return [...name.matchAll(/[a-z0-9](?=[A-Z])/g)].map(({ index }) => index + 1);
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
