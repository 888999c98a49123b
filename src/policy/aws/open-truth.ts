import { NO, YES, type Truth } from "./request-context.ts";

/** A truth with a fourth value: a document that was not read would decide. Ordered: what is open wins over yes. */
export const UNREAD = 3;
export type OpenTruth = Truth | typeof UNREAD;

/** All of them have to hold. */
export const all = (a: OpenTruth, b: OpenTruth): OpenTruth =>
  a === NO || b === NO ? NO : ((a > b ? a : b) as OpenTruth);
/** One of them is enough. */
export const any = (a: OpenTruth, b: OpenTruth): OpenTruth =>
  a === YES || b === YES ? YES : ((a > b ? a : b) as OpenTruth);
