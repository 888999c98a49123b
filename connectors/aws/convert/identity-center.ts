import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { documentText, entitlement, fact, instantOf, policy, principal } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

type Raw = RawSteps["identity-center"];
type PermissionSet = NonNullable<Raw["permissionSets"]>[number];
type Records = ReturnType<typeof emptyRecords>;

/**
 * Identity Center: people and groups live in the tenant that owns the instance; a permission set becomes a principal of every
 * tenant it is assigned in, because that is where its policies work.
 */
export function identityCenter(raw: Raw, context: TenantContext): Converted {
  const records = emptyRecords();
  addPeople(raw, context, records);
  const sets = new Map((raw.permissionSets ?? []).map((set) => [set.PermissionSetArn, set]));
  const provisioned = new Set<string>();
  let dangling = 0;
  for (const { PermissionSetArn = "", AccountId = "", PrincipalId = "" } of raw.assignments ?? []) {
    const set = sets.get(PermissionSetArn);
    if (set === undefined || AccountId === "" || PrincipalId === "") {
      dangling += 1;
      continue;
    }
    const setId = `aws:${AccountId}:${lastPart(PermissionSetArn)}`;
    if (!provisioned.has(setId)) new Provisioning(setId, AccountId, context, records).add(set);
    provisioned.add(setId);
    records.grants.push(
      fact("assignment", `aws:${AccountId}`, `${context.tenantId}:${PrincipalId}`, `${setId}#permission-set`),
    );
  }
  const items = raw.assignments?.length ?? 0;
  const absent = (["permissionSets", "assignments", "users", "groups", "memberships"] as const).filter(
    (list) => raw[list] === undefined,
  );
  const bare = (raw.permissionSets ?? []).filter(
    ({ managed, customerManaged, inline }) =>
      managed === undefined || customerManaged === undefined || inline === undefined,
  ).length;
  const gaps = [
    ...(dangling > 0
      ? [`${counted(dangling, "assignment names", "assignments name")} a permission set that was not given`]
      : []),
    ...(absent.length > 0 ? [`${absent.join(", ")} ${absent.length === 1 ? "was" : "were"} not given`] : []),
    ...(bare > 0 ? [`the policies of ${counted(bare, "permission set")} were not given`] : []),
  ];
  const gap = gaps.length > 0 ? gaps.join("; ") : undefined;
  return { records, kinds: { "identity-center": gap === undefined ? { items } : { items, gap } } };
}

function addPeople(raw: Raw, { tenantId }: TenantContext, records: Records): void {
  for (const { UserId = "", UserName, DisplayName, Emails } of raw.users ?? []) {
    const email = Emails?.find((one) => one.Primary === true)?.Value ?? Emails?.[0]?.Value;
    records.principals.push(
      principal({
        id: `${tenantId}:${UserId}`,
        tenantId,
        kind: "user",
        nativeType: "identity-center-user",
        nativeId: UserId,
        locator: UserName ?? UserId,
        displayName: DisplayName ?? UserName ?? UserId,
        email: email === undefined ? unknown("Identity Center holds no e-mail") : known(email),
        secondFactor: unknown("Identity Center does not say whether a second factor is set up"),
      }),
    );
  }
  for (const { GroupId = "", DisplayName = GroupId } of raw.groups ?? []) {
    const id = `${tenantId}:${GroupId}`;
    records.principals.push(
      principal({
        id,
        tenantId,
        kind: "group",
        nativeType: "identity-center-group",
        nativeId: GroupId,
        locator: DisplayName,
        displayName: DisplayName,
      }),
    );
    records.entitlements.push(entitlement("membership", tenantId, id, `group ${DisplayName}`));
  }
  for (const { GroupId = "", MemberId, UserId } of raw.memberships ?? []) {
    records.grants.push(
      fact(
        "membership",
        tenantId,
        `${tenantId}:${MemberId?.UserId ?? UserId ?? ""}`,
        `${tenantId}:${GroupId}#membership`,
      ),
    );
  }
}

/** A permission set as it works in one tenant: a role-like principal with policies of its own. */
class Provisioning {
  readonly #id: string;
  readonly #tenantId: string;
  readonly #digits: string;
  readonly #context: TenantContext;
  readonly #records: Records;

  constructor(id: string, digits: string, context: TenantContext, records: Records) {
    this.#id = id;
    this.#digits = digits;
    this.#tenantId = `aws:${digits}`;
    this.#context = context;
    this.#records = records;
  }

  add(set: PermissionSet): void {
    const name = set.Name ?? this.#id;
    const { PermissionSetArn: arn } = set;
    this.#records.principals.push(
      principal({
        id: this.#id,
        tenantId: this.#tenantId,
        kind: "role",
        nativeType: "permission-set",
        nativeId: arn,
        locator: arn,
        displayName: name,
        createdAt: instantOf(set.CreatedDate, "when it was created"),
      }),
    );
    this.#records.entitlements.push(entitlement("permission-set", this.#tenantId, this.#id, `permission set ${name}`));
    for (const { Arn, Name } of set.managed ?? []) this.#attach(Arn ?? `arn:aws:iam::aws:policy/${Name ?? ""}`, Name);
    for (const reference of set.customerManaged ?? []) this.#attach(this.#customerArn(reference), reference.Name);
    this.#inline(set, name);
    const { ManagedPolicyArn, CustomerManagedPolicyReference } = set.boundary ?? {};
    if (ManagedPolicyArn !== undefined) this.#limit(ManagedPolicyArn);
    else if (CustomerManagedPolicyReference !== undefined)
      this.#limit(this.#customerArn(CustomerManagedPolicyReference));
  }

  /** A reference is a name: it stands for the policy of that name in the tenant, whose own record carries the document. */
  #customerArn({ Path = "/", Name = "" }: { readonly Path?: string; readonly Name?: string }): string {
    return `arn:aws:iam::${this.#digits}:policy${Path}${Name}`;
  }

  #attach(arn: string, name = lastPart(arn)): void {
    const id = this.#policyId(arn, name);
    this.#records.entitlements.push(
      entitlement("policy", id.startsWith("aws-managed:") ? "aws" : this.#tenantId, id, `policy ${name}`),
    );
    this.#records.grants.push(fact("attachment", this.#tenantId, this.#id, `${id}#policy`));
  }

  #limit(arn: string): void {
    const policyId = this.#policyId(arn, lastPart(arn));
    this.#records.relations.push({
      id: derivedId("relation", ["limited-by", this.#id, policyId]),
      kind: "limited-by",
      fromId: this.#id,
      toId: policyId,
      attributes: {},
    });
    this.#records.guardrails.push({
      id: derivedId("guardrail", ["boundary", this.#id, policyId]),
      tenantId: this.#tenantId,
      kind: "boundary",
      policyId,
      targetId: this.#id,
      targetKind: "principal",
    });
  }

  /** Id of a policy; one that no sweep held gets a record that says its document is not known. */
  #policyId(arn: string, name: string): string {
    const home = this.#digits === this.#context.tenant ? this.#context : this.#context.siblings.get(this.#digits);
    const known = home?.ids.get(arn);
    if (known !== undefined) return known;
    const own = arn.includes("::aws:policy/");
    const id = own ? this.#context.policyId(arn) : `${this.#tenantId}:${arn}`;
    const held = [this.#context, ...this.#context.siblings.values()]
      .map((tenant) => tenant.awsManaged.get(id))
      .find((one) => one !== undefined);
    const missing = policy(
      {
        id,
        tenantId: own ? "aws" : this.#tenantId,
        kind: own ? "aws-managed" : "customer-managed",
        name,
        locator: arn,
      },
      unknown("no sweep held the policy document"),
    );
    this.#records.policies.push(held ?? missing);
    return id;
  }

  #inline(set: PermissionSet, name: string): void {
    if (set.inline === undefined || set.inline === null || set.inline === "") return;
    const id = `${this.#id}/inline/permission-set`;
    this.#records.policies.push(
      policy(
        {
          id,
          tenantId: this.#tenantId,
          kind: "inline",
          name: "permission-set",
          locator: `${set.PermissionSetArn}/inline`,
          holderId: this.#id,
        },
        documentText(set.inline),
      ),
    );
    this.#records.entitlements.push(entitlement("policy", this.#tenantId, id, `inline policy of ${name}`));
    this.#records.grants.push(fact("inline", this.#tenantId, this.#id, `${id}#policy`));
  }
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
