/** Small pieces every conversion is made of. */
import type { Entitlement } from "../../../src/model/entitlement.ts";
import type { Grant, GrantKind } from "../../../src/model/grant.ts";
import { toInstant, type Instant, type LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { grantId } from "../../../src/text/stable-id.ts";
import type { RawDate, RawDocument, RawTag } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { counted } from "../../../src/text/counted.ts";

/** An instant AWS gave, or why there is none. `what` completes the sentence: `when it was created`. */
export function instantOf(value: RawDate | undefined, what: string): Observed<Instant> {
  const instant = typeof value === "string" || value instanceof Date ? toInstant(value) : undefined;
  return instant === undefined ? unknown(`AWS did not say ${what}`) : known(instant);
}

/**
 * A date of the credential report. `N/A` and `no_information` say that there is none, `not_supported` that AWS does not
 * tell (IAM User Guide, "Getting credential reports").
 */
export function reportDate(text: string | undefined, ifNone: Observed<LastUse>): Observed<LastUse> {
  if (text === undefined || text === "") return unknown("the credential report lacks the column");
  if (text === "N/A" || text === "no_information") return ifNone;
  if (text === "not_supported") return unknown("the credential report does not support it");
  const instant = toInstant(text);
  return instant === undefined ? unknown("the credential report holds no date there") : known(instant);
}

/** A date of the credential report that says when something was made: never `never`. */
export function reportInstant(text: string | undefined, what: string): Observed<Instant> {
  const date = reportDate(text, unknown(`the credential report does not say ${what}`));
  return date.known && date.value === "never" ? unknown(`the credential report does not say ${what}`) : date;
}

/** Tags as a plain record, in order of key. */
export function tagsOf(tags: readonly RawTag[] | undefined): Observed<Readonly<Record<string, string>>> {
  if (tags === undefined) return unknown("AWS did not list tags");
  const pairs = tags.map((tag): [string, string] => [tag.Key ?? "", tag.Value ?? ""]);
  return known(Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/**
 * Text of a policy document, or why it is not known. AWS's API answers percent-encoded text, its command line an object,
 * stand-ins a mix; white space between the parts is dropped, so that one policy has one text wherever it was read.
 */
export function documentText(document: RawDocument | null | undefined): Observed<string> {
  if (document === undefined || document === null) return unknown("the policy document was not given");
  if (typeof document !== "string") return known(JSON.stringify(document));
  const text = decoded(document);
  try {
    JSON.parse(text);
    return known(compact(text));
  } catch (error) {
    return unknown(`the policy document is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** JSON without white space, its strings spelt in one way. What stands there twice still does: whoever judges it must see that. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/gs, (_, text?: string) =>
    text === undefined ? "" : JSON.stringify(JSON.parse(text)),
  );
}

/** A document's text as it was written: only percent-encoding is taken off. */
export function decoded(document: string): string {
  const text = document.trim();
  // Decode only what is encoded: a raw document may hold a `%` of its own.
  if (text.startsWith("{")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A policy whose document AWS gave, or did not. */
export function policy(
  fields: Pick<Policy, "id" | "tenantId" | "kind" | "name" | "locator"> & Partial<Policy>,
  document: Observed<string>,
): Policy {
  return {
    system: "aws",
    holderId: null,
    document,
    documentHash: document.known ? sha256(document.value) : "",
    versionId: null,
    updatedAt: unknown("AWS does not keep when it was changed"),
    ...fields,
  };
}

/** A principal with everything that is rarely known left unknown. */
export function principal(
  fields: Pick<Principal, "id" | "tenantId" | "kind" | "nativeType" | "nativeId" | "locator" | "displayName"> &
    Partial<Principal>,
): Principal {
  return {
    system: "aws",
    email: unknown("AWS keeps no e-mail there"),
    createdAt: unknown("AWS did not say when it was created"),
    lastUsedAt: unknown("AWS does not say when it was last used"),
    secondFactor: known(null),
    tags: unknown("AWS did not list tags"),
    attributes: {},
    ...fields,
  };
}

/** The root user of a tenant; there is exactly one, and it has no id but the tenant's. */
export function rootPrincipal(context: TenantContext, fields: Partial<Principal> = {}): Principal {
  return principal({
    id: `${context.tenantId}:root`,
    tenantId: context.tenantId,
    kind: "root",
    nativeType: "root",
    nativeId: "root",
    locator: `arn:aws:iam::${context.tenant}:root`,
    displayName: "root",
    secondFactor: unknown("neither the credential report nor the summary of the tenant was given"),
    lastUsedAt: unknown("only the credential report says when root was last used"),
    createdAt: unknown("only the credential report says when the tenant was made"),
    ...fields,
  });
}

/** A grant that AWS states as a fact; it does not say who granted it or when. */
export function fact(kind: GrantKind, tenantId: string, principalId: string, entitlementId: string): Grant {
  return {
    id: grantId(kind, principalId, entitlementId),
    system: "aws",
    tenantId,
    kind,
    principalId,
    entitlementId,
    via: [],
    grantedAt: unknown("AWS does not keep when it was granted"),
    grantedBy: unknown("AWS does not keep who granted it"),
    expiresAt: known("never"),
    lastUsedAt: unknown("AWS does not say when a single grant was used"),
    governedElsewhere: false,
  };
}

/** The entitlement a policy, group, role or permission set stands for. */
export function entitlement(
  kind: Entitlement["kind"],
  tenantId: string,
  targetId: string,
  displayName: string,
): Entitlement {
  return {
    id: `${targetId}#${kind}`,
    system: "aws",
    tenantId,
    kind,
    displayName,
    targetId,
    resourceId: null,
    level: null,
  };
}

/** What hangs on a name that the sweep does not hold: the two were read at different moments. */
export function strangers(names: readonly string[], context: TenantContext): string | undefined {
  const unknownNames = names.filter((name) => !context.users.has(name));
  if (unknownNames.length === 0) return undefined;
  const are = unknownNames.length === 1 ? "is" : "are";
  return `${unknownNames.length} of its users ${are} not in the sweep, for example \`${unknownNames[0]}\``;
}

/** Users of the sweep that an answer per user does not mention: not asked for, which is not "has none". */
export function notAsked(raw: Readonly<Record<string, unknown>>, context: TenantContext): string | undefined {
  const missing = [...context.users.keys()].filter((name) => !Object.hasOwn(raw, name)).length;
  return missing > 0 ? `${counted(missing, "user was", "users were")} not asked for` : undefined;
}
