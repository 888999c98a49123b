/** Who makes a request, as far as its ARN tells. */
export interface RequestPrincipal {
  /**
   * `role` is a role in whatever session, `session` one named session of it, `provider` somebody who comes with a token of a
   * federated identity provider (AssumeRoleWithWebIdentity, AssumeRoleWithSAML).
   */
  readonly kind: "user" | "role" | "session" | "federated-user" | "root" | "service" | "provider" | "anonymous";
  /** As it was given. */
  readonly text: string;
  /** 12 digits; null for services, built-in providers and the anonymous caller. */
  readonly tenant: string | null;
  /** User name, role name (without path) or federated user name; empty where there is none. */
  readonly name: string;
  /** The user's or role's ARN as policies see it (`aws:PrincipalArn`); a session's role without its path, which the session does not tell. */
  readonly principalArn: string;
  readonly serviceLinked: boolean;
}

const ARN = /^arn:([^:]+):(iam|sts)::(\d{12}):(.+)$/;
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;
const BUILT_IN = new Set([
  "accounts.google.com",
  "www.amazon.com",
  "graph.facebook.com",
  "cognito-identity.amazonaws.com",
]);
const made = new Map<string, RequestPrincipal>();
const MOST_MADE = 100_000;

/**
 * Reads a principal as AWS writes it; undefined for what is none. Source: "AWS JSON policy elements: Principal" and "Global
 * condition keys: aws:PrincipalType", IAM User Guide.
 */
export function requestPrincipal(text: string): RequestPrincipal | undefined {
  const before = made.get(text);
  if (before !== undefined) return before;
  const principal = read(text);
  if (principal !== undefined && made.size < MOST_MADE) made.set(text, principal);
  return principal;
}

function read(text: string): RequestPrincipal | undefined {
  const of = (
    kind: RequestPrincipal["kind"],
    tenant: string | null,
    name: string,
    principalArn = text,
    serviceLinked = false,
  ): RequestPrincipal => ({ kind, text, tenant, name, principalArn, serviceLinked });
  if (text === "*" || text === "anonymous") return of("anonymous", null, "", "*");
  if (/^\d{12}$/.test(text)) return of("root", text, "", `arn:aws:iam::${text}:root`);
  const [, partition = "aws", service, tenant = "", resource = ""] = ARN.exec(text) ?? [];
  if (service === undefined) {
    if (BUILT_IN.has(text)) return of("provider", null, text);
    return SERVICE.test(text) ? of("service", null, text) : undefined;
  }
  const [type = "", ...rest] = resource.split("/");
  const last = rest.at(-1) ?? "";
  if (service === "sts") {
    const [role = "", session] = rest;
    if (type === "assumed-role" && role !== "" && session !== undefined) {
      const linked = role.startsWith("AWSServiceRoleFor");
      return of("session", tenant, role, `arn:${partition}:iam::${tenant}:role/${role}`, linked);
    }
    return type === "federated-user" && role !== "" ? of("federated-user", tenant, role) : undefined;
  }
  if (resource === "root") return of("root", tenant, "");
  if (last === "") return undefined;
  if (type === "user") return of("user", tenant, last);
  if (type === "role") return of("role", tenant, last, text, rest[0] === "aws-service-role");
  return type === "oidc-provider" || type === "saml-provider" ? of("provider", tenant, rest.join("/")) : undefined;
}
