import type { AccessLevel } from "./entitlement.ts";

/** One cell: the highest level a principal is granted on a thing, and whether it was used within the window. */
export interface MatrixCell {
  /** `unknown` where a policy is held that could not be read: it may grant anything. */
  readonly level: AccessLevel | "unknown";
  /** `unused` only when it is known; `unknown` when no usage was read. */
  readonly use: "used" | "unused" | "unknown";
}

/** Who × what. Rows are people, machines and groups; columns are AWS services per tenant and repositories. */
export interface PermissionMatrix {
  readonly asOf: string;
  readonly columns: readonly { readonly id: string; readonly title: string; readonly group: string }[];
  readonly rows: readonly {
    readonly id: string;
    readonly who: string;
    readonly kind: string;
    readonly tenant: string;
    readonly identity: string;
    /** Column id → cell; a column that is missing is not granted. */
    readonly cells: Readonly<Record<string, MatrixCell>>;
  }[];
  /** Rows and columns that did not fit, said on the page. */
  readonly omittedRows: number;
  readonly omittedColumns: number;
}
