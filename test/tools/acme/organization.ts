import { allow, deny, doc, type Json } from "./policy.ts";
import { NO_SANDBOX_TOKENS } from "./aws-production-github.ts";
import { TENANTS } from "./tenant.ts";

const FULL_ACCESS = { id: "p-FullAWSAccess", name: "FullAWSAccess", document: doc(allow("*")) };
const FULL_RESOURCES = {
  id: "p-RCPFullAWSAccess",
  name: "RCPFullAWSAccess",
  document: doc({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
};
const NO_IAM = {
  id: "p-samplenoiam",
  name: "no-iam-in-sandbox",
  document: doc({ Sid: "NoIdentities", ...deny(["iam:*", "organizations:*"]) }),
};
const REGIONS = {
  id: "p-sampleregions",
  name: "two-regions",
  document: doc({
    Sid: "ElsewhereNothing",
    Effect: "Deny",
    NotAction: ["cloudfront:*", "iam:*", "organizations:*", "sts:*", "support:*"],
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } },
  }),
};
// Nobody outside takes the sandbox's buckets, whatever their policies say.
const OWN_BUCKETS = {
  id: "p-sampleownbuckets",
  name: "own-buckets",
  document: doc({
    Sid: "OnlyUs",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: "*",
    Condition: {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-acmesample" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  }),
};
// What sandboxes of GitHub push becomes no role of a workload, whatever its trust policy says.
const NO_SANDBOXES = { id: "p-samplenosandbox", name: "no-sandbox-tokens", document: NO_SANDBOX_TOKENS };

const tenant = (digits: string, parentId: string, name: string): Json => ({
  id: digits,
  parentId,
  kind: "tenant",
  tenant: digits,
  name,
  scps: [FULL_ACCESS],
  rcps: [FULL_RESOURCES],
});

/** organization.json: workloads stay in two regions; in the sandbox nobody may touch IAM, so nobody administers it. */
export const organization: Json = {
  managementTenant: TENANTS.management,
  targets: [
    { id: "r-acme", parentId: null, kind: "root", name: "Root", scps: [FULL_ACCESS], rcps: [FULL_RESOURCES] },
    {
      id: "ou-acme-workloads",
      parentId: "r-acme",
      kind: "ou",
      name: "Workloads",
      scps: [FULL_ACCESS, REGIONS],
      rcps: [FULL_RESOURCES, NO_SANDBOXES],
    },
    {
      id: "ou-acme-sandbox",
      parentId: "r-acme",
      kind: "ou",
      name: "Sandbox",
      scps: [FULL_ACCESS, NO_IAM],
      rcps: [FULL_RESOURCES, OWN_BUCKETS],
    },
    tenant(TENANTS.management, "r-acme", "acme-management"),
    tenant(TENANTS.production, "ou-acme-workloads", "acme-production"),
    tenant(TENANTS.sandbox, "ou-acme-sandbox", "acme-sandbox"),
  ],
};
