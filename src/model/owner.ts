/** A row of owners.csv: who answers for a thing (business) and who runs it (technical). */
export interface Owner {
  readonly id: string;
  readonly system: string;
  readonly tenant: string;
  /** A principal, credential or resource kind of the model, or `*`. */
  readonly kind: string;
  /** Locator, native id or pattern with `*`. */
  readonly native: string;
  /** Person ids or e-mails as written; null when the cell is empty. */
  readonly businessOwner: string | null;
  readonly technicalOwner: string | null;
  readonly line: number;
}
