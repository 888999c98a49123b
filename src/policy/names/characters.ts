/** Characters by their UTF-16 codes: ranges from and to, both included, in order and apart. */
export type Characters = readonly (readonly [number, number])[];

const LAST = 0xffff;
const SLASH = 47;
const LOWER_A = 97;
const UPPER_A = 65;
const LETTERS = 26;

/** Every character. */
export const ANY_CHARACTER: Characters = [[0, LAST]];
/** Every character but the slash. */
export const NO_SLASH: Characters = complement([[SLASH, SLASH]]);

/** All others. */
export function complement(characters: Characters): Characters {
  const others: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of ordered(characters)) {
    if (from > next) others.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next > LAST ? others : [...others, [next, LAST]];
}

/** Those of them that are no slash. */
export function withoutSlash(characters: Characters): Characters {
  return complement([...complement(characters), [SLASH, SLASH]]);
}

/** With the other case of every ASCII letter among them. */
export function inAnyCase(characters: Characters): Characters {
  return ordered([
    ...characters,
    ...shifted(characters, LOWER_A, UPPER_A - LOWER_A),
    ...shifted(characters, UPPER_A, LOWER_A - UPPER_A),
  ]);
}

/** Whether the character is one of them. */
export function includes(characters: Characters, code: number): boolean {
  return characters.some(([from, to]) => from <= code && code <= to);
}

function shifted(characters: Characters, first: number, by: number): Characters {
  return characters.flatMap(([from, to]): Characters => {
    const [low, high] = [Math.max(from, first), Math.min(to, first + LETTERS - 1)];
    return low > high ? [] : [[low + by, high + by]];
  });
}

function ordered(characters: Characters): Characters {
  return characters.filter(([from, to]) => from <= to).toSorted(([a], [b]) => a - b);
}
