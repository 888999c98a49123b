/**
 * Whether `text` matches a policy pattern in which `*` stands for any run of characters and `?` for exactly one.
 * Linear space, no backtracking beyond the last star: hostile patterns stay fast. Case matters; fold before where it does not.
 */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const character = pattern[p];
    if (character === "*") {
      star = p;
      p += 1;
      mark = t;
    } else if (character !== undefined && (character === "?" || character === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}

/** Whether every text that `narrow` matches is matched by `wide` too (sound for patterns of `*`; `?` counts as a character). */
export function patternCovers(wide: string, narrow: string): boolean {
  return wildcardMatches(wide, narrow);
}

/** Whether an action pattern covers an action or action pattern (`s3:*` covers `s3:Get*`); actions are case-insensitive. */
export function actionCovers(wide: string, narrow: string): boolean {
  // `*:*` is accepted by AWS and means what `*` means.
  if (/^\*+(:\*+)?$/.test(wide)) return true;
  return patternCovers(wide.toLowerCase(), narrow.toLowerCase());
}

/** Whether two action patterns have an action in common, as far as their fixed beginnings tell. */
export function actionsOverlap(a: string, b: string): boolean {
  if (actionCovers(a, b) || actionCovers(b, a)) return true;
  const head = (pattern: string): string => pattern.toLowerCase().split(/[*?]/)[0] ?? "";
  const [left, right] = [head(a), head(b)];
  const bothOpen = /[*?]/.test(a) && /[*?]/.test(b);
  return bothOpen && (left.startsWith(right) || right.startsWith(left));
}
