import { createHash } from "node:crypto";

/**
 * The ETag of an answer. GitHub's differs between tokens for the same body (measured on the public service), so who asks goes in.
 */
export function etagOf(body: string, authorization: string): string {
  const digest = createHash("sha256").update(body).update("\n").update(authorization).digest("hex");
  return `W/"${digest.slice(0, 32)}"`;
}

/** Whether what the client kept is what would be answered; compared weakly, as RFC 9110 §13.1.2 has it. */
export function isKept(ifNoneMatch: string | undefined, etag: string): boolean {
  const bare = (one: string): string => one.trim().replace(/^W\//, "");
  return (ifNoneMatch ?? "").split(",").some((one) => bare(one) === "*" || bare(one) === bare(etag));
}
