import type { ParsedStatement } from "./parse-policy.ts";
import { actionCovers } from "./wildcard.ts";
import { coversActions } from "./wide-actions.ts";

/**
 * Whether every statement of one effect in `narrow` says no more than statements of `wide` do, for every action there is or will
 * be: element by element, so a yes is certain and a no may be a lack of proof.
 */
export function refinesStatements(
  narrow: readonly ParsedStatement[],
  wide: readonly ParsedStatement[],
  effect: ParsedStatement["effect"],
): boolean {
  const others = new Map<string, ParsedStatement[]>();
  for (const one of wide) {
    if (one.effect !== effect || one.empty !== undefined) continue;
    for (const place of placesOf(one)) {
      const known = others.get(place);
      if (known === undefined) others.set(place, [one]);
      else known.push(one);
    }
  }
  return narrow
    .filter((one) => one.effect === effect && one.empty === undefined)
    .every((one) => {
      const wider = others.get(placeOf(one, EVERYWHERE)) ?? [];
      return placesOf(one).every((place) => {
        const like = [...(others.get(place) ?? []), ...wider];
        if (one.notActions.length > 0) return like.some((other) => allBut(one.notActions, other));
        return one.actions.every((pattern) => like.some((other) => coversActions(other, pattern)));
      });
    });
}

const EVERYWHERE = '"*"';

/** Where and when a statement holds: entry by entry of a Resource element, a NotResource only as a whole. */
function placesOf(statement: ParsedStatement): readonly string[] {
  const { resources, notResources } = statement;
  if (resources.length === 0) return [placeOf(statement, `not ${sorted(notResources)}`)];
  return [...new Set(resources)].map((resource) => placeOf(statement, JSON.stringify(resource)));
}

function placeOf({ conditions }: ParsedStatement, where: string): string {
  const texts = conditions.map(({ operator, key, values }) => JSON.stringify([operator, key, [...values].sort()]));
  return `${where} ${sorted(texts)}`;
}

/** Whether "all but these" lies in what a statement means. */
function allBut(except: readonly string[], wide: ParsedStatement): boolean {
  if (wide.notActions.length === 0) return wide.actions.some((pattern) => /^\*+(:\*+)?$/.test(pattern));
  return wide.notActions.every((left) => except.some((pattern) => actionCovers(pattern, left)));
}

function sorted(texts: readonly string[]): string {
  return JSON.stringify([...texts].sort());
}
