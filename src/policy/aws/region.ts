import type { AccessRequest } from "./access-request.ts";
import type { Applies } from "./applies.ts";
import { arnCovers, arnPattern, arnsOverlap, type ArnPattern } from "./arn-pattern.ts";
import { all, type OpenTruth } from "./open-truth.ts";
import type { Placed } from "./policy-set.ts";
import { MAYBE, NO, YES } from "./request-context.ts";
import { meansResource, type ResourceElement } from "./resource-element.ts";

/**
 * A set of resources on which one action is allowed in one way: those that match all of `within`, none of `except` and no deny
 * of `partial`. Set algebra over patterns instead of asking resource by resource.
 */
export interface Region {
  readonly within: readonly ArnPattern[];
  readonly except: readonly ArnPattern[];
  /** Never `NO`; `MAYBE` where it hangs on conditions, `UNREAD` where a document that was not read would have to allow it. */
  readonly truth: OpenTruth;
  /** The statements that allow it, one per layer it passed. */
  readonly allows: readonly Placed[];
  /** Those of them that hang on conditions or on a variable nobody knows. */
  readonly maybeAllowed?: readonly Placed[];
  /** Denies that hold, or may hold, for a part of the region only. */
  readonly partial: readonly Placed[];
  /** Denies of the whole region that hang on conditions. */
  readonly maybeDenied: readonly Placed[];
}

/** Everything a pattern means but some. */
export function wholeOf(asks: ArnPattern, except: readonly ArnPattern[] = []): Region {
  return { within: [asks], except, truth: YES, allows: [], partial: [], maybeDenied: [] };
}

/** An entry of a Resource or NotResource element as a pattern; `maybe` where a variable nobody knows decides what it means. */
interface Entry {
  readonly pattern: ArnPattern;
  readonly maybe: boolean;
}

const EVERYTHING = arnPattern("*");

function entriesOf(element: ResourceElement, request: AccessRequest): readonly Entry[] {
  const entries: Entry[] = element.constants.map((pattern) => ({ pattern, maybe: false }));
  element.templates.forEach((template, at) => {
    const pattern = template.pattern(request.context);
    const widest = element.widest[at];
    if (pattern === undefined && widest !== undefined) entries.push({ pattern: widest, maybe: true });
    else if (pattern !== null && pattern !== undefined)
      entries.push({ pattern: arnPattern(pattern.source), maybe: false });
    // Absent: the entry means nothing, a NotResource with it means nothing at all.
    else if (pattern === null && element.not) entries.push({ pattern: EVERYTHING, maybe: false });
  });
  return entries;
}

/** Whether some resource of the region is likely to be meant by a pattern; a no is certain. */
function reaches(region: Region, pattern: ArnPattern): boolean {
  return (
    region.within.every((one) => arnsOverlap(one, pattern)) && !region.except.some((one) => arnCovers(one, pattern))
  );
}

/** Whether every resource of the region is meant by a pattern; a yes is certain. */
function covers(pattern: ArnPattern, region: Region): boolean {
  return region.within.some((one) => arnCovers(pattern, one));
}

/** The region as far as a statement means it: one region per entry that has something in common with it. */
export function narrow(
  region: Region,
  { statement }: Placed,
  request: AccessRequest,
  applies: Applies,
): readonly Region[] {
  const element = statement.resources;
  if (element === null || element.everything) return [region];
  if (applies.traits.wildcardOnly) {
    const means = meansResource(element, "*", request.context);
    return means === NO ? [] : [{ ...region, truth: all(region.truth, means) }];
  }
  const entries = entriesOf(element, request).filter(({ pattern }) => reaches(region, pattern));
  if (element.not) {
    if (entries.some(({ pattern, maybe }) => !maybe && covers(pattern, region))) return [];
    const without = (all: readonly Entry[]): readonly ArnPattern[] => [
      ...new Set([...region.except, ...all.map(({ pattern }) => pattern)]),
    ];
    const certain = entries.filter(({ maybe }) => !maybe);
    if (certain.length === entries.length) return [{ ...region, except: without(certain) }];
    // Beyond everything the variable could mean it is certain, in there it is a maybe.
    return [
      ...(entries.some(({ pattern }) => covers(pattern, region)) ? [] : [{ ...region, except: without(entries) }]),
      { ...region, except: without(certain), truth: all(region.truth, MAYBE) },
    ];
  }
  const found: Region[] = [];
  for (const { pattern, maybe } of entries) {
    const truth = maybe ? all(region.truth, MAYBE) : region.truth;
    if (covers(pattern, region)) found.push({ ...region, truth });
    else
      found.push({ ...region, within: [...region.within.filter((one) => !arnCovers(one, pattern)), pattern], truth });
  }
  return found;
}

/** How much of a region a statement means; `perhaps`: all of it or a part, which hangs on a variable nobody knows. */
export function coverage(
  { statement }: Placed,
  region: Region,
  request: AccessRequest,
  applies: Applies,
): "all" | "perhaps" | "part" | "none" {
  const element = statement.resources;
  if (element === null || element.everything) return "all";
  if (applies.traits.wildcardOnly) {
    const means = meansResource(element, "*", request.context);
    return means === YES ? "all" : means === MAYBE ? "perhaps" : "none";
  }
  const entries = entriesOf(element, request).filter(({ pattern }) => reaches(region, pattern));
  const whole = entries.some(({ pattern, maybe }) => !maybe && covers(pattern, region));
  if (element.not) {
    if (whole) return "none";
    if (entries.length === 0) return "all";
    // What a variable spares may lie elsewhere.
    return entries.every(({ maybe }) => maybe) ? "perhaps" : "part";
  }
  if (whole) return "all";
  if (entries.some(({ pattern }) => covers(pattern, region))) return "perhaps";
  return entries.length > 0 ? "part" : "none";
}
