import { patternCovers, patternsOverlap, wildcardMatches } from "./wildcard.ts";

/**
 * One entry of a Resource element. A wildcard stays inside its segment of an ARN, of which the last takes everything that is
 * left, colons and slashes included; an ARN with fewer than six segments is filled up with stars.
 * Source: "IAM JSON policy elements: Resource", IAM User Guide.
 */
export interface ArnPattern {
  readonly source: string;
  /** Matches every resource there is. */
  readonly everything: boolean;
  /** Holds no wildcard. */
  readonly exact: boolean;
  /** The six segments; null where the text is no ARN. */
  readonly segments: readonly string[] | null;
  test(resource: string): boolean;
}

const SEGMENTS = 6;
const WILDCARD = /[*?]/;
const made = new Map<string, ArnPattern>();
/** Patterns remembered by their text; beyond this many the memory is worth more than the time. */
const MOST_MADE = 200_000;

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
  const everything = /^\*+$/.test(source);
  const exact = !WILDCARD.test(source);
  const segments = arnSegments(source);
  return { source, everything, exact, segments, test: tester(source, everything, exact, segments) };
}

function tester(
  source: string,
  everything: boolean,
  exact: boolean,
  segments: readonly string[] | null,
): (resource: string) => boolean {
  if (everything) return () => true;
  if (segments === null) return exact ? (resource) => resource === source : (resource) => wildcardMatches(source, resource);
  const head = segments.slice(0, SEGMENTS - 1);
  const tail = segments[SEGMENTS - 1] ?? "";
  if (!head.some((segment) => WILDCARD.test(segment))) {
    const start = `${head.join(":")}:`;
    // Most entries are a whole ARN or one that ends in a star: no need to go segment by segment.
    if (!WILDCARD.test(tail)) return (resource) => resource === source || resource === start + tail;
    if (/^[^*?]*\*$/.test(tail)) {
      const prefix = start + tail.slice(0, -1);
      return (resource) => resource.startsWith(prefix);
    }
    return (resource) => resource.startsWith(start) && wildcardMatches(tail, resource.slice(start.length));
  }
  return (resource) => {
    const other = arnSegments(resource);
    return other !== null && segments.every((segment, at) => wildcardMatches(segment, other[at] ?? ""));
  };
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

/** Whether every resource that `narrow` means is meant by `wide` too; a yes is certain. */
export function arnCovers(wide: ArnPattern, narrow: ArnPattern): boolean {
  if (wide.everything || wide === narrow) return true;
  if (narrow.exact) return wide.test(narrow.source);
  if (wide.exact) return false;
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
