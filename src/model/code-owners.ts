/** A CODEOWNERS file: the document of a policy of the kind `code-owners`, held by the repository. */
export interface CodeOwners {
  readonly path: string;
  readonly rules: readonly { readonly pattern: string; readonly owners: readonly string[] }[];
  /** What GitHub says is wrong with it: owners who cannot write are ignored. */
  readonly errors: readonly string[];
}
