import type { ParsedCondition, ParsedPolicy } from "./parse-policy.ts";

/**
 * Keys that make a bucket policy non-public when they are bound to fixed values: "The meaning of 'public'", Amazon S3 User
 * Guide, "Blocking public access to your Amazon S3 storage".
 */
const FIXING_KEYS = new Set([
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceip",
  "aws:userid",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalarn",
  "aws:principalaccount",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);
const POSITIVE = /^(forallvalues:|foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like)|ipaddress)$/;

/** Whether S3 counts a bucket policy as public: some Allow for everyone that nothing binds to fixed values. */
export function isPublicPolicy({ statements }: ParsedPolicy): boolean {
  return statements.some(({ effect, principals, notPrincipals, conditions }) => {
    if (effect !== "Allow") return false;
    const everyone =
      notPrincipals !== null || [principals?.["*"], principals?.["AWS"]].some((names) => names?.includes("*") === true);
    return everyone && !conditions.some(fixes);
  });
}

function fixes({ operator, key, values }: ParsedCondition): boolean {
  const folded = key.toLowerCase();
  if (!FIXING_KEYS.has(folded) || !POSITIVE.test(operator.toLowerCase()) || values.length === 0) return false;
  if (folded === "aws:sourceip") return values.every((value) => !wideRange(value));
  // A role's sessions differ behind the colon only: `AROAEXAMPLE:*` is fixed.
  if (folded === "aws:userid") return values.every((value) => !/[*?]/.test(value.replace(/:\*$/, "")));
  if (/\$\{/.test(values.join(""))) return false;
  // An ARN is fixed where its tenant is.
  if (folded === "aws:sourcearn" || folded === "aws:principalarn" || folded === "s3:dataaccesspointarn")
    return values.every((value) => !/[*?]/.test(value.split(":")[4] ?? "*"));
  return values.every((value) => !/[*?]/.test(value));
}

/** Ranges as wide as this say nothing: S3 names /0; half of the address space is no better. */
function wideRange(range: string): boolean {
  const length = /\/(\d+)$/.exec(range)?.[1];
  return length !== undefined && Number(length) <= 1;
}
