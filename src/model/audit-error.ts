/**
 * What went wrong, in the terms of the person who can mend it.
 * `settings`: configuration or command line · `sign-in`: no or wrong credentials · `permission`: signed in but refused ·
 * `provider-answer`: the provider said something unusable · `input-file`: a file a person gave us · `invariant`: our bug.
 */
export type AuditErrorKind = "settings" | "sign-in" | "permission" | "provider-answer" | "input-file" | "invariant";

/** Where in a file the trouble is; lines and columns start at 1, `pointer` is a JSON pointer. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
}

/**
 * An error with words for people. `message` is one lower-case sentence without a full stop, the person's own words in
 * backticks; `hint` says what to do. Never put a secret in either.
 */
export class AuditError extends Error {
  override readonly name = "AuditError";
  readonly kind: AuditErrorKind;
  readonly code: string;
  readonly hint: string | undefined;
  readonly place: FilePlace | undefined;

  constructor(
    kind: AuditErrorKind,
    code: string,
    message: string,
    options: { readonly hint?: string; readonly place?: FilePlace; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.hint = options.hint;
    this.place = options.place;
  }
}
