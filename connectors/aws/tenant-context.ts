import type { Credential } from "../../src/model/credential.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Principal } from "../../src/model/principal.ts";

/** What the steps of one tenant tell each other, so that all of them name the same things. Filled by the sweep first. */
export class TenantContext {
  /** 12 digits. */
  readonly tenant: string;
  /** `aws:<12 digits>`. */
  readonly tenantId: string;
  /** The moment the answers show: that of the recording, else that of collecting. */
  readonly now: Instant;
  /** Every tenant of the session by its digits, this one too: trust and Identity Center reach across. */
  readonly siblings: ReadonlyMap<string, TenantContext>;
  /** What people call it: its alias, else its name in the organization, else the digits. */
  name: string;
  /** IAM users by name, as far as they are known by now. */
  readonly users = new Map<string, Principal>();
  /** ARN → model id, for users, groups, roles and customer-managed policies. */
  readonly ids = new Map<string, string>();
  /** Role name → model id: a session's ARN does not hold the role's path. */
  readonly roleIds = new Map<string, string>();
  readonly roleArns: string[] = [];
  /** AWS's own policies that came with the sweep, attached or not, by model id. */
  readonly awsManaged = new Map<string, Policy>();
  /** Access keys by key id; filled by `access-keys`. */
  readonly keys = new Map<string, Credential>();
  /** Whether `access-keys` was answered: then the credential report does not name keys of its own. */
  hasAccessKeys = false;
  /** Users whose keys `access-keys` answered for: the credential report speaks for the others. */
  readonly askedForKeys = new Set<string>();
  /** Users for whom `login-profiles` said whether they have a password. */
  readonly askedForPassword = new Set<string>();
  /** Users with a console password as `login-profiles` told; undefined where it was not answered. */
  passwords: Set<string> | undefined;
  /** Whether the credential report was answered: it knows more of root than the summary. */
  hasReport = false;

  constructor(
    tenant: string,
    now: Instant,
    siblings: ReadonlyMap<string, TenantContext> = new Map(),
    alias: string | null = null,
  ) {
    this.tenant = tenant;
    this.name = alias ?? tenant;
    this.tenantId = `aws:${tenant}`;
    this.now = now;
    this.siblings = siblings;
  }

  /** Model id of a managed policy. AWS's own have one id everywhere; one the sweep did not hold is known by its ARN only. */
  policyId(arn: string): string {
    const own = awsManagedName(arn);
    return own === undefined ? (this.ids.get(arn) ?? `${this.tenantId}:${arn}`) : `aws-managed:${own}`;
  }

  /** Model id of a user, also when the sweep did not hold it. */
  userId(name: string): string {
    return this.users.get(name)?.id ?? `${this.tenantId}:arn:aws:iam::${this.tenant}:user/${name}`;
  }
}

/** Name of one of AWS's own policies, or undefined for any other ARN. Their names are unique whatever their path. */
export function awsManagedName(arn: string): string | undefined {
  const path = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return path?.slice(path.lastIndexOf("/") + 1);
}
