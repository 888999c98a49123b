/** A grant as people read it: who holds what. */
export interface ChokeGrant {
  readonly id: string;
  /** How it is held: `attachment`, `inline`, `membership`, `trust` … */
  readonly kind: string;
  readonly holder: string;
  readonly holderId: string;
  /** As the access column of the review sheet shows it. */
  readonly access: string;
}

/** What cuts the sure ways to administration of one tenant. */
export interface TenantChokePoints {
  readonly tenant: string;
  readonly tenantName: string;
  /** Principals that can come to administer it. */
  readonly escalating: number;
  /** The fewest grants whose removal leaves no way. */
  readonly removals: readonly ChokeGrant[];
  /** No fewer will do, proven. */
  readonly exact: boolean;
  /** No cut can have fewer. */
  readonly lowerBound: number;
  /** Ways that were looked at to know. */
  readonly supports: number;
  /** Some way uses nothing that can be taken away. */
  readonly cannotCut: boolean;
  /** Single grants by how many principals their removal cuts off, most first. */
  readonly ranking: readonly { readonly grant: ChokeGrant; readonly cutsOff: number }[];
  /** How many of the grants on the ways were tried one by one. */
  readonly tried: number;
  readonly candidates: number;
}

/** The document `choke-points` prints. */
export interface ChokePointsDocument {
  readonly schema: "leastwise/choke-points@1";
  readonly tenants: readonly TenantChokePoints[];
}
