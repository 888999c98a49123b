import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords, type SnapshotRecords } from "../../../src/model/snapshot.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawIdentityCenter } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { documentText, entitlement, fact, instantOf, principal } from "./parts.ts";

type PermissionSet = NonNullable<RawIdentityCenter["permissionSets"]>[number];

/**
 * Identity Center: people and groups live in the instance's tenant; a permission set becomes a principal in every tenant it is
 * assigned in, because that is where its policies work.
 */
export function identityCenter(raw: RawIdentityCenter, context: TenantContext): Partial<SnapshotRecords> {
  const records = emptyRecords();
  const { tenantId } = context;
  const people = (nativeId: string): string => `${tenantId}:${nativeId}`;
  for (const user of raw.users ?? []) {
    const email = user.Emails?.find((one) => one.Primary === true)?.Value ?? user.Emails?.[0]?.Value;
    records.principals.push(
      principal({
        id: people(user.UserId ?? ""),
        tenantId,
        kind: "user",
        nativeType: "identity-center-user",
        nativeId: user.UserId ?? "",
        locator: user.UserName ?? user.UserId ?? "",
        displayName: user.DisplayName ?? user.UserName ?? "",
        email: email === undefined ? unknown("Identity Center holds no e-mail") : known(email),
        secondFactor: unknown("Identity Center does not say whether a second factor is set up"),
      }),
    );
  }
  for (const group of raw.groups ?? []) {
    const id = people(group.GroupId ?? "");
    const name = group.DisplayName ?? group.GroupId ?? "";
    records.principals.push(principal({ id, tenantId, kind: "group", nativeType: "identity-center-group", nativeId: group.GroupId ?? "", locator: name, displayName: name }));
    records.entitlements.push(entitlement("membership", tenantId, id, `group ${name}`));
  }
  for (const membership of raw.memberships ?? []) {
    const user = membership.MemberId?.UserId ?? membership.UserId ?? "";
    records.grants.push(fact("membership", tenantId, people(user), `${people(membership.GroupId ?? "")}#membership`));
  }
  const sets = new Map((raw.permissionSets ?? []).map((set) => [set.PermissionSetArn, set]));
  const provisioned = new Set<string>();
  for (const assignment of raw.assignments ?? []) {
    const set = sets.get(assignment.PermissionSetArn ?? "");
    const digits = assignment.AccountId ?? "";
    if (set === undefined || digits === "") continue;
    const setId = `aws:${digits}:${set.PermissionSetArn.slice(set.PermissionSetArn.lastIndexOf("/") + 1)}`;
    if (!provisioned.has(setId)) provision(set, setId, digits, records);
    provisioned.add(setId);
    records.grants.push(fact("assignment", `aws:${digits}`, people(assignment.PrincipalId ?? ""), `${setId}#permission-set`));
  }
  return records;
}

/** The permission set as it works in one tenant. */
function provision(set: PermissionSet, setId: string, digits: string, records: ReturnType<typeof emptyRecords>): void {
  const tenantId = `aws:${digits}`;
  const name = set.Name ?? setId;
  records.principals.push(
    principal({
      id: setId,
      tenantId,
      kind: "role",
      nativeType: "permission-set",
      nativeId: set.PermissionSetArn,
      locator: set.PermissionSetArn,
      displayName: name,
      createdAt: instantOf(set.CreatedDate, "when it was created"),
    }),
  );
  records.entitlements.push(entitlement("permission-set", tenantId, setId, `permission set ${name}`));
  for (const managed of set.managed ?? []) {
    const policy = managed.Name ?? managed.Arn?.slice(managed.Arn.lastIndexOf("/") + 1) ?? "";
    const id = `aws-managed:${policy}`;
    records.entitlements.push(entitlement("policy", "aws", id, `policy ${policy}`));
    records.grants.push(fact("attachment", tenantId, setId, `${id}#policy`));
  }
  for (const reference of set.customerManaged ?? []) {
    // A name, not a policy: it stands for the policy of that name in the tenant, whose own record carries the document.
    const arn = `arn:aws:iam::${digits}:policy${reference.Path ?? "/"}${reference.Name ?? ""}`;
    const id = `${tenantId}:${arn}`;
    records.entitlements.push(entitlement("policy", tenantId, id, `policy ${reference.Name ?? ""}`));
    records.grants.push(fact("attachment", tenantId, setId, `${id}#policy`));
  }
  if (set.inline !== undefined && set.inline !== null && set.inline !== "") {
    const text = documentText(set.inline);
    const id = `${setId}/inline/permission-set`;
    records.policies.push({
      id,
      system: "aws",
      tenantId,
      kind: "inline",
      name: "permission-set",
      locator: `${set.PermissionSetArn}/inline`,
      holderId: setId,
      document: text,
      documentHash: text.known ? sha256(text.value) : "",
      versionId: null,
      updatedAt: unknown("AWS does not keep when it was changed"),
    });
    records.entitlements.push(entitlement("policy", tenantId, id, `inline policy of ${name}`));
    records.grants.push(fact("inline", tenantId, setId, `${id}#policy`));
  }
  const boundary = set.boundary?.ManagedPolicyArn ?? set.boundary?.CustomerManagedPolicyReference?.Name;
  if (boundary !== undefined) {
    const id = set.boundary?.ManagedPolicyArn === undefined ? `${tenantId}:${boundary}` : `aws-managed:${boundary.slice(boundary.lastIndexOf("/") + 1)}`;
    records.relations.push({ id: derivedId("relation", ["limited-by", setId, id]), kind: "limited-by", fromId: setId, toId: id, attributes: {} });
    records.guardrails.push({ id: derivedId("guardrail", ["boundary", setId, id]), tenantId, kind: "boundary", policyId: id, targetId: setId, targetKind: "principal" });
  }
}
