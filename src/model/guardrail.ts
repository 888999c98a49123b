/** A limit that can only take access away, where it is attached. Order in an organization: root first. */
export interface Guardrail {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: "scp" | "rcp" | "boundary";
  readonly policyId: string;
  /** Principal (boundary) or organization target (root, unit or tenant id) it is attached to. */
  readonly targetId: string;
  /** Tenant or principal ids it limits directly; children of units are worked out over `parent-of`. */
  readonly targetKind: "root" | "ou" | "tenant" | "principal";
}
