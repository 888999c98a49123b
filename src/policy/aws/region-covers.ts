/** When one region of access lies in another: what right-sizing is proven with. A yes is certain, a no may be a lack of proof. */
import { isEmpty, takeActions, shareActions, type ActionBits } from "./action-bits.ts";
import { arnCovers, arnsOverlap, type ArnPattern } from "./arn-pattern.ts";
import type { CompiledStatement } from "./compile-policy.ts";
import type { EffectiveAccess } from "./effective-access.ts";
import { UNREAD } from "./open-truth.ts";
import type { Placed } from "./policy-set.ts";
import type { Region } from "./region.ts";

/** What a statement says beside its actions, comparable: the key equals only where the meaning does. */
interface Meaning {
  /** Everything that has to be so for it to hold on a resource it names. */
  readonly needs: readonly string[];
  readonly whole: string;
  /** As a Deny: one by one what it denies, so that it may be cut. */
  readonly denials: readonly Denial[];
}

interface Denial {
  readonly key: string;
  /** What it is about; undefined where that is not one pattern. */
  readonly pattern: ArnPattern | undefined;
}

const meanings = new WeakMap<CompiledStatement, Meaning>();
let unlike = 0;

function meaningOf(statement: CompiledStatement): Meaning {
  let meaning = meanings.get(statement);
  if (meaning === undefined) {
    const element = statement.resources;
    // `keys` tells a variable from text that only looks like one, which depends on the version of the policy.
    const variables = (element?.templates ?? []).flatMap(({ variables: names }) => names);
    const resources =
      element === null ? "" : JSON.stringify([element.not, [...element.texts].sort(), variables.sort()]);
    const conditions = statement.conditions.map(({ operator, key, keys, values }) =>
      JSON.stringify([operator.toLowerCase(), key, [...keys].sort(), [...values].sort()]),
    );
    const needs = [...conditions, ...(variables.length > 0 ? [resources] : [])].sort();
    // Statements that name principals are compared as objects: only the policies of resources have them.
    const who = statement.principals === null ? "" : `#${(unlike += 1)}`;
    const whole = JSON.stringify([resources, needs, who]);
    const apart = element !== null && !element.not && variables.length === 0 && who === "";
    const denials = apart
      ? element.constants.map((pattern) => ({ key: JSON.stringify([pattern.source, needs]), pattern }))
      : [{ key: whole, pattern: undefined }];
    meaning = { needs, whole, denials };
    meanings.set(statement, meaning);
  }
  return meaning;
}

const denialsOf = (placed: readonly Placed[]): readonly Denial[] =>
  placed.flatMap(({ statement }) => meaningOf(statement).denials);

const keysOf = (placed: readonly Placed[]): readonly string[] => [...new Set(denialsOf(placed).map(({ key }) => key))];

/** What has to be so for the statements that may hold to hold. */
function needsOf({ maybeAllowed = [] }: Region): readonly string[] {
  return [...new Set(maybeAllowed.flatMap(({ statement }) => meaningOf(statement).needs))];
}

/** Layers it passed by a statement; the others were passed because something there was not read. */
function passedBy({ allows }: Region): string {
  const layers = allows.map(({ layer, statement }) => (layer === "scp" ? `scp ${meaningOf(statement).whole}` : layer));
  return [...new Set(layers)].sort().join(" ");
}

/** A text that is equal for regions that say the same. */
export function regionKey(region: Region): string {
  const sources = (patterns: readonly ArnPattern[]): readonly string[] => patterns.map(({ source }) => source).sort();
  return JSON.stringify([
    region.truth,
    sources(region.within),
    sources(region.except),
    [...needsOf(region)].sort(),
    [...keysOf(region.partial)].sort(),
    [...keysOf(region.maybeDenied)].sort(),
    region.truth === UNREAD ? passedBy(region) : "",
  ]);
}

/** Whether everything `narrow` allows is allowed by `wide` too, and no less surely; for the same action and the same request. */
export function regionCovers(wide: Region, narrow: Region): boolean {
  if (!wide.within.every((pattern) => narrow.within.some((one) => arnCovers(pattern, one)))) return false;
  const apart = (pattern: ArnPattern): boolean =>
    narrow.except.some((one) => arnCovers(one, pattern)) || narrow.within.some((one) => !arnsOverlap(one, pattern));
  if (!wide.except.every(apart)) return false;
  if (wide.truth === UNREAD && (narrow.truth !== UNREAD || passedBy(wide) !== passedBy(narrow))) return false;
  const denials = denialsOf([...wide.partial, ...wide.maybeDenied]);
  if (denials.length > 0) {
    const denied = new Set(keysOf([...narrow.partial, ...narrow.maybeDenied]));
    if (!denials.every(({ key, pattern }) => denied.has(key) || (pattern !== undefined && apart(pattern))))
      return false;
  }
  const needed = needsOf(wide);
  if (needed.length === 0) return true;
  const given = needsOf(narrow);
  return needed.every((one) => given.includes(one));
}

/** Pairs of regions that are compared before a proof is given up: some seconds. */
const MOST_COMPARED = 500_000;

/** Access of which it was not proven that it was there before. */
export interface Unproven {
  readonly actions: ActionBits;
  readonly region: Region;
}

/**
 * What of `narrow` does not lie in one region of `wide`: nothing where it is proven to allow nothing else. Several regions that
 * only together cover one are no proof here, so what is left is not shown to be new either.
 */
export function notCovered(narrow: EffectiveAccess, wide: EffectiveAccess): readonly Unproven[] {
  const equals = new Map(wide.regions.map((one) => [regionKey(one.region), one]));
  let compared = 0;
  return narrow.regions.flatMap(({ actions, region }) => {
    const left = actions.slice();
    const equal = equals.get(regionKey(region));
    if (equal !== undefined) takeActions(left, equal.actions);
    for (const other of isEmpty(left) ? [] : wide.regions) {
      if (!shareActions(left, other.actions) || compared >= MOST_COMPARED) continue;
      compared += 1;
      if (regionCovers(other.region, region)) takeActions(left, other.actions);
    }
    return isEmpty(left) ? [] : [{ actions: left, region }];
  });
}
