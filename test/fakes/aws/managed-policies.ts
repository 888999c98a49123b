import type { PolicyState } from "./tenant-state.ts";
import { noSuchEntity } from "./aws-fault.ts";

const allow = (action: string | readonly string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

/** The AWS-managed policies the fake knows; documents are cut to what tests look at. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  AdministratorAccess: allow("*"),
  ReadOnlyAccess: allow(["s3:Get*", "s3:List*", "ec2:Describe*", "iam:Get*", "iam:List*"]),
  PowerUserAccess: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }],
  }),
  SecurityAudit: allow([
    "iam:Get*",
    "iam:List*",
    "iam:GenerateCredentialReport",
    "iam:GenerateServiceLastAccessedDetails",
  ]),
  IAMFullAccess: allow("iam:*"),
  AmazonS3ReadOnlyAccess: allow(["s3:Get*", "s3:List*"]),
};

const SINCE = new Date("2015-02-06T18:39:46Z");

/** The AWS-managed policy with that ARN, the same in every tenant. Throws NoSuchEntity for one the fake does not know. */
export function managedPolicy(arn: string): PolicyState {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const document = DOCUMENTS[name];
  if (document === undefined || arn !== `arn:aws:iam::aws:policy/${name}`) throw noSuchEntity("policy", arn);
  return {
    PolicyName: name,
    PolicyId: `ANPAMANAGED${String(Object.keys(DOCUMENTS).indexOf(name)).padStart(9, "0")}`,
    Arn: arn,
    Path: "/",
    CreateDate: SINCE,
    UpdateDate: SINCE,
    versions: [{ VersionId: "v1", IsDefaultVersion: true, CreateDate: SINCE, document }],
  };
}

/** Every AWS-managed policy the fake knows. */
export function managedPolicies(): PolicyState[] {
  return Object.keys(DOCUMENTS).map((name) => managedPolicy(`arn:aws:iam::aws:policy/${name}`));
}
