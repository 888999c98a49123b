import type { Entitlement } from "../../../src/model/entitlement.ts";
import type { Grant, GrantKind } from "../../../src/model/grant.ts";
import { toInstant, type Instant, type LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { grantId } from "../../../src/text/stable-id.ts";
import type { RawDate, RawDocument, RawTag } from "../raw.ts";

/** An instant AWS gave, or why there is none. */
export function instantOf(value: RawDate | undefined, what: string): Observed<Instant> {
  const instant = value === undefined ? undefined : toInstant(value);
  return instant === undefined ? unknown(`AWS did not say ${what}`) : known(instant);
}

/** A date of the credential report; `N/A`, `no_information` and `not_supported` are words of their own there. */
export function reportDate(text: string | undefined, ifNone: Observed<LastUse>): Observed<LastUse> {
  if (text === undefined || text === "") return unknown("the credential report lacks the column");
  if (text === "N/A" || text === "no_information") return ifNone;
  if (text === "not_supported") return unknown("the credential report does not support it");
  const instant = toInstant(text);
  return instant === undefined ? unknown("the credential report holds no date there") : known(instant);
}

/** Tags as a plain record. */
export function tagsOf(tags: readonly RawTag[] | undefined): Observed<Readonly<Record<string, string>>> {
  if (tags === undefined) return unknown("AWS did not list tags");
  return known(Object.fromEntries(tags.map((tag) => [tag.Key ?? "", tag.Value ?? ""]).sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1))));
}

/** Text of a policy document, whatever form it came in; decoding is left to the parser, only percent-encoding is taken off. */
export function documentText(document: RawDocument | undefined): Observed<string> {
  if (document === undefined) return unknown("the policy document was not given");
  if (typeof document !== "string") return known(JSON.stringify(document));
  const text = document.trim();
  // Decode only what is encoded: a raw document may hold a `%` of its own.
  if (text.startsWith("{")) return known(text);
  try {
    return known(decodeURIComponent(text));
  } catch {
    return known(text);
  }
}

/** A principal with everything that is rarely known left unknown. */
export function principal(fields: Pick<Principal, "id" | "tenantId" | "kind" | "nativeType" | "nativeId" | "locator" | "displayName"> & Partial<Principal>): Principal {
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
export function entitlement(kind: Entitlement["kind"], tenantId: string, targetId: string, displayName: string): Entitlement {
  return { id: `${targetId}#${kind}`, system: "aws", tenantId, kind, displayName, targetId, resourceId: null, level: null };
}
