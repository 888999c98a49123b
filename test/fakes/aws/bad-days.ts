/**
 * What may go wrong. Operations are named as AWS names them (`ListAccessKeys`); those outside IAM with their service, in every
 * region (`lambda:ListFunctions`) or in one (`lambda:ListFunctions@eu-west-1`).
 */
export interface BadDays {
  /** Every n-th call is refused with `Throttling`. */
  readonly throttleEvery?: number;
  /** Refused with 403 AccessDenied. */
  readonly denied?: readonly string[];
  /** The credentials have run out: every call is refused. */
  readonly expired?: boolean;
  /** Answered with 500 InternalFailure. */
  readonly failing?: readonly string[];
  /** Answered with 500 and a page of HTML, as moto does for what it has not implemented. */
  readonly html?: readonly string[];
  /** The connection closes in the middle of the answer, this many times per operation. */
  readonly cut?: Readonly<Record<string, number>>;
  /** Lists that answer the marker they were given (or the first one) again and again. */
  readonly repeatToken?: readonly string[];
  /** Lists that say there is more without saying where. */
  readonly noMarker?: readonly string[];
  /** Denied from the second page on. */
  readonly deniedAfterFirstPage?: readonly string[];
}
