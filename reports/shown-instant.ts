/** A moment as people read it, `2026-11-20 08:00 UTC`; files that are read back keep the instant whole. */
export function shownInstant(instant: string): string {
  return instant.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/, "$1 $2 UTC");
}
