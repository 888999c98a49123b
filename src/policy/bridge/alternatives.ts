import { bothDemands } from "../names/demands.ts";
import type { NameDemand } from "../names/name-pattern.ts";

/** What must hold together: a demand on each variable of the token that is asked about, and what else has to be so. */
export interface Alternative {
  readonly variables: ReadonlyMap<string, NameDemand>;
  readonly needs: readonly string[];
  readonly missing: readonly string[];
}

/** Any one of them is enough; none of them: it cannot be. */
export type Alternatives = readonly Alternative[];

/** Nothing is asked. */
export const ALWAYS: Alternatives = [{ variables: new Map(), needs: [], missing: [] }];
/** It cannot be. */
export const NEVER: Alternatives = [];

/** Alternatives that are worked out side by side before it is called too many. */
export const MOST_ALTERNATIVES = 256;

/** One alternative that asks something of one variable. */
export function asks(variable: string, demand: NameDemand): Alternative {
  return { variables: new Map([[variable, demand]]), needs: [], missing: [] };
}

/** Hangs on something else, in words. */
export function needing(need: string): Alternatives {
  return [{ variables: new Map(), needs: [need], missing: [] }];
}

/** Nobody knows; `missing` says what was not read. */
export function unread(missing: string): Alternatives {
  return [{ variables: new Map(), needs: [], missing: [missing] }];
}

/** All of them have to hold. */
export function allOf(parts: readonly Alternatives[]): Alternatives {
  let result = ALWAYS;
  for (const part of parts) {
    if (result === ALWAYS) result = part;
    else if (part !== ALWAYS) result = limited(result.flatMap((a) => part.map((b) => both(a, b))));
  }
  return result;
}

/** One of them is enough. */
export function anyOf(parts: readonly Alternatives[]): Alternatives {
  const found = parts.flat();
  const free = found.find(({ variables, needs, missing }) => variables.size + needs.length + missing.length === 0);
  return free === undefined ? limited(found) : ALWAYS;
}

function both(a: Alternative, b: Alternative): Alternative {
  const variables = new Map(a.variables);
  for (const [variable, demand] of b.variables) {
    const before = variables.get(variable);
    variables.set(variable, before === undefined ? demand : bothDemands(before, demand));
  }
  return {
    variables,
    needs: [...new Set([...a.needs, ...b.needs])],
    missing: [...new Set([...a.missing, ...b.missing])],
  };
}

/** Too many to go on with are one that says so: unknown, and neither yes nor no. */
function limited(alternatives: Alternatives): Alternatives {
  if (alternatives.length <= MOST_ALTERNATIVES) return alternatives;
  return unread("more combinations of the trust policy's conditions than were worked out");
}
