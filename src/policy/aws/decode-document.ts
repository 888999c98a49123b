/**
 * A policy document as text. AWS's API answers percent-encoded JSON, its command line decoded JSON, stand-ins a mix: decode
 * only what does not start with a brace, because a raw document may hold a `%` of its own. Takes a byte order mark off.
 */
export function decodeDocument(text: string): string {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) return trimmed;
  try {
    return decodeURIComponent(trimmed)
      .replace(/^\uFEFF/, "")
      .trim();
  } catch {
    return trimmed;
  }
}
