import type { AnswerHeaders } from "./answer.ts";
import type { Needs } from "./needs.ts";
import type { Authority, RefusalKind, Retry } from "./verdict.ts";

/** An answer as the signals look at it. Of a GraphQL answer each error is looked at by itself. */
export interface Seen {
  readonly status: number | null;
  readonly headers: AnswerHeaders;
  /** GitHub's own words; empty for an answer that succeeded, whatever it holds. */
  readonly message: string;
  readonly html: boolean;
  /** The type of a GraphQL error. */
  readonly type: string | null;
  /** A GraphQL error that says it is about single sign-on. */
  readonly saml: boolean;
  readonly needs: Needs;
  readonly where: "api" | "git" | "actions";
}

/** A text of a signal: fixed, or made from what was seen and what its words caught. */
type Said<T> = T | ((seen: Seen, caught: RegExpExecArray | null) => T);

/** One way in which GitHub refuses. Data: the first of the list that fits decides. */
export interface Signal {
  /** Stable. */
  readonly id: string;
  readonly kind: RefusalKind;
  /** GitHub's words; read without regard to case and tolerant, for GitHub changes its wording. */
  readonly words?: RegExp;
  /** Statuses it comes with. A text without status is judged by its words alone. */
  readonly status?: readonly number[];
  /** Anything else that shows it; with `words` one of both is enough. */
  readonly shows?: (seen: Seen) => boolean;
  /** Nobody but GitHub says these words: they tell in a text that names no system. */
  readonly own?: true;
  readonly reason: Said<string>;
  readonly next?: Said<readonly string[]>;
  readonly role?: Said<string | null>;
  readonly whom?: readonly Authority[];
  /** Permissions and scopes where the words tell them and the headers do not. */
  readonly needs?: (seen: Seen, caught: RegExpExecArray | null) => Needs;
  readonly retry?: (seen: Seen) => Retry;
}

/** A fixed text, or the one made for what was seen. */
export function said<T extends string | readonly string[] | null>(
  value: Said<T>,
  seen: Seen,
  caught: RegExpExecArray | null,
): T {
  return typeof value === "function" ? value(seen, caught) : value;
}
