import type { Principal } from "../../src/model/principal.ts";

/** What later steps need to name the same things. Logins are folded to lower case: GitHub does not tell them apart. */
export class OrganizationContext {
  readonly login: string;
  /** Node id of the organization, known after the first step. */
  nodeId: string | undefined;
  readonly principals = new Map<string, Principal>();
  /** `owner/name` of repositories that have deploy keys, and ids by name. */
  readonly repositories = new Map<string, { readonly id: string; readonly deployKeys: number }>();

  constructor(login: string) {
    this.login = login;
  }

  /** Model id of the organization. Without its node id (the first step was refused) the login has to do. */
  get tenantId(): string {
    return `github:${this.nodeId ?? this.login}`;
  }

  id(nativeId: string): string {
    return `${this.tenantId}:${nativeId}`;
  }

  remember(principal: Principal): Principal {
    this.principals.set(principal.locator.toLowerCase(), principal);
    return principal;
  }
}
