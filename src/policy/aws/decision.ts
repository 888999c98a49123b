/** The layers a request passes, as AWS names them ("Policy evaluation logic", IAM User Guide). */
export type Layer =
  | "identity"
  | "boundary"
  | "session"
  | "scp"
  | "rcp"
  | "resource"
  | "trust"
  | "endpoint"
  | "public-access-block";

/** What a request comes to. `conditional`: allowed if the keys named in `missingContext` say so. */
export type DecisionWord = "allowed" | "explicitly-denied" | "implicitly-denied" | "conditional" | "unknown";

/** One statement by its place: policy by name, ARN or index (nested: `0`, `[0][1]`), statement by Sid or index. */
export interface StatementRef {
  readonly layer: Layer;
  readonly policy: string | number;
  readonly statement: string | number;
}

/** A condition an answer depends on. */
export interface OpenCondition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The answer to one request, with every layer's own answer; a layer that does not apply is `absent`. */
export interface Decision {
  readonly decision: DecisionWord;
  readonly decidedBy: Layer | null;
  readonly statements: readonly StatementRef[];
  /** Keys (as written in the policies) whose values were not given and on which the decision depends; sorted. */
  readonly missingContext: readonly string[];
  /** The conditions behind `missingContext`, in order of key. */
  readonly conditions: readonly OpenCondition[];
  readonly layers: Readonly<Partial<Record<Layer, DecisionWord | "absent">>>;
}
