import { allow, doc, type Json } from "./policy.ts";

/** AWS's own policies that the sample uses, by name: their path and what they allow, shortened where AWS lists hundreds. */
export const AWS_MANAGED: Readonly<Record<string, { readonly path: string; readonly document: Json }>> = {
  AdministratorAccess: { path: "/", document: doc(allow("*")) },
  // Everything but IAM, Organizations and the tenant's own settings.
  PowerUserAccess: {
    path: "/",
    document: doc(
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow([
        "account:GetAccountInformation",
        "account:GetPrimaryEmail",
        "account:ListRegions",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeOrganization",
      ]),
    ),
  },
  ReadOnlyAccess: {
    path: "/",
    document: doc(
      allow([
        "cloudwatch:Get*",
        "ec2:Describe*",
        "iam:Get*",
        "iam:List*",
        "logs:Describe*",
        "logs:Get*",
        "s3:Get*",
        "s3:List*",
      ]),
    ),
  },
  SecurityAudit: {
    path: "/",
    document: doc(
      allow(["cloudtrail:Describe*", "cloudtrail:LookupEvents", "config:Describe*", "iam:Get*", "iam:List*"]),
    ),
  },
  AmazonS3ReadOnlyAccess: { path: "/", document: doc(allow(["s3:Get*", "s3:List*"])) },
  IAMFullAccess: {
    path: "/",
    document: doc(allow(["iam:*", "organizations:DescribeAccount", "organizations:ListPolicies"])),
  },
  Billing: { path: "/job-function/", document: doc(allow(["budgets:View*", "ce:Get*"])) },
  AWSSupportServiceRolePolicy: {
    path: "/aws-service-role/",
    document: doc(allow(["ec2:Describe*", "s3:GetBucketLocation"])),
  },
  AWSOrganizationsServiceTrustPolicy: {
    path: "/aws-service-role/",
    document: doc(allow("iam:DeleteRole", "arn:aws:iam::*:role/aws-service-role/organizations.amazonaws.com/*")),
  },
};
