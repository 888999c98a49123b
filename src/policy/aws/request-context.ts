/**
 * What a request says about one condition key: its values, `null` where the key is known to be absent, `undefined` where nobody
 * knows whether it is there.
 */
export type ContextValue = readonly string[] | null | undefined;

/** The condition keys of one request. Names are case-insensitive: they are asked for in lower case, tag keys included. */
export interface RequestContext {
  get(key: string): ContextValue;
}

/** Three-valued truth, as numbers because this is asked millions of times: no, yes, and "depends on a key nobody gave". */
export const NO = 0;
export const YES = 1;
export const MAYBE = 2;
export type Truth = typeof NO | typeof YES | typeof MAYBE;
