/**
 * Whether `text` matches a pattern in which `*` stands for any run of characters (people's patterns in owners.csv,
 * approvals.csv and the protected list). Case-insensitive; linear in the length of the text, whatever the pattern.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  const value = text.toLowerCase();
  const first = parts[0] ?? "";
  if (parts.length === 1) return value === first;
  if (!value.startsWith(first)) return false;
  const last = parts[parts.length - 1] ?? "";
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}
