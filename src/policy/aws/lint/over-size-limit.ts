import { counted } from "../../../text/counted.ts";
import type { LintCheck, LintKind } from "./lint-check.ts";

interface Limit {
  /** Characters, at which AWS refuses the document. */
  readonly most: number;
  /** A lower limit that an organization can have raised. */
  readonly unlessRaised?: number;
  readonly countsSpace: boolean;
  readonly of: string;
}

/**
 * Sources: "IAM and AWS STS quotas" (IAM User Guide), "Quotas and service limits for AWS Organizations", and for resources the
 * largest any service takes (a key policy of KMS).
 */
const LIMITS: Readonly<Record<LintKind, Limit>> = {
  identity: { most: 10_240, countsSpace: false, of: "the inline policies of a role, the largest of all" },
  managed: { most: 6_144, countsSpace: false, of: "a managed policy" },
  boundary: { most: 6_144, countsSpace: false, of: "a managed policy" },
  "inline-user": { most: 2_048, countsSpace: false, of: "all inline policies of a user together" },
  "inline-group": { most: 5_120, countsSpace: false, of: "all inline policies of a group together" },
  "inline-role": { most: 10_240, countsSpace: false, of: "all inline policies of a role together" },
  session: { most: 2_048, countsSpace: false, of: "a session policy" },
  trust: { most: 8_192, unlessRaised: 2_048, countsSpace: false, of: "a trust policy" },
  scp: { most: 5_120, countsSpace: true, of: "a service control policy" },
  rcp: { most: 5_120, countsSpace: true, of: "a resource control policy" },
  resource: { most: 32_768, countsSpace: true, of: "a key policy, the largest of all policies of resources" },
};

/** A document longer than AWS takes of its kind. */
export const overSizeLimit: LintCheck = {
  id: "over-size-limit",
  *remarks({ policy, kind }) {
    if (policy.size === undefined) return;
    const limit = LIMITS[kind];
    const length = limit.countsSpace ? policy.size.characters : policy.size.withoutSpace;
    const most = length > limit.most ? limit.most : (limit.unlessRaised ?? limit.most);
    if (length <= most) return;
    yield {
      at: [],
      message: `the document has ${counted(length, "character")}${
        limit.countsSpace ? "" : " without white space"
      }, and AWS takes ${counted(most, "character")} for ${limit.of}${most === limit.most ? "" : " unless the quota was raised"}`,
      hint:
        limit.countsSpace && policy.size.withoutSpace <= limit.most
          ? "store it without white space"
          : "split it up, or say the same with fewer words: wildcards, NotAction, a condition on tags",
    };
  },
};
