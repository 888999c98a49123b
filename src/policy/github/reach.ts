import type { FourValued } from "../../model/four-valued.ts";

/**
 * Whether somebody can do something to a repository, and on what it hangs. `unknown` wins over `no` only where what was not read
 * could open the way; `conditional` is what other people, or the actor with them, have to do first.
 */
export interface Reach {
  readonly state: FourValued;
  /** What it needs, in words: `1 approval from platform`, `status check build`. Not empty exactly when conditional. */
  readonly needs: readonly string[];
  /** What could not be read, in words. Not empty exactly when unknown. */
  readonly missing: readonly string[];
  /** One short sentence: what opens the way, or the first thing that closes it. */
  readonly why: string;
  /** The ref or environment it was answered with, where one had to be found (`refs/heads/release/1`); null otherwise. */
  readonly example: string | null;
}
