import type { UndoClass } from "./revocation.ts";

/** One revocable change, as data: the planner matches on it, `leastwise permissions` prints it. */
export interface OperationManifest {
  /** `<system>/<verb-thing>`, for example `aws/deactivate-access-key`. */
  readonly id: string;
  readonly title: string;
  readonly undoClass: UndoClass;
  /** True: only on a working copy of recorded answers for now. */
  readonly rehearsalOnly: boolean;
  readonly permissions: readonly string[];
  /** What it acts on; the planner takes the first operation whose conditions all hold. */
  readonly appliesTo: {
    readonly subjectKind: "grant" | "credential";
    readonly grantKinds?: readonly string[];
    readonly entitlementKinds?: readonly string[];
    readonly principalKinds?: readonly string[];
    readonly credentialKinds?: readonly string[];
    /** `nativeType` values of the principal, where the kind is too coarse. */
    readonly principalNativeTypes?: readonly string[];
  };
}
