import { compilePattern } from "./conditions/pattern.ts";
import { patternCovers, patternsOverlap, wildcardMatches } from "./wildcard.ts";

/**
 * One entry of a Resource element. A wildcard stays inside its segment of an ARN, but a star that ends its segment reaches
 * beyond the colon too; the last segment takes everything that is left, colons and slashes included. An ARN with fewer than six
 * segments is filled up with stars; `${*}`, `${?}` and `${$}` mean the characters themselves.
 * Source: "IAM JSON policy elements: Resource", IAM User Guide.
 */
export interface ArnPattern {
  readonly source: string;
  /** Matches every resource there is. */
  readonly everything: boolean;
  /** Holds no wildcard. */
  readonly exact: boolean;
  /**
   * The six segments; null where the text is no ARN. Sets of resources are reckoned with these: ARNs of which a star takes more
   * than its segment although it need not are left out of that.
   */
  readonly segments: readonly string[] | null;
  test(resource: string): boolean;
}

const SEGMENTS = 6;
const WILDCARD = /[*?]/;
const ESCAPE = /\$\{[*?$]\}/;
const made = new Map<string, ArnPattern>();
/** Patterns remembered by their text; beyond this many the memory is worth more than the time. */
const MOST_MADE = 50_000;

/** The pattern of a text; equal texts share one. */
export function arnPattern(source: string): ArnPattern {
  let pattern = made.get(source);
  if (pattern === undefined) {
    pattern = make(source);
    if (made.size < MOST_MADE) made.set(source, pattern);
  }
  return pattern;
}

function make(source: string): ArnPattern {
  // A character that stands for itself is told from a wildcard by `test` alone; for the rest it is any one character.
  const widest = source.replaceAll(/\$\{[*?$]\}/g, "?");
  return {
    source,
    everything: /^\*+$/.test(source),
    exact: !WILDCARD.test(widest),
    segments: likelySegments(widest),
    test: tester(source),
  };
}

function tester(source: string): (resource: string) => boolean {
  if (/^\*+$/.test(source)) return () => true;
  if (ESCAPE.test(source)) return compilePattern(source).test;
  const segments = arnSegments(source);
  if (segments === null) return WILDCARD.test(source) ? compilePattern(source).test : (resource) => resource === source;
  const head = segments.slice(0, SEGMENTS - 1);
  // Where a star does not end its segment, and where it is not clear which segments are left out.
  if (
    head.some((segment) => /\*.*[^*]|\?/.test(segment)) ||
    (source.split(":").length < SEGMENTS && /\*.*[^*]$/.test(source))
  ) {
    const readings = allReadings(source);
    return (resource) => {
      const other = arnSegments(resource);
      return (
        other !== null &&
        readings.some((reading) => reading.every((segment, at) => wildcardMatches(segment, other[at] ?? "")))
      );
    };
  }
  const whole = segments.join(":");
  if (!WILDCARD.test(whole)) return (resource) => resource === whole;
  // Most entries end in their only star.
  if (whole.search(WILDCARD) === whole.length - 1 && whole.endsWith("*")) {
    const prefix = whole.slice(0, -1);
    // `startsWith` takes twice the time.
    return (resource) => resource.lastIndexOf(prefix, 0) === 0;
  }
  return compilePattern(whole).test;
}

/** The six segments of an ARN or ARN pattern, filled up with stars; null for any other text. */
export function arnSegments(text: string): readonly string[] | null {
  if (!text.startsWith("arn:")) return null;
  const segments: string[] = [];
  let from = 0;
  for (let count = 1; count < SEGMENTS; count += 1) {
    const colon = text.indexOf(":", from);
    if (colon < 0) break;
    segments.push(text.slice(from, colon));
    from = colon + 1;
  }
  segments.push(text.slice(from));
  while (segments.length < SEGMENTS) segments.push("*");
  return segments;
}

/** The segments as written, unless no ARN has such a tenant: in `arn:aws:sqs:*:orders` the star is region and tenant. */
function likelySegments(source: string): readonly string[] | null {
  const written = arnSegments(source);
  if (written === null || isTenant(written)) return written;
  return allReadings(source).find(isTenant) ?? written;
}

function isTenant(segments: readonly string[]): boolean {
  return /^([0-9*?]*|aws)$/.test(segments[4] ?? "");
}

/** Every way to read an ARN pattern as six segments: a star that ends one may be the next ones as well. */
function allReadings(source: string): readonly (readonly string[])[] {
  const readings: (readonly string[])[] = [];
  const read = (before: readonly string[], part: string, rest: readonly string[]): void => {
    if (before.length === SEGMENTS - 1) {
      readings.push([...before, [part, ...rest].join(":")]);
      return;
    }
    const [next = "*", ...others] = rest;
    read([...before, part], next, others);
    if (part.endsWith("*") && rest.length > 0) read([...before, part], "*", rest);
  };
  const [first = "", ...rest] = source.split(":");
  read([], first, rest);
  return readings;
}

/** Whether every resource that `narrow` means is meant by `wide` too; a yes is certain. */
export function arnCovers(wide: ArnPattern, narrow: ArnPattern): boolean {
  if (wide.everything || wide === narrow || wide.source === narrow.source) return true;
  if (narrow.exact) return wide.test(narrow.source);
  if (wide.exact || ESCAPE.test(wide.source)) return false;
  const { segments } = wide;
  const other = narrow.segments;
  if (segments === null || other === null) return patternCovers(wide.source, narrow.source);
  return segments.every((segment, at) => patternCovers(segment, other[at] ?? ""));
}

/** Whether some resource is meant by both. */
export function arnsOverlap(a: ArnPattern, b: ArnPattern): boolean {
  if (a.everything || b.everything || a === b) return true;
  if (a.exact) return b.test(a.source);
  if (b.exact) return a.test(b.source);
  const { segments } = a;
  const other = b.segments;
  if (segments === null || other === null) return patternsOverlap(a.source, b.source);
  return segments.every((segment, at) => {
    const right = other[at] ?? "";
    return segment === right || segment === "*" || right === "*" || patternsOverlap(segment, right);
  });
}
