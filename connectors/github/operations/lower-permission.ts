/** The permissions as change calls take them, lowest first. */
const ORDER = ["pull", "triage", "push", "maintain", "admin"] as const;

/**
 * What is left of a permission that is lowered: `push` of `admin`, `pull` of everything else; undefined where nothing is lower. A custom
 * role holds at least what reading does.
 */
export function lowerPermission(permission: string | undefined): string | undefined {
  if (permission === undefined || permission === "pull") return undefined;
  return permission === "admin" ? "push" : "pull";
}

/** Whether a permission is what it was, or more: a custom role is only ever itself, and what is not known is not lower. */
export function isAtLeast(now: string, before: string | undefined): boolean {
  if (before === undefined || now === before) return true;
  const [a, b] = [rankOf(now), rankOf(before)];
  // Between a custom role and another permission only the one it was lowered to is surely less.
  if (a < 0 || b < 0) return now !== lowerPermission(before);
  return a >= b;
}

const rankOf = (permission: string): number => ORDER.findIndex((one) => one === permission);
