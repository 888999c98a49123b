import type { Instant } from "../model/instant.ts";

/** The only way to ask what time it is. */
export interface Clock {
  now(): Instant;
}
