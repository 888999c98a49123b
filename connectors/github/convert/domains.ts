import type { RawDomains } from "../raw-controls.ts";
import { connectionRows } from "./connection.ts";
import type { Convert } from "./converted.ts";
import { tenantWith } from "./tenant-with.ts";

type Domain = NonNullable<RawDomains["organization"]["domains"]["nodes"][number]>;

/**
 * The organization's domains, as lists with commas. An approved one need not be verified: the company says it is its own. A list
 * that is not whole is not kept at all, since nobody is outside of it for certain.
 */
export const domains: Convert = (requests, context, whole) => {
  const { rows, gap } = connectionRows<Domain>(requests, "domains");
  const listed = (is: (one: Domain) => boolean): string | null =>
    gap === undefined && whole
      ? rows
          .filter(is)
          .map(({ domain }) => domain.toLowerCase())
          .sort()
          .join(", ")
      : null;
  const attributes = {
    verifiedDomains: listed(({ isVerified }) => isVerified),
    approvedDomains: listed(({ isApproved }) => isApproved),
  };
  return {
    records: { tenants: [tenantWith(context, attributes)] },
    kinds: { "verified-domain": { items: rows.length, gap } },
  };
};
