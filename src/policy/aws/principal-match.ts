import type { ParsedPrincipals } from "./parse-policy.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/**
 * How a statement with a Principal element names the one who asks, as bits: by itself (user, session, service, everyone), by
 * its role, or through its whole tenant, which then decides itself. The difference decides what boundaries and session
 * policies still limit: "Policy evaluation logic: resource-based policies", IAM User Guide.
 */
export const NOT_NAMED = 0;
export const DIRECTLY = 1;
export const BY_ROLE = 2;
export const BY_TENANT = 4;

/** One name of a Principal element, read once. */
type Name =
  | { readonly kind: "everyone" }
  | { readonly kind: "tenant"; readonly tenant: string }
  | { readonly kind: "role"; readonly tenant: string; readonly name: string }
  | { readonly kind: "exact"; readonly text: string }
  | { readonly kind: "session"; readonly text: string; readonly tenant: string; readonly role: string };

/** A Principal or NotPrincipal element, ready to be asked. */
export interface PrincipalElement {
  readonly not: boolean;
  readonly names: readonly Name[];
}

/** Reads a Principal (or NotPrincipal) element; null where the statement has none. */
export function principalElement(
  principals: ParsedPrincipals | null,
  notPrincipals: ParsedPrincipals | null,
): PrincipalElement | null {
  const given = principals ?? notPrincipals;
  if (given === null) return null;
  const names = Object.entries(given).flatMap(([kind, texts]) => texts.map((text) => nameOf(kind, text)));
  return { not: principals === null, names };
}

function nameOf(kind: string, text: string): Name {
  if (text === "*") return kind === "*" || kind === "AWS" ? { kind: "everyone" } : { kind: "exact", text };
  if (kind !== "AWS") return { kind: "exact", text };
  if (/^\d{12}$/.test(text)) return { kind: "tenant", tenant: text };
  const [, service, tenant = "", resource = ""] = /^arn:[^:]+:(iam|sts)::(\d{12}):(.+)$/.exec(text) ?? [];
  if (service === "iam" && resource === "root") return { kind: "tenant", tenant };
  // A role's name is unique in its tenant whatever its path, and a session does not tell the path.
  if (service === "iam" && resource.startsWith("role/"))
    return { kind: "role", tenant, name: resource.slice(resource.lastIndexOf("/") + 1) };
  const role = service === "sts" ? /^assumed-role\/([^/]+)\//.exec(resource)?.[1] : undefined;
  return role === undefined ? { kind: "exact", text } : { kind: "session", text, tenant, role };
}

/** How one name means the principal. `SESSION`: some session of the role, which one nobody said. */
const SOME_SESSION = 8;

function names(name: Name, principal: RequestPrincipal): number {
  switch (name.kind) {
    case "everyone":
      return DIRECTLY;
    case "tenant":
      return principal.tenant === name.tenant && principal.kind !== "provider" ? BY_TENANT : NOT_NAMED;
    case "role":
      return (principal.kind === "role" || principal.kind === "session") &&
        principal.tenant === name.tenant &&
        principal.name === name.name
        ? BY_ROLE
        : NOT_NAMED;
    case "session":
      if (principal.kind === "session") return principal.text === name.text ? DIRECTLY : NOT_NAMED;
      return principal.kind === "role" && principal.tenant === name.tenant && principal.name === name.role
        ? SOME_SESSION
        : NOT_NAMED;
    case "exact":
      return principal.text === name.text || (name.text === "*" && principal.kind === "provider") ? DIRECTLY : NOT_NAMED;
  }
}

/** The answer of {@link namedBy}: bits, and whether it hangs on which session of the role asks. */
export interface Named {
  readonly bits: number;
  readonly dependsOnSession: boolean;
}

const NOBODY: Named = { bits: NOT_NAMED, dependsOnSession: false };
const EVERYONE: Named = { bits: DIRECTLY, dependsOnSession: false };

/**
 * Whether the element of an Allow or Deny statement names the principal.
 *
 * NotPrincipal with Allow means everybody else, the anonymous caller included. With Deny it spares only who is listed in every
 * form it has (tenant and user; tenant, role and session), and never one with a permissions boundary: "AWS JSON policy
 * elements: NotPrincipal", IAM User Guide.
 */
export function namedBy(
  element: PrincipalElement | null,
  principal: RequestPrincipal,
  deny: boolean,
  hasBoundary: boolean,
): Named {
  if (element === null) return EVERYONE;
  let bits = 0;
  for (const name of element.names) bits |= names(name, principal);
  if (!element.not) {
    if ((bits & ~SOME_SESSION) === 0) return (bits & SOME_SESSION) === 0 ? NOBODY : { bits: DIRECTLY, dependsOnSession: true };
    return { bits: bits & ~SOME_SESSION, dependsOnSession: false };
  }
  if (!deny) return bits === 0 ? EVERYONE : NOBODY;
  if (hasBoundary) return EVERYONE;
  const everyForm =
    principal.kind === "session"
      ? DIRECTLY | BY_ROLE | BY_TENANT
      : principal.kind === "role"
        ? BY_ROLE | BY_TENANT
        : principal.kind === "user" || principal.kind === "federated-user"
          ? DIRECTLY | BY_TENANT
          : principal.kind === "root"
            ? BY_TENANT
            : DIRECTLY;
  if ((bits & ~SOME_SESSION & everyForm) !== everyForm) return EVERYONE;
  // A role in whatever session is spared only if the session is listed as well, and nobody said which it is.
  return principal.kind === "role" && (bits & DIRECTLY) === 0 ? { bits: DIRECTLY, dependsOnSession: true } : NOBODY;
}
