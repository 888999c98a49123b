/** How much of a record kind could be read: a list cut short is `partial`, a refused call `denied`, a missing file `skipped`. */
export type CoverageState = "complete" | "partial" | "denied" | "skipped";

/**
 * The kinds of facts a collect step can promise. Rules name the kinds they need; a rule never takes silence for "none".
 * One name per fact that can be missing on its own.
 */
export type RecordKind =
  | "principal"
  | "policy"
  | "access-key"
  | "access-key-last-used"
  | "console-password"
  | "second-factor"
  | "ssh-public-key"
  | "service-specific-credential"
  | "signing-certificate"
  | "server-certificate"
  | "identity-provider"
  | "root"
  | "password-policy"
  | "service-last-accessed"
  | "role-last-used"
  | "organization"
  | "identity-center"
  | "resource-policy"
  | "running-as"
  | "web-identity-session"
  | "member"
  | "outside-collaborator"
  | "team"
  | "repository"
  | "collaborator"
  | "deploy-key"
  | "app-installation"
  | "invitation"
  | "fine-grained-token"
  | "activity"
  | GitHubControlKind
  | BeyondReachKind
  | "roster"
  | "identity-map"
  | "owner"
  | "approval"
  | TypedKind;

/** Facts of a GitHub organization beyond its people, teams and repositories. */
export type GitHubControlKind =
  | "enterprise-team"
  | "enterprise-role"
  | "custom-repository-role"
  | "organization-role"
  | "identity-provider-group"
  | "single-sign-on-identity"
  | "single-sign-on-authorization"
  | "token-request"
  | "installation-repository"
  | "token-repository"
  | "secret"
  | "variable"
  | "runner"
  | "webhook"
  | "environment"
  | "branch-protection"
  | "ruleset"
  | "bypass-actor"
  | "actions-settings"
  | "subject-template"
  | "workflow"
  | "code-owners"
  | "ip-allow-list"
  | "repository-invitation"
  | "former-name"
  | "verified-domain"
  | "copilot-seat"
  | "codespace"
  | "insecure-second-factor"
  | "scim-user"
  | "license";

/**
 * Facts of GitHub that nobody is asked for, whatever a token may see: OAuth apps that owners approved and grants that people gave
 * them, classic tokens and dates of people's keys have no list beyond what single sign-on let in; runners of single repositories, and
 * secrets where no job of Actions uses them, would cost a call each.
 */
const BEYOND_REACH = [
  "oauth-app",
  "oauth-grant",
  "classic-token",
  "personal-key",
  "repository-runner",
  "other-secret",
  "unused-variable",
] as const;

/** One of the kinds that are always `skipped`. */
export type BeyondReachKind = (typeof BEYOND_REACH)[number];

/** Whether a kind is skipped in every organization: told like any gap, and no sign that something went wrong. */
export function isBeyondReach(kind: string): kind is BeyondReachKind {
  return (BEYOND_REACH as readonly string[]).includes(kind);
}

/** The kinds that are told per type of AWS resource as well, because one service may be refused while others are read. */
export type PerTypeKind = "running-as" | "resource-policy";

/** One type of resource, named as in AWS's service authorization reference: `running-as:lambda:function`. */
export type TypedKind = `${PerTypeKind}:${string}`;

/** What is known about one record kind of one tenant. `tenantId` is the model id, for the roster `roster:local`. */
export interface Coverage {
  readonly tenantId: string;
  readonly kind: RecordKind;
  /** The collect step that answered, for example `access-keys`. */
  readonly step: string;
  readonly state: CoverageState;
  /** Required in words unless complete: what was refused, cut or not given. */
  readonly reason: string | null;
  /** Records of this kind that were read. */
  readonly items: number;
}

/**
 * How much is known of one type of resource in one tenant. The row of that type decides; where other types have rows and this
 * one has none, nobody asked for it; without any such row (a file was given whole, nothing was read) the row of the kind counts.
 * Undefined where the tenant was not asked at all: then the type is not known either.
 */
export function coverageOfType(
  rows: readonly Coverage[],
  tenantId: string,
  kind: PerTypeKind,
  type: string,
): Coverage | undefined {
  const own = rows.filter((row) => row.tenantId === tenantId);
  const exact = own.find((row) => row.kind === `${kind}:${type}`);
  if (exact !== undefined) return exact;
  const whole = own.find((row) => row.kind === kind);
  if (whole === undefined || !own.some((row) => row.kind.startsWith(`${kind}:`))) return whole;
  return { ...whole, kind: `${kind}:${type}`, state: "skipped", reason: `nobody asked for \`${type}\``, items: 0 };
}

/** The types, of those named, that may hold more in a tenant than was read: what runs through them is unknown, not absent. */
export function unreadTypes(
  rows: readonly Coverage[],
  tenantId: string,
  kind: PerTypeKind,
  types: readonly string[],
): readonly string[] {
  return types.filter((type) => coverageOfType(rows, tenantId, kind, type)?.state !== "complete");
}
