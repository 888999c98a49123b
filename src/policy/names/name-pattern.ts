/**
 * A pattern of names. `aws`: `*` is any run of characters, `?` any one (StringLike). `exact`: the text itself. `fnmatch`: Ruby's
 * `File.fnmatch` with `FNM_PATHNAME` as GitHub uses it: `*` and `?` stop at a slash, a whole segment of two stars stands for
 * directories (none too), `[abc]`, `[a-z]`, `[^a]`, backslash escapes; no leading-dot rule.
 */
export interface NamePattern {
  readonly syntax: "aws" | "exact" | "fnmatch";
  readonly pattern: string;
  /** Compares without regard to (ASCII) case. */
  readonly ignoreCase?: boolean;
}

/** A set of names: those that match one of every list in `all`, and nothing in `none`. Empty lists in `all` match nothing. */
export interface NameDemand {
  readonly all: readonly (readonly NamePattern[])[];
  readonly none: readonly NamePattern[];
}
