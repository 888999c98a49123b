import type { RevocationOutcome, UndoClass } from "./revocation.ts";

/** One revocable change, as data: the planner matches on it, `leastwise permissions` prints it. */
export interface OperationManifest {
  /** `<system>/<verb-thing>`, for example `aws/deactivate-access-key`. */
  readonly id: string;
  readonly title: string;
  readonly undoClass: UndoClass;
  /** True: only on a working copy of recorded answers for now. */
  readonly rehearsalOnly: boolean;
  readonly permissions: readonly string[];
  /** What undoing it asks of people, in one sentence; absent where undoing is exact and asks nothing. */
  readonly undoNeeds?: string;
  /**
   * What it acts on. Of the operations whose conditions all hold the planner takes the one that is undone most exactly, and of
   * those the first.
   */
  readonly appliesTo: {
    readonly subjectKind: "grant" | "credential";
    readonly grantKinds?: readonly string[];
    readonly entitlementKinds?: readonly string[];
    readonly principalKinds?: readonly string[];
    readonly credentialKinds?: readonly string[];
    /** `nativeType` values of the principal, where the kind is too coarse. */
    readonly principalNativeTypes?: readonly string[];
    /** What it answers: a wish to take it away, a wish for less of it, or both. Absent: only the first. */
    readonly outcomes?: readonly RevocationOutcome[];
    /** Levels of the entitlement as the provider states them: what is lowest already cannot be lowered. */
    readonly entitlementLevels?: readonly string[];
    /** Kinds of the resource the entitlement opens. */
    readonly resourceKinds?: readonly string[];
    /** Attributes of the tenant that must be known and not null: routes that only some tenants have. */
    readonly tenantAttributes?: readonly string[];
    /** Attributes of the principal and the values they must have. */
    readonly principalAttributes?: Readonly<Record<string, string | number | boolean>>;
  };
}
