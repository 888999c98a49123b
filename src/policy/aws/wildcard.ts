/**
 * Whether `text` matches a policy pattern in which `*` stands for any run of characters and `?` for exactly one.
 * Goes back to the last star only, so a hostile pattern costs at most pattern × text. Case matters; fold before where it does not.
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

/**
 * Whether every text that `narrow` matches is matched by `wide` too. A yes is certain; a few contrived pairs that mix `?` and
 * `*` are answered no although they are covered. Costs at most wide × narrow.
 */
export function patternCovers(wide: string, narrow: string): boolean {
  // Most pairs differ before the first wildcard: told without looking further.
  const literal = wide.search(/[*?]/);
  if (literal < 0) return wide === narrow;
  if (!narrow.startsWith(wide.slice(0, literal))) return false;
  // 1 at every place of `narrow` up to which some beginning of `wide` accounts for it.
  let places = new Uint8Array(narrow.length + 1);
  places[0] = 1;
  for (const part of wide.match(/[*?]+|[^*?]/gs) ?? []) {
    const next = new Uint8Array(narrow.length + 1);
    if (part.includes("*")) {
      const from = behind(narrow, places.indexOf(1), part.replaceAll("*", "").length);
      if (from >= 0) next.fill(1, from);
    } else {
      for (let place = places.indexOf(1); place >= 0; place = places.indexOf(1, place + 1)) {
        const taken = narrow.slice(place, place + part.length);
        if (part.startsWith("?") ? taken.length === part.length && !taken.includes("*") : taken === part)
          next[place + part.length] = 1;
      }
    }
    places = next;
  }
  return places[narrow.length] === 1;
}

/** The place behind `characters` certain characters (a star may stand for none), or -1 where the pattern is too short. */
function behind(pattern: string, from: number, characters: number): number {
  let at = from;
  for (let left = characters; left > 0 && at >= 0; at += 1) {
    if (at >= pattern.length) return -1;
    if (pattern[at] !== "*") left -= 1;
  }
  return at;
}

/** Whether some text matches both patterns. Exact; costs at most a × b. */
export function patternsOverlap(a: string, b: string): boolean {
  // Row by row from the end: 1 where what is left of `a` and of `b` from that place on has a text in common.
  let below = new Uint8Array(b.length + 2);
  for (let i = a.length; i >= 0; i -= 1) {
    const row = new Uint8Array(b.length + 2);
    for (let j = b.length; j >= 0; j -= 1) {
      const [left, right] = [a[i], b[j]];
      let common: boolean;
      if (left === undefined && right === undefined) common = true;
      else if (left === "*") common = below[j] === 1 || (right !== undefined && row[j + 1] === 1);
      else if (right === "*") common = row[j + 1] === 1 || (left !== undefined && below[j] === 1);
      else
        common =
          left !== undefined &&
          right !== undefined &&
          (left === right || left === "?" || right === "?") &&
          below[j + 1] === 1;
      row[j] = common ? 1 : 0;
    }
    below = row;
  }
  return below[0] === 1;
}

/** Whether an action pattern means the action; actions are case-insensitive. */
export function actionMatches(pattern: string, action: string): boolean {
  return wildcardMatches(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether an action pattern covers an action or action pattern (`s3:*` covers `s3:Get*`). */
export function actionCovers(wide: string, narrow: string): boolean {
  return patternCovers(wide.toLowerCase(), everyAction(narrow));
}

/** Whether two action patterns have an action in common. */
export function actionsOverlap(a: string, b: string): boolean {
  return patternsOverlap(everyAction(a), everyAction(b));
}

/** An action pattern with what every action has: a service and a name, none of them empty. `*:*` means what `*` means. */
function everyAction(pattern: string): string {
  const folded = pattern.toLowerCase();
  return /^\*+(:\*+)?$/.test(folded) ? "?*:?*" : folded.replace(/:\*+$/, ":?*");
}
