/**
 * A value that was read, or the reason why it is not known.
 * Never `null` and never an empty list for something that could not be read.
 */
export type Observed<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** A value that was read. */
export function known<T>(value: T): Observed<T> {
  return { known: true, value };
}

/** A value that could not be read; `why` is a short lower-case reason a person understands. */
export function unknown(why: string): { readonly known: false; readonly why: string } {
  return { known: false, why };
}
