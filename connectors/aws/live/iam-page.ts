import { AuditError } from "../../../src/model/audit-error.ts";

/** Marker of the next page of an IAM list. An answer that is cut without one is refused: the rest would be lost unseen. */
export function nextOf(answer: {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}): string | undefined {
  if (answer.IsTruncated !== true) return undefined;
  if (answer.Marker !== undefined && answer.Marker !== "") return answer.Marker;
  throw new AuditError("provider-answer", "page-missing", "the provider cut a list without naming its next page");
}

/** The same marker as the next call names it. */
export const markerOf = (token: string | undefined): { Marker: string } | Record<string, never> =>
  token === undefined ? {} : { Marker: token };
