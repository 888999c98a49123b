/** The tenant that pays and holds the organization; hardly anybody has anything to do here. */
import { service } from "./policy.ts";
import { STRONG_PASSWORDS, TENANTS, type Tenant } from "./tenant.ts";

/** Its root signed in last month, and without a second factor. */
export const management: Tenant = {
  digits: TENANTS.management,
  root: { mfa: false, used: 20, key: null },
  passwordPolicy: STRONG_PASSWORDS,
  policies: {},
  groups: [{ name: "organization-administrators", attached: ["AdministratorAccess"] }],
  users: [
    {
      name: "cleo.sample",
      made: 1_500,
      groups: ["organization-administrators"],
      password: 3,
      mfa: true,
      services: { organizations: 3, iam: 10 },
    },
  ],
  roles: [
    {
      name: "org-reader",
      made: 400,
      trust: service("lambda"),
      used: 1,
      attached: ["SecurityAudit"],
      services: { cloudtrail: 9, config: 1, iam: 1 },
    },
    {
      name: "AWSServiceRoleForOrganizations",
      path: "/aws-service-role/organizations.amazonaws.com/",
      made: 1_600,
      trust: service("organizations"),
      used: null,
      attached: ["AWSOrganizationsServiceTrustPolicy"],
    },
  ],
  resources: [
    {
      arn: `arn:aws:lambda:eu-west-1:${TENANTS.management}:function:org-inventory`,
      type: "lambda:function",
      roleArn: `arn:aws:iam::${TENANTS.management}:role/org-reader`,
    },
  ],
  resourcePolicies: [],
};
