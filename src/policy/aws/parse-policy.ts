/** Placeholder contract, filled in by its owner: keep the exported names. */
export interface ParsedStatement {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `{"*": ["*"]}` for the wildcard; keys AWS, Service, Federated, CanonicalUser. Null when the statement names none. */
  readonly principals: Readonly<Record<string, readonly string[]>> | null;
  readonly notPrincipals: Readonly<Record<string, readonly string[]>> | null;
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[];
}

/** A policy document in one shape, whatever legal spelling it came in. */
export interface ParsedPolicy {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id: string | null;
  readonly statements: readonly ParsedStatement[];
}
