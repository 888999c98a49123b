/** Shifts of the 32-bit generator in Marsaglia, "Xorshift RNGs" (2003). */
const SHIFTS = [13, 17, 5] as const;

/** Numbers that look random and are the same in every run. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Small seeds differ in a few bits only: they are spread before the first number is asked for.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
    for (let i = 0; i < 8; i += 1) this.next();
  }

  /** From zero up to one, without it. */
  next(): number {
    const [left, right, again] = SHIFTS;
    this.#state ^= this.#state << left;
    this.#state ^= this.#state >>> right;
    this.#state ^= this.#state << again;
    return (this.#state >>> 0) / 2 ** 32;
  }

  /** A whole number below this one. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** One of them. Throws a `RangeError` where there is none. */
  one<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new RangeError("nothing to choose from");
    return found;
  }

  /** So many of them, each once, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[] {
    const order = list.map((_, place) => ({ place, by: this.next() })).toSorted((a, b) => a.by - b.by);
    const places = order.slice(0, count).map(({ place }) => place);
    return places.toSorted((a, b) => a - b).map((place) => list[place] as T);
  }
}

/** So many things dealt out to so many places, the first ones getting what is left over. */
export const dealt = (things: number, places: number): readonly number[] =>
  Array.from({ length: places }, (_, i) => Math.floor(things / places) + (i < things % places ? 1 : 0));

/** From one up to a number. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A number as it stands in invented names. */
export const four = (n: number): string => String(n).padStart(4, "0");
