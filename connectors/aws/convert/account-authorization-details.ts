import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawAttachment, RawBoundary, RawDetail, RawDocument, RawGroup, RawInline, RawPolicy, RawRole, RawUser } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { documentText, entitlement, fact, instantOf, principal, tagsOf } from "./parts.ts";

/** A role that AWS itself made and only AWS can change. */
const SERVICE_LINKED = "/aws-service-role/";
const RESERVED = "/aws-reserved/";

/**
 * Turns the sweep into records, entry by entry, so that memory grows with what is kept and not with the file. Groups and
 * policies may come after the users that name them: references by name are resolved in `finish`.
 */
export class DetailsConverter {
  readonly #context: TenantContext;
  readonly #records = emptyRecords();
  readonly #documents = new Map<string, string>();
  readonly #memberships: { readonly user: string; readonly group: string }[] = [];
  readonly #groups = new Map<string, string>();
  readonly #attachments: { readonly holder: string; readonly attachment: RawAttachment }[] = [];
  readonly #boundaries: { readonly holder: string; readonly arn: string }[] = [];
  readonly #trusts: { readonly roleId: string; readonly roleName: string; readonly document: string }[] = [];
  readonly #policyIds = new Set<string>();
  #roleLastUsedSeen = false;
  #roles = 0;

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

  /** Whether roles came with last-used data; an older stand-in leaves it out altogether, and then it is not known. */
  get roleLastUsedKnown(): boolean {
    return this.#roles === 0 || this.#roleLastUsedSeen;
  }

  /** The records, with everything that was named by name resolved. */
  finish(): Partial<SnapshotRecords> {
    const { tenantId } = this.#context;
    const records = this.#records;
    for (const { user, group } of this.#memberships) {
      const groupId = this.#groups.get(group) ?? `${tenantId}:arn:aws:iam::${this.#context.tenant}:group/${group}`;
      records.grants.push(fact("membership", tenantId, user, `${groupId}#membership`));
    }
    const named = new Set<string>();
    for (const { holder, attachment } of this.#attachments) {
      const arn = attachment.PolicyArn ?? "";
      const id = this.#context.policyId(arn);
      this.#missingPolicy(id, arn, attachment.PolicyName ?? arn.slice(arn.lastIndexOf("/") + 1));
      if (!named.has(id)) records.entitlements.push(entitlement("policy", id.startsWith("aws-managed:") ? "aws" : tenantId, id, `policy ${attachment.PolicyName ?? arn.slice(arn.lastIndexOf("/") + 1)}`));
      named.add(id);
      records.grants.push(fact("attachment", tenantId, holder, `${id}#policy`));
    }
    for (const { holder, arn } of this.#boundaries) {
      const id = this.#context.policyId(arn);
      // The sweep leaves out policies that are attached only as boundaries: their text is unknown, not absent.
      this.#missingPolicy(id, arn, arn.slice(arn.lastIndexOf("/") + 1));
      records.relations.push({ id: derivedId("relation", ["limited-by", holder, id]), kind: "limited-by", fromId: holder, toId: id, attributes: {} });
      records.guardrails.push({ id: derivedId("guardrail", ["boundary", holder, id]), tenantId, kind: "boundary", policyId: id, targetId: holder, targetKind: "principal" });
    }
    for (const trust of this.#trusts) this.#trust(trust.roleId, trust.roleName, trust.document);
    return records;
  }

  #user(raw: RawUser): void {
    const name = raw.UserName ?? raw.Arn?.slice(raw.Arn.lastIndexOf("/") + 1) ?? "";
    const record = this.#holder(raw, "user", "iam-user", name, raw.UserId);
    const created = instantOf(raw.CreateDate, "when it was created");
    this.#context.users.set(name, { id: record.id, arn: record.locator, createdAt: created.known ? created.value : undefined });
    this.#records.principals.push({ ...record, secondFactor: unknown("no MFA data were given"), lastUsedAt: unknown("no sign-in data were given"), tags: tagsOf(raw.Tags) });
    for (const group of raw.GroupList ?? []) this.#memberships.push({ user: record.id, group });
    this.#policies(record, raw.AttachedManagedPolicies, raw.UserPolicyList, raw.PermissionsBoundary);
  }

  #group(raw: RawGroup): void {
    const name = raw.GroupName ?? raw.Arn?.slice(raw.Arn.lastIndexOf("/") + 1) ?? "";
    const record = this.#holder(raw, "group", "iam-group", name, raw.GroupId);
    this.#groups.set(name, record.id);
    this.#records.principals.push(record);
    this.#records.entitlements.push(entitlement("membership", this.#context.tenantId, record.id, `group ${name}`));
    this.#policies(record, raw.AttachedManagedPolicies, raw.GroupPolicyList, undefined);
  }

  #role(raw: RawRole): void {
    const name = raw.RoleName ?? raw.Arn?.slice(raw.Arn.lastIndexOf("/") + 1) ?? "";
    const path = raw.Path ?? "/";
    const nativeType = path.startsWith(SERVICE_LINKED) ? "service-linked-role" : path.startsWith(RESERVED) ? "reserved-role" : "iam-role";
    const record = this.#holder(raw, "role", nativeType, name, raw.RoleId);
    this.#roles += 1;
    if (raw.RoleLastUsed !== undefined) this.#roleLastUsedSeen = true;
    this.#records.principals.push({
      ...record,
      tags: tagsOf(raw.Tags),
      lastUsedAt: roleLastUse(raw),
      attributes: {
        ...record.attributes,
        serviceLinked: nativeType === "service-linked-role",
        reserved: nativeType === "reserved-role",
        maxSessionSeconds: raw.MaxSessionDuration ?? null,
      },
    });
    this.#context.roleArns.push(record.locator);
    this.#records.entitlements.push(entitlement("assume", this.#context.tenantId, record.id, `assume role ${name}`));
    this.#policies(record, raw.AttachedManagedPolicies, raw.RolePolicyList, raw.PermissionsBoundary);
    const trust = this.#document(`${record.id}/trust`, "trust", "trust policy", `${record.locator}/trust`, record.id, raw.AssumeRolePolicyDocument, null);
    if (trust.document.known) this.#trusts.push({ roleId: record.id, roleName: name, document: trust.document.value });
  }

  #policy(raw: RawPolicy): void {
    const arn = raw.Arn ?? "";
    const name = raw.PolicyName ?? arn.slice(arn.lastIndexOf("/") + 1);
    const own = arn.includes("::aws:policy/");
    if (!own) this.#context.ids.set(arn, `${this.#context.tenantId}:${raw.PolicyId ?? arn}`);
    const versions = raw.PolicyVersionList ?? [];
    const version = versions.find((one) => one.IsDefaultVersion === true) ?? versions.find((one) => one.VersionId === raw.DefaultVersionId);
    const id = this.#context.policyId(arn);
    this.#policyIds.add(id);
    const policy = this.#document(id, own ? "aws-managed" : "customer-managed", name, arn, null, version?.Document, version?.VersionId ?? raw.DefaultVersionId ?? null);
    const at = this.#records.policies.indexOf(policy);
    this.#records.policies[at] = { ...policy, updatedAt: instantOf(raw.UpdateDate, "when it was changed") };
  }

  #holder(raw: RawUser | RawRole | RawGroup, kind: "user" | "group" | "role", nativeType: string, name: string, uniqueId: string | undefined): Principal {
    const { tenantId, tenant } = this.#context;
    const locator = raw.Arn ?? `arn:aws:iam::${tenant}:${kind}/${name}`;
    const id = `${tenantId}:${uniqueId ?? locator}`;
    this.#context.ids.set(locator, id);
    return principal({
      id,
      tenantId,
      kind,
      nativeType,
      nativeId: uniqueId ?? locator,
      locator,
      displayName: name,
      createdAt: instantOf(raw.CreateDate, "when it was created"),
      attributes: {
        path: raw.Path ?? "/",
        boundary: ("PermissionsBoundary" in raw ? raw.PermissionsBoundary?.PermissionsBoundaryArn : undefined) ?? null,
      },
    });
  }

  #policies(holder: Principal, managed: readonly RawAttachment[] | undefined, inline: readonly RawInline[] | undefined, boundary: RawBoundary | undefined): void {
    for (const attachment of managed ?? []) this.#attachments.push({ holder: holder.id, attachment });
    for (const policy of inline ?? []) {
      const name = policy.PolicyName ?? "unnamed";
      const id = `${holder.id}/inline/${name}`;
      this.#document(id, "inline", name, `${holder.locator}/inline/${name}`, holder.id, policy.PolicyDocument, null);
      this.#records.entitlements.push(entitlement("policy", this.#context.tenantId, id, `inline policy ${name}`));
      this.#records.grants.push(fact("inline", this.#context.tenantId, holder.id, `${id}#policy`));
    }
    if (boundary?.PermissionsBoundaryArn !== undefined) this.#boundaries.push({ holder: holder.id, arn: boundary.PermissionsBoundaryArn });
  }

  #document(id: string, kind: Policy["kind"], name: string, locator: string, holderId: string | null, raw: RawDocument | undefined, versionId: string | null): Policy {
    const text = documentText(raw);
    const policy: Policy = {
      id,
      system: "aws",
      tenantId: id.startsWith("aws-managed:") ? "aws" : this.#context.tenantId,
      kind,
      name,
      locator,
      holderId,
      document: text.known ? known(this.#interned(text.value)) : text,
      documentHash: text.known ? sha256(text.value) : "",
      versionId,
      updatedAt: unknown("AWS does not keep when it was changed"),
    };
    this.#records.policies.push(policy);
    return policy;
  }

  /** Equal documents share one text: a hundred thousand principals hold few different ones. */
  #interned(text: string): string {
    const same = this.#documents.get(text);
    if (same !== undefined) return same;
    this.#documents.set(text, text);
    return text;
  }

  /** A policy that is attached but whose text the sweep did not hold. */
  #missingPolicy(id: string, arn: string, name: string): void {
    if (this.#policyIds.has(id)) return;
    this.#policyIds.add(id);
    this.#document(id, id.startsWith("aws-managed:") ? "aws-managed" : "customer-managed", name, arn, null, undefined, null);
  }

  /** One trust grant per party a role trusts; the conditions stay in the document. */
  #trust(roleId: string, roleName: string, document: string): void {
    for (const party of trustedParties(document)) {
      const id = this.#trustedId(party);
      this.#records.grants.push(fact("trust", this.#context.tenantId, id, `${roleId}#assume`));
      this.#records.relations.push({ id: derivedId("relation", ["trusts", roleId, id]), kind: "trusts", fromId: roleId, toId: id, attributes: { roleName } });
    }
  }

  #trustedId(party: { readonly kind: string; readonly name: string }): string {
    const { tenantId, ids } = this.#context;
    const outside = (id: string, kind: Principal["kind"], locator: string, displayName: string): string => {
      this.#records.principals.push(principal({ id, tenantId, kind, nativeType: "trusted", nativeId: locator, locator, displayName }));
      return id;
    };
    if (party.kind === "Service") return outside(`aws-service:${party.name}`, "service", party.name, party.name);
    if (party.kind === "Federated") return outside(`${tenantId}:${party.name}`, "federated", party.name, party.name.slice(party.name.indexOf("/") + 1));
    if (party.name === "*") return outside("external:aws:*", "anyone", "*", "anyone");
    const own = ids.get(party.name);
    if (own !== undefined) return own;
    const tenant = /^arn:[^:]+:(?:iam|sts)::(\d{12}):root$/.exec(party.name)?.[1] ?? (/^\d{12}$/.test(party.name) ? party.name : undefined);
    const locator = tenant === undefined ? party.name : `arn:aws:iam::${tenant}:root`;
    return outside(`external:aws:${tenant ?? party.name}`, "external", locator, tenant === undefined ? party.name : `tenant ${tenant}`);
  }
}

/**
 * When a role was last used. AWS answers an empty object when it saw no use in the tracking period (400 days), so that is
 * `never` in what AWS can see; no object at all is an answer without the data.
 */
function roleLastUse(raw: RawRole): Observed<LastUse> {
  if (raw.RoleLastUsed === undefined) return unknown("the sweep held no last use of roles");
  return raw.RoleLastUsed.LastUsedDate === undefined ? known("never") : instantOf(raw.RoleLastUsed.LastUsedDate, "when it was last used");
}

/** Kinds and names of the principals that Allow statements of a trust policy name; a document that does not parse names none. */
function trustedParties(document: string): { kind: string; name: string }[] {
  let parsed: { Statement?: unknown };
  try {
    parsed = JSON.parse(document) as { Statement?: unknown };
  } catch {
    return [];
  }
  const parties = new Map<string, { kind: string; name: string }>();
  for (const statement of [parsed.Statement].flat() as { Effect?: unknown; Principal?: unknown }[]) {
    if (statement?.Effect !== "Allow") continue;
    const principals = statement.Principal === "*" ? { AWS: "*" } : statement.Principal;
    if (typeof principals !== "object" || principals === null) continue;
    for (const [kind, names] of Object.entries(principals)) {
      for (const name of [names].flat() as unknown[]) if (typeof name === "string") parties.set(`${kind} ${name}`, { kind, name });
    }
  }
  return [...parties.values()];
}
