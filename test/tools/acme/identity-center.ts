import { daysAgo } from "./moment.ts";
import { PEOPLE, person, type Person } from "./people.ts";
import { allow, doc, type Json } from "./policy.ts";
import { TENANTS } from "./tenant.ts";

const INSTANCE = "arn:aws:sso:::instance/ssoins-sample0000000001";
const STORE = "d-5a3e000001";
const set = (number: number): string =>
  `arn:aws:sso:::permissionSet/ssoins-sample0000000001/ps-sample000000000${number}`;
/** Ids in the form of the identity store, with the number of the person or group at the end. */
const storeId = (kind: "1" | "2", number: number): string =>
  `00000000-5a3e-4000-8000-${kind}${String(number).padStart(11, "0")}`;
const userId = (one: Person): string => storeId("1", Number(one.id.slice(1)));
const groupId = (name: string): string => storeId("2", GROUPS.findIndex((group) => group.name === name) + 1);
const managed = (name: string, path = ""): Json => ({ Name: name, Arn: `arn:aws:iam::aws:policy/${path}${name}` });

/** A group may be called anything, also what a spreadsheet would run. */
export const ANALYSTS = '=HYPERLINK("https://sample.invalid","analysts")';

/** Groups with their members. */
const GROUPS: readonly { readonly name: string; readonly members: readonly Person[] }[] = [
  {
    name: "platform-administrators",
    members: ["Cleo Sample", "Rex Awaiter"].map(person),
  },
  {
    name: "data-readers",
    members: PEOPLE.filter((one) => one.department === "data" && one.employment === "active"),
  },
  {
    name: ANALYSTS,
    members: [person("Gil Falsy")],
  },
];

/** identity-center.json: who comes into which tenant with which permission set. */
export function identityCenter(): Json {
  const direct = ["Bo Placeholder", "Ned Filterby", "Flo Truthy"].map(person);
  const users = [...new Set([...GROUPS.flatMap(({ members }) => members), ...direct])];
  const assign = (tenant: string, number: number, kind: "GROUP" | "USER", id: string): Json => ({
    AccountId: tenant,
    PermissionSetArn: set(number),
    PrincipalType: kind,
    PrincipalId: id,
  });
  return {
    instances: [{ InstanceArn: INSTANCE, IdentityStoreId: STORE, OwnerAccountId: TENANTS.management }],
    permissionSets: [
      {
        PermissionSetArn: set(1),
        Name: "Administrator",
        CreatedDate: daysAgo(700),
        managed: [managed("AdministratorAccess")],
        customerManaged: [],
        inline: null,
        boundary: null,
      },
      {
        PermissionSetArn: set(2),
        Name: "DataReader",
        CreatedDate: daysAgo(600),
        managed: [managed("AmazonS3ReadOnlyAccess")],
        customerManaged: [{ Name: "data-read", Path: "/" }],
        inline: null,
        boundary: null,
      },
      {
        PermissionSetArn: set(3),
        Name: "Billing",
        CreatedDate: daysAgo(500),
        managed: [managed("Billing", "job-function/")],
        customerManaged: [],
        inline: doc(allow(["budgets:View*", "ce:Get*"])),
        boundary: null,
      },
    ],
    assignments: [
      assign(TENANTS.production, 1, "GROUP", groupId("platform-administrators")),
      assign(TENANTS.production, 2, "GROUP", groupId("data-readers")),
      assign(TENANTS.production, 2, "GROUP", groupId(ANALYSTS)),
      assign(TENANTS.management, 3, "USER", userId(person("Flo Truthy"))),
      assign(TENANTS.management, 1, "USER", userId(person("Bo Placeholder"))),
      // Left in October, and nobody took it away.
      assign(TENANTS.production, 2, "USER", userId(person("Ned Filterby"))),
    ],
    users: users.map((one) => ({
      UserId: userId(one),
      UserName: one.email,
      DisplayName: one.name,
      Emails: [{ Value: one.email, Type: "work", Primary: true }],
      IdentityStoreId: STORE,
    })),
    groups: GROUPS.map(({ name }) => ({ GroupId: groupId(name), DisplayName: name, IdentityStoreId: STORE })),
    memberships: GROUPS.flatMap(({ name, members }) =>
      members.map((one) => ({ IdentityStoreId: STORE, GroupId: groupId(name), MemberId: { UserId: userId(one) } })),
    ),
  };
}
