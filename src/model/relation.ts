import type { Attributes } from "./tenant.ts";

/**
 * Facts that are not access by themselves. `parent-of`: team or organizational unit → child · `identity-map`: a row of
 * identity-map.csv (from = identity, to = `system|tenant|native` as written) · `linked-to`: principal → identity the
 * provider itself asserts (Identity Center e-mail) · `limited-by`: principal → boundary policy · `trusts`: role → principal · `became`: the subject of
 * a token (`subject:<sub>`) → the role it became, as a log says.
 */
export type RelationKind = "became" | "parent-of" | "identity-map" | "linked-to" | "limited-by" | "trusts";

/** A directed fact between two records. */
export interface Relation {
  /** Stable: SHA-256 based, over kind, from, to. */
  readonly id: string;
  readonly kind: RelationKind;
  readonly fromId: string;
  readonly toId: string;
  readonly attributes: Attributes;
}
