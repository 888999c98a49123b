import type { FourValued } from "../../model/four-valued.ts";
import type { Reach } from "./reach.ts";

/** Nothing stands in the way; `why` says what opens it. */
export function yes(why: string, example: string | null = null): Reach {
  return { state: "yes", needs: [], missing: [], why, example };
}

/** It cannot be done; `why` is the first thing that closes it. */
export function no(why: string, example: string | null = null): Reach {
  return { state: "no", needs: [], missing: [], why, example };
}

/** It can be done once everything in `needs` (never empty) came about. */
export function conditional(needs: readonly string[], why: string, example: string | null = null): Reach {
  return { state: "conditional", needs: unique(needs), missing: [], why, example };
}

/** What was not read (`missing`, never empty) decides. */
export function unknownReach(missing: readonly string[], why: string, example: string | null = null): Reach {
  return { state: "unknown", needs: [], missing: unique(missing), why, example };
}

/**
 * The best of several ways: yes, then conditional, then unknown, then no. A way that is certainly open under conditions says more
 * than one nobody could look into. Among equals the one that needs least, then the first; unknowns are told together, since reading
 * any of them could open a way.
 */
export function anyOf(ways: readonly Reach[]): Reach {
  let best: Reach | undefined;
  for (const way of ways) if (best === undefined || better(way, best)) best = way;
  if (best === undefined) return no("there is no way");
  if (best.state !== "unknown") return best;
  const missing = unique(ways.flatMap((way) => (way.state === "unknown" ? way.missing : [])));
  return missing.length === best.missing.length ? best : { ...best, missing };
}

/**
 * All of several things: no, if one of them is closed (whatever else was not read); else unknown, if one is; else conditional on
 * everything that they need; else yes. What an unknown one needs besides is not told: it may not be needed at all.
 */
export function allOf(parts: readonly Reach[]): Reach {
  const example = parts.find((part) => part.example !== null)?.example ?? null;
  const closed = parts.find((part) => part.state === "no");
  if (closed !== undefined) return closed.example === example ? closed : { ...closed, example };
  const unread = parts.filter((part) => part.state === "unknown");
  const [open] = unread;
  if (open !== undefined)
    return unknownReach(
      unread.flatMap((part) => part.missing),
      open.why,
      example,
    );
  const needy = parts.filter((part) => part.state === "conditional");
  const [first] = needy;
  if (first !== undefined)
    return conditional(
      needy.flatMap((part) => part.needs),
      first.why,
      example,
    );
  const said = parts.find((part) => part.why !== "");
  return yes(said?.why ?? "", example);
}

/** Whether the first is a better way than the second. */
export function better(a: Reach, b: Reach): boolean {
  if (RANK[a.state] !== RANK[b.state]) return RANK[a.state] < RANK[b.state];
  return a.state === "conditional" && a.needs.length < b.needs.length;
}

const RANK: Readonly<Record<FourValued, number>> = { yes: 0, conditional: 1, unknown: 2, no: 3 };

function unique(words: readonly string[]): readonly string[] {
  return words.length < 2 ? words : [...new Set(words)];
}
