import type { Clock } from "../../../src/contracts/clock.ts";
import type { Instant } from "../../../src/model/instant.ts";
import type { KeptAnswer, KeptAnswers } from "../../shared/kept-answers.ts";

/** Where answers about an organization are kept: two servers may have organizations of one name. */
export const keptPlace = (baseUrl: string, organization: string): string =>
  `github/${new URL(baseUrl).host.replaceAll(":", "_")}/${organization}`;

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** What is kept of the answers to one step, and when it is good enough. */
export interface KeptPages {
  readonly answers: KeptAnswers;
  readonly clock: Clock;
  /**
   * Up to when an answer is known to hold, so that it is not asked for: it was given in this run, or the audit log names no change
   * since. Null where GitHub has to be asked, with the answer's ETag.
   */
  holds(answer: KeptAnswer, about: Parameters): Instant | null;
  /** What tells two things of one name apart: GitHub's number of the repository. A name may be given to another one. */
  identity(about: Parameters): string;
  /** Told of every answer that was not read anew. */
  onKept(how: "not-modified" | "again"): void;
}
