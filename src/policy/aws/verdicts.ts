import type { StatementRef } from "./decision.ts";
import type { Placed } from "./policy-set.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";

/** Statements that hold or may hold, with their truth, in the order in which they were found. */
export class Verdicts {
  readonly placed: Placed[] = [];
  readonly truths: Truth[] = [];
  /** The truth of the strongest. */
  strongest: Truth = NO;

  add(placed: Placed, truth: Truth): void {
    this.placed.push(placed);
    this.truths.push(truth);
    if (this.strongest !== YES) this.strongest = truth;
  }

  /** The truth of the strongest of a layer. */
  of(layer: Placed["layer"]): Truth {
    let best: Truth = NO;
    for (let at = 0; at < this.placed.length; at += 1) {
      if (this.placed[at]?.layer !== layer) continue;
      if (this.truths[at] === YES) return YES;
      best = MAYBE;
    }
    return best;
  }

  /** The first that holds for certain. */
  firstCertain(): Placed | undefined {
    return this.placed[this.truths.indexOf(YES)];
  }

  /** The statements that hold for certain, or all of them. */
  refs(certain: boolean): StatementRef[] {
    const refs: StatementRef[] = [];
    for (let at = 0; at < this.placed.length; at += 1) {
      const one = this.placed[at];
      if (one !== undefined && (!certain || this.truths[at] === YES)) refs.push(one.ref);
    }
    return refs;
  }
}
