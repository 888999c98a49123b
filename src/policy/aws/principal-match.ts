import type { ParsedPrincipals } from "./parse-policy.ts";
import type { ContextValue } from "./request-context.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/**
 * How a statement with a Principal element names the one who asks, as bits: by itself (session, service, everyone), by its
 * role, through its whole tenant, which then decides itself, or as the user behind it. The difference decides what boundaries
 * and session policies still limit: "Policy evaluation logic: resource-based policies", IAM User Guide.
 */
export const NOT_NAMED = 0;
export const DIRECTLY = 1;
export const BY_ROLE = 2;
export const BY_TENANT = 4;
/** The user's own name. Who asks as a federated session of that user is not meant directly: see `grantedBy`. */
export const BY_USER = 8;
/** Some session of the role; which one it is nobody said. */
const SOME_SESSION = 16;

/** One name of a Principal element, read once. */
type Name =
  | { readonly kind: "everyone" }
  | { readonly kind: "every"; readonly of: RequestPrincipal["kind"] | undefined }
  | { readonly kind: "tenant"; readonly tenant: string }
  | { readonly kind: "role"; readonly tenant: string; readonly name: string }
  | { readonly kind: "exact"; readonly text: string }
  | {
      readonly kind: "session";
      readonly text: string;
      readonly tenant: string;
      readonly role: string;
      readonly name: string;
    };

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
  if (text === "*") {
    if (kind === "*" || kind === "AWS") return { kind: "everyone" };
    return { kind: "every", of: kind === "Service" ? "service" : kind === "Federated" ? "provider" : undefined };
  }
  if (kind !== "AWS") return { kind: "exact", text };
  if (/^\d{12}$/.test(text)) return { kind: "tenant", tenant: text };
  const [, service, tenant = "", resource = ""] = /^arn:[^:]+:(iam|sts)::(\d{12}):(.+)$/.exec(text) ?? [];
  if (service === "iam" && resource === "root") return { kind: "tenant", tenant };
  // A role's name is unique in its tenant whatever its path, and a session does not tell the path.
  if (service === "iam" && resource.startsWith("role/"))
    return { kind: "role", tenant, name: resource.slice(resource.lastIndexOf("/") + 1) };
  const [, role, session = ""] = (service === "sts" ? /^assumed-role\/([^/]+)\/(.+)$/.exec(resource) : null) ?? [];
  return role === undefined ? { kind: "exact", text } : { kind: "session", text, tenant, role, name: session };
}

/** How one name means the principal. */
function names(name: Name, principal: RequestPrincipal, session: ContextValue): number {
  switch (name.kind) {
    case "everyone":
      return DIRECTLY;
    case "every":
      return principal.kind === name.of ? DIRECTLY : NOT_NAMED;
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
      if (principal.kind !== "role" || principal.tenant !== name.tenant || principal.name !== name.role)
        return NOT_NAMED;
      if (session === undefined) return SOME_SESSION;
      return session?.includes(name.name) === true ? DIRECTLY : NOT_NAMED;
    case "exact":
      if (principal.text !== name.text) return NOT_NAMED;
      return principal.kind === "user" ? BY_USER : DIRECTLY;
  }
}

/** The answer of {@link namedBy}: bits, and whether it hangs on which session of the role asks. */
export interface Named {
  readonly bits: number;
  readonly dependsOnSession: boolean;
}

/** Names nobody. */
export const NOBODY: Named = { bits: NOT_NAMED, dependsOnSession: false };
const EVERYONE: Named = { bits: DIRECTLY, dependsOnSession: false };
const SOMEBODY: Named = { bits: DIRECTLY, dependsOnSession: true };

/**
 * Whether the element of an Allow or Deny statement names the principal. `session` is the name of the role's session where the
 * principal is a role (`sts:RoleSessionName` of the context): null for one that is none of those named, undefined for unknown.
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
  session?: ContextValue,
): Named {
  if (element === null) return EVERYONE;
  let bits = 0;
  for (const name of element.names) bits |= names(name, principal, session);
  const certain = bits & ~SOME_SESSION;
  if (!element.not) {
    if (certain !== 0) return { bits: certain, dependsOnSession: false };
    return bits === 0 ? NOBODY : SOMEBODY;
  }
  if (!deny) {
    if (certain !== 0) return NOBODY;
    return bits === 0 ? EVERYONE : SOMEBODY;
  }
  if (hasBoundary) return EVERYONE;
  const wanted = everyForm(principal.kind);
  if ((certain & wanted) === wanted) return NOBODY;
  return (((bits & SOME_SESSION) === 0 ? certain : certain | DIRECTLY) & wanted) === wanted ? SOMEBODY : EVERYONE;
}

/** The names a principal has to be listed by to be spared. */
function everyForm(kind: RequestPrincipal["kind"]): number {
  switch (kind) {
    case "session":
    case "role":
      return DIRECTLY | BY_ROLE | BY_TENANT;
    case "user":
      return BY_USER | BY_TENANT;
    case "federated-user":
      return DIRECTLY | BY_TENANT;
    case "root":
      return BY_TENANT;
    default:
      return DIRECTLY;
  }
}

/** The bits of who is let in, for a principal that comes with session policies or without: a user's federated session is limited
 * by them where only the user is named, as a role's session is where only the role is. */
export function grantedBy(bits: number, inSession: boolean): number {
  if ((bits & BY_USER) === 0) return bits;
  return (bits & ~BY_USER) | (inSession ? BY_ROLE : DIRECTLY);
}
