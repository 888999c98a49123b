import { organization as convert } from "../convert/organization.ts";
import type { RawSteps } from "../raw.ts";
import { recordOfLists } from "./file-shapes.ts";
import { step } from "./step.ts";

const parse = recordOfLists(["targets"]);

/** The organization's tree with the policies that limit its tenants. */
export const organization = step({
  id: "organization",
  title: "organization tree with SCPs and RCPs",
  dependsOn: [],
  organizationWide: true,
  provides: ["organization"],
  permissions: [
    "organizations:DescribeOrganization",
    "organizations:ListRoots",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListAccountsForParent",
    "organizations:ListPoliciesForTarget",
    "organizations:DescribePolicy",
  ],
  parse: (content, file) => parse(content, file) as unknown as RawSteps["organization"],
  convert,
});
