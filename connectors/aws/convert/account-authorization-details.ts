/**
 * The sweep as records. One file, although a long one: users, groups, roles and policies of one answer name each other before
 * and after, and what is still to be resolved is the state they share.
 */
import type { LastUse } from "../../../src/model/instant.ts";
import { daysBetween } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { emptyRecords, type SnapshotRecords } from "../../../src/model/snapshot.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type {
  RawAttachment,
  RawDetail,
  RawDocument,
  RawGroup,
  RawInline,
  RawPolicy,
  RawRole,
  RawUser,
} from "../raw.ts";
import { awsManagedName, type TenantContext } from "../tenant-context.ts";
import type { Converted, KindRead } from "./converted.ts";
import { documentText, entitlement, fact, instantOf, policy, principal, rootPrincipal, tagsOf } from "./parts.ts";
import { trustedParties, trustedPrincipal } from "./trust.ts";
import { counted } from "../../../src/text/counted.ts";

/** Path of roles that AWS itself made and only AWS can change, and of those Identity Center made. */
const SERVICE_LINKED = "/aws-service-role/";
const RESERVED = "/aws-reserved/";

/** How far back AWS tells when a role was last used (IAM User Guide, "View last accessed information"). */
const TRACKED_DAYS = 400;

/**
 * Turns the sweep into records, entry by entry, so that memory grows with what is kept and not with the file. Groups and
 * policies may come after the users that name them: what is named is resolved in `finish`.
 */
export class DetailsConverter {
  readonly #context: TenantContext;
  readonly #records = emptyRecords();
  /** Equal documents share one text and one hash: a hundred thousand principals hold few different ones. */
  readonly #documents = new Map<string, { readonly document: Observed<string>; readonly hash: string }>();
  readonly #groups = new Map<string, string>();
  readonly #memberships: { readonly userId: string; readonly group: string }[] = [];
  readonly #attachments: { readonly holderId: string; readonly arn: string; readonly name: string }[] = [];
  readonly #boundaries: { readonly holderId: string; readonly arn: string }[] = [];
  readonly #trusts: { readonly roleId: string; readonly document: string }[] = [];
  readonly #policyIds = new Set<string>();
  #roles = 0;
  #rolesWithoutLastUse = 0;
  #unreadable = 0;

  constructor(context: TenantContext) {
    this.#context = context;
  }

  /** Takes one entry. */
  add(detail: RawDetail): void {
    switch (detail.section) {
      case "UserDetailList":
        return this.#user(detail.entry);
      case "GroupDetailList":
        return this.#group(detail.entry);
      case "RoleDetailList":
        return this.#role(detail.entry);
      case "Policies":
        return this.#policy(detail.entry);
    }
  }

  /** The records, with everything that was named by name resolved, but for trust: see {@link trusts}. */
  finish(): Converted {
    const records = this.#records;
    records.principals.push(rootPrincipal(this.#context));
    const missingGroups = this.#resolveMemberships();
    const missingPolicies = this.#resolveAttachments() + this.#resolveBoundaries();
    return {
      records,
      kinds: {
        principal: gapped(
          records.principals.length,
          missingGroups > 0
            ? `${counted(missingGroups, "group that users are in is", "groups that users are in are")} not in the sweep`
            : undefined,
        ),
        policy: gapped(records.policies.length, policyGap(missingPolicies, this.#unreadable)),
        "role-last-used": this.#roleLastUsed(),
      },
    };
  }

  /**
   * Who is trusted by the roles, one grant per party and role; the conditions stay in the document. Call when the sweeps of
   * all tenants were read, because a role of one may trust a principal of another.
   */
  trusts(): Partial<SnapshotRecords> {
    const { principals, grants, relations } = emptyRecords();
    const outside = new Set<string>();
    for (const { roleId, document } of this.#trusts) {
      const trusted = new Set<string>();
      for (const party of trustedParties(document)) {
        const { id, record } = trustedPrincipal(party, this.#context);
        if (trusted.has(id)) continue;
        trusted.add(id);
        if (record !== null && !outside.has(id)) principals.push(record);
        outside.add(id);
        grants.push(fact("trust", this.#context.tenantId, id, `${roleId}#assume`));
        relations.push({
          id: derivedId("relation", ["trusts", roleId, id]),
          kind: "trusts",
          fromId: roleId,
          toId: id,
          attributes: {},
        });
      }
    }
    return { principals, grants, relations };
  }

  #user(raw: RawUser): void {
    const name = raw.UserName ?? lastPart(raw.Arn);
    const user: Principal = {
      ...this.#holder(raw, "user", "iam-user", name, raw.UserId),
      secondFactor: unknown("neither mfa-devices.json nor the credential report was given"),
      lastUsedAt: unknown("only the credential report says when a user last signed in"),
      tags: tagsOf(raw.Tags),
    };
    this.#context.users.set(name, user);
    this.#records.principals.push(user);
    for (const group of raw.GroupList ?? []) this.#memberships.push({ userId: user.id, group });
    this.#policies(
      user,
      raw.AttachedManagedPolicies,
      raw.UserPolicyList,
      raw.PermissionsBoundary?.PermissionsBoundaryArn,
    );
  }

  #group(raw: RawGroup): void {
    const name = raw.GroupName ?? lastPart(raw.Arn);
    const group = this.#holder(raw, "group", "iam-group", name, raw.GroupId);
    this.#groups.set(name, group.id);
    this.#records.principals.push(group);
    this.#records.entitlements.push(entitlement("membership", this.#context.tenantId, group.id, `group ${name}`));
    this.#policies(group, raw.AttachedManagedPolicies, raw.GroupPolicyList, undefined);
  }

  #role(raw: RawRole): void {
    const name = raw.RoleName ?? lastPart(raw.Arn);
    const path = raw.Path ?? "/";
    const serviceLinked = path.startsWith(SERVICE_LINKED);
    const reserved = path.startsWith(RESERVED);
    const nativeType = serviceLinked ? "service-linked-role" : reserved ? "reserved-role" : "iam-role";
    const holder = this.#holder(raw, "role", nativeType, name, raw.RoleId);
    const { lastUsedAt, trackedDays } = this.#lastUse(raw, holder);
    this.#records.principals.push({
      ...holder,
      tags: tagsOf(raw.Tags),
      lastUsedAt,
      attributes: {
        ...holder.attributes,
        serviceLinked,
        reserved,
        maxSessionSeconds: raw.MaxSessionDuration ?? null,
        instanceProfiles: raw.InstanceProfileList?.length ?? null,
        ...(trackedDays === undefined ? {} : { lastUseTrackedDays: trackedDays }),
      },
    });
    this.#context.roleArns.push(holder.locator);
    this.#context.roleIds.set(name, holder.id);
    this.#records.entitlements.push(entitlement("assume", this.#context.tenantId, holder.id, `assume role ${name}`));
    this.#policies(
      holder,
      raw.AttachedManagedPolicies,
      raw.RolePolicyList,
      raw.PermissionsBoundary?.PermissionsBoundaryArn,
    );
    const trust = this.#hung(
      `${holder.id}/trust`,
      "trust",
      "trust policy",
      `${holder.locator}/trust`,
      holder.id,
      raw.AssumeRolePolicyDocument,
    );
    if (trust.document.known) this.#trusts.push({ roleId: holder.id, document: trust.document.value });
  }

  /**
   * AWS tells the last use of a role within 400 days. An empty object therefore says `never` of a younger role; of an older
   * one it says `not within 400 days`, which is `never` as far as AWS can see and marked with the days it looked back.
   */
  #lastUse(raw: RawRole, role: Principal): { lastUsedAt: Observed<LastUse>; trackedDays?: number } {
    this.#roles += 1;
    if (raw.RoleLastUsed === undefined || raw.RoleLastUsed === null) {
      this.#rolesWithoutLastUse += 1;
      return { lastUsedAt: unknown("the sweep did not hold when roles were last used") };
    }
    if (raw.RoleLastUsed.LastUsedDate !== undefined)
      return { lastUsedAt: instantOf(raw.RoleLastUsed.LastUsedDate, "when it was last used") };
    const older = !role.createdAt.known || daysBetween(role.createdAt.value, this.#context.now) > TRACKED_DAYS;
    return { lastUsedAt: known("never"), ...(older ? { trackedDays: TRACKED_DAYS } : {}) };
  }

  #policy(raw: RawPolicy): void {
    const arn = raw.Arn ?? "";
    const own = awsManagedName(arn);
    if (own === undefined) this.#context.ids.set(arn, `${this.#context.tenantId}:${raw.PolicyId ?? arn}`);
    const versions = raw.PolicyVersionList ?? [];
    const version =
      versions.find((one) => one.IsDefaultVersion === true) ??
      versions.find((one) => one.VersionId === raw.DefaultVersionId);
    const id = this.#context.policyId(arn);
    const { document, hash } = this.#interned(version?.Document, own === undefined);
    const record = {
      ...policy(
        {
          id,
          tenantId: own === undefined ? this.#context.tenantId : "aws",
          kind: own === undefined ? "customer-managed" : "aws-managed",
          name: raw.PolicyName ?? lastPart(arn),
          locator: arn,
        },
        document,
      ),
      documentHash: hash,
      versionId: version?.VersionId ?? raw.DefaultVersionId ?? null,
      updatedAt: instantOf(raw.UpdateDate, "when it was changed"),
    };
    // Some answers hold all of AWS's own policies, attached or not: only those that something names are kept.
    if (own !== undefined) this.#context.awsManaged.set(id, record);
    else {
      this.#policyIds.add(id);
      this.#records.policies.push(record);
    }
  }

  #holder(
    raw: RawUser | RawRole | RawGroup,
    kind: "user" | "group" | "role",
    nativeType: string,
    name: string,
    uniqueId: string | undefined,
  ): Principal {
    const { tenantId, tenant, ids } = this.#context;
    const locator = raw.Arn ?? `arn:aws:iam::${tenant}:${kind}/${name}`;
    const id = `${tenantId}:${uniqueId ?? locator}`;
    ids.set(locator, id);
    const boundary = "PermissionsBoundary" in raw ? (raw.PermissionsBoundary?.PermissionsBoundaryArn ?? null) : null;
    return principal({
      id,
      tenantId,
      kind,
      nativeType,
      nativeId: uniqueId ?? locator,
      locator,
      displayName: name,
      createdAt: instantOf(raw.CreateDate, "when it was created"),
      attributes: { path: raw.Path ?? "/", boundary },
    });
  }

  #policies(
    holder: Principal,
    managed: readonly RawAttachment[] | undefined,
    inline: readonly RawInline[] | undefined,
    boundary: string | undefined,
  ): void {
    const { tenantId } = this.#context;
    for (const { PolicyArn = "", PolicyName } of managed ?? [])
      this.#attachments.push({ holderId: holder.id, arn: PolicyArn, name: PolicyName ?? lastPart(PolicyArn) });
    for (const { PolicyName = "unnamed", PolicyDocument } of inline ?? []) {
      const { id } = this.#hung(
        `${holder.id}/inline/${PolicyName}`,
        "inline",
        PolicyName,
        `${holder.locator}/inline/${PolicyName}`,
        holder.id,
        PolicyDocument,
      );
      this.#records.entitlements.push(entitlement("policy", tenantId, id, `inline policy ${PolicyName}`));
      this.#records.grants.push(fact("inline", tenantId, holder.id, `${id}#policy`));
    }
    if (boundary !== undefined) this.#boundaries.push({ holderId: holder.id, arn: boundary });
  }

  /** A policy that hangs on a principal: inline or trust. */
  #hung(
    id: string,
    kind: "inline" | "trust",
    name: string,
    locator: string,
    holderId: string,
    raw: RawDocument | undefined,
  ): Policy {
    const { document, hash } = this.#interned(raw, true);
    const record: Policy = {
      ...policy({ id, tenantId: this.#context.tenantId, kind, name, locator, holderId }, unknown("")),
      document,
      documentHash: hash,
    };
    this.#records.policies.push(record);
    return record;
  }

  #interned(
    raw: RawDocument | undefined,
    counts: boolean,
  ): { readonly document: Observed<string>; readonly hash: string } {
    const document = documentText(raw);
    if (!document.known) {
      if (counts) this.#unreadable += 1;
      return { document, hash: "" };
    }
    const same = this.#documents.get(document.value);
    if (same !== undefined) return same;
    const fresh = { document, hash: sha256(document.value) };
    this.#documents.set(document.value, fresh);
    return fresh;
  }

  /** Answers how many groups are named that the sweep does not hold. */
  #resolveMemberships(): number {
    const { tenantId, tenant } = this.#context;
    const missing = new Set<string>();
    for (const { userId, group } of this.#memberships) {
      let id = this.#groups.get(group);
      if (id === undefined) {
        id = `${tenantId}:arn:aws:iam::${tenant}:group/${group}`;
        if (!missing.has(group))
          this.#records.entitlements.push(entitlement("membership", tenantId, id, `group ${group}`));
        missing.add(group);
      }
      this.#records.grants.push(fact("membership", tenantId, userId, `${id}#membership`));
    }
    return missing.size;
  }

  /** Answers how many attached policies the sweep does not hold. */
  #resolveAttachments(): number {
    const { tenantId } = this.#context;
    const named = new Set<string>();
    let missing = 0;
    for (const { holderId, arn, name } of this.#attachments) {
      const id = this.#context.policyId(arn);
      if (!named.has(id)) {
        if (this.#named(id, arn, name)) missing += 1;
        this.#records.entitlements.push(
          entitlement("policy", id.startsWith("aws-managed:") ? "aws" : tenantId, id, `policy ${name}`),
        );
      }
      named.add(id);
      this.#records.grants.push(fact("attachment", tenantId, holderId, `${id}#policy`));
    }
    return missing;
  }

  /** Answers how many boundaries the sweep does not hold: AWS leaves out policies that are attached only as boundaries. */
  #resolveBoundaries(): number {
    const { tenantId } = this.#context;
    let missing = 0;
    for (const { holderId, arn } of this.#boundaries) {
      const id = this.#context.policyId(arn);
      if (this.#named(id, arn, lastPart(arn))) missing += 1;
      this.#records.relations.push({
        id: derivedId("relation", ["limited-by", holderId, id]),
        kind: "limited-by",
        fromId: holderId,
        toId: id,
        attributes: {},
      });
      this.#records.guardrails.push({
        id: derivedId("guardrail", ["boundary", holderId, id]),
        tenantId,
        kind: "boundary",
        policyId: id,
        targetId: holderId,
        targetKind: "principal",
      });
    }
    return missing;
  }

  /** Makes sure a policy that is named has a record; answers true when its document is not known for that. */
  #named(id: string, arn: string, name: string): boolean {
    if (this.#policyIds.has(id)) return false;
    this.#policyIds.add(id);
    const own = this.#context.awsManaged.get(id);
    this.#records.policies.push(own ?? missingPolicy(id, arn, name, this.#context.tenantId));
    return own === undefined;
  }

  #roleLastUsed(): KindRead {
    const items = this.#roles - this.#rolesWithoutLastUse;
    if (this.#rolesWithoutLastUse === 0) return { items };
    if (items === 0) return { items, absent: "the sweep did not hold when roles were last used" };
    return {
      items,
      gap: `${this.#rolesWithoutLastUse} of ${counted(this.#roles, "role")} came without when they were last used`,
    };
  }
}

/** A policy that is named by its ARN only: its document is unknown, not empty. */
function missingPolicy(id: string, arn: string, name: string, tenantId: string): Policy {
  const own = id.startsWith("aws-managed:");
  return policy(
    {
      id,
      tenantId: own ? "aws" : tenantId,
      kind: own ? "aws-managed" : "customer-managed",
      name,
      locator: arn,
      updatedAt: unknown("the sweep did not hold it"),
    },
    unknown("the sweep did not hold the policy document"),
  );
}

function policyGap(missing: number, unreadable: number): string | undefined {
  const parts = [
    ...(missing > 0
      ? [
          counted(
            missing,
            "policy that is attached or limits somebody is not in the sweep",
            "policies that are attached or limit somebody are not in the sweep",
          ),
        ]
      : []),
    ...(unreadable > 0 ? [`${counted(unreadable, "policy document")} could not be read`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

const gapped = (items: number, gap: string | undefined): KindRead => (gap === undefined ? { items } : { items, gap });

const lastPart = (arn: string | undefined): string => arn?.slice(arn.lastIndexOf("/") + 1) ?? "";
