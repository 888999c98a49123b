import type { ActionTable } from "../action-table.ts";
import type { ParsedPolicy, ParsedStatement } from "../parse-policy.ts";
import type { ActionExpansion } from "./action-expansion.ts";

/**
 * What a document is attached as, as far as that decides what it may say and how long it may be. `identity`: a permissions policy
 * of which nobody said whether it is managed or whose it is.
 */
export type LintKind =
  | "identity"
  | "managed"
  | "inline-user"
  | "inline-group"
  | "inline-role"
  | "boundary"
  | "session"
  | "resource"
  | "trust"
  | "scp"
  | "rcp";

/** One thing in a policy that does not do what its author will have meant. How bad that is, the access it gives decides. */
export interface LintFinding {
  /** Id of the check. */
  readonly check: string;
  /** JSON pointer to the element: `/Statement/0/Action`. */
  readonly place: string;
  readonly message: string;
  readonly hint: string;
}

/** What a check says of one place; the id is put in for it. */
export interface Remark {
  /** The statement it is about; the whole document where there is none. */
  readonly statement?: ParsedStatement;
  /** Element, and names below it: `["Condition", "Bool", "aws:SecureTransport"]`. */
  readonly at: readonly string[];
  readonly message: string;
  readonly hint: string;
}

/** What checks are asked about. */
export interface LintSubject {
  readonly policy: ParsedPolicy;
  readonly kind: LintKind;
  readonly table: ActionTable;
  /** Which documented actions a pattern means; worked out once per pattern. */
  readonly actions: ActionExpansion;
  /** The nearest of the words, for a hint; gives up on texts of hostile length and after enough mistakes. */
  near(typed: string, words: () => readonly string[]): string | undefined;
}

/** One check: a file, a line in the list, a case in the test. */
export interface LintCheck {
  /** A short English claim. */
  readonly id: string;
  remarks(subject: LintSubject): Iterable<Remark>;
}

/** Kinds that say what a principal may do and so name none. */
export function saysNoPrincipal(kind: LintKind): boolean {
  return kind !== "resource" && kind !== "trust" && kind !== "rcp";
}
