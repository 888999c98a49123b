import type { Instant } from "../../src/model/instant.ts";

/** What later steps need of the sweep to name the same things: ids by name and ARN. */
export class TenantContext {
  /** 12 digits. */
  readonly tenant: string;
  readonly tenantId: string;
  readonly users = new Map<string, { readonly id: string; readonly arn: string; readonly createdAt: Instant | undefined }>();
  /** ARN → model id, for users, groups, roles and policies. */
  readonly ids = new Map<string, string>();
  readonly roleArns: string[] = [];
  /** Filled by the step `access-keys`. */
  accessKeyIds: string[] = [];
  /** Whether `access-keys` was given: then the credential report does not invent keys without ids. */
  hasAccessKeys = false;
  /** Users whose credential report row says when the password was last used. */

  constructor(tenant: string) {
    this.tenant = tenant;
    this.tenantId = `aws:${tenant}`;
  }

  /** Model id of a managed policy; AWS's own have one id everywhere. */
  policyId(arn: string): string {
    const own = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
    if (own !== undefined) return `aws-managed:${own.slice(own.lastIndexOf("/") + 1)}`;
    return this.ids.get(arn) ?? `${this.tenantId}:${arn}`;
  }

  /** Model id of a user, also when the sweep did not hold it. */
  userId(name: string): string {
    return this.users.get(name)?.id ?? `${this.tenantId}:arn:aws:iam::${this.tenant}:user/${name}`;
  }
}
