/**
 * A moment in UTC as ISO 8601 text with `Z`, for example `2026-11-25T09:30:00Z`.
 * Text, not `Date`: it sorts, compares and serialises the same everywhere.
 */
export type Instant = string;

/** When something was last used: a moment, or `never` when the provider says it was not used at all. */
export type LastUse = Instant | "never";

const DAY = 86_400_000;

/**
 * Reads what providers and people write (`2026-11-25T09:30:00+00:00`, `2026-11-25`, a `Date`) into an {@link Instant}
 * without fractions of a second. Answers `undefined` for anything that is not an unambiguous ISO 8601 date.
 */
export function toInstant(text: string | Date): Instant | undefined {
  if (text instanceof Date) return Number.isNaN(text.getTime()) ? undefined : `${text.toISOString().slice(0, 19)}Z`;
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text.trim(),
  );
  if (match === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", rawZone = "Z"] = match;
  const zone = rawZone === "Z" || rawZone.includes(":") ? rawZone : `${rawZone.slice(0, 3)}:${rawZone.slice(3)}`;
  // INVARIANT: a date that does not exist (30 February) is refused, not rolled over to March.
  const plain = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(plain.getTime()) || plain.toISOString().slice(8, 10) !== day) return undefined;
  const parsed = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(parsed.getTime()) ? undefined : `${parsed.toISOString().slice(0, 19)}Z`;
}

/** Whole days from `earlier` to `later`, rounded down; negative when `later` comes first. */
export function daysBetween(earlier: Instant, later: Instant): number {
  return Math.floor((Date.parse(later) - Date.parse(earlier)) / DAY);
}

/** The instant `days` days (of 24 hours) after `instant`. */
export function addDays(instant: Instant, days: number): Instant {
  return `${new Date(Date.parse(instant) + days * DAY).toISOString().slice(0, 19)}Z`;
}

/** The calendar day of an instant, `2026-11-25`, in UTC. */
export function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}
