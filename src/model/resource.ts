import type { Attributes, System } from "./tenant.ts";

/** Something access is held on: a repository, an AWS resource named in a policy, an identity provider. */
export interface Resource {
  readonly id: string;
  readonly system: System;
  readonly tenantId: string;
  readonly kind:
    | "repository"
    | "organization"
    | "tenant"
    | "identity-provider"
    | "aws-resource"
    | "password-policy"
    | "secret"
    | "variable"
    | "runner"
    | "runner-group"
    | "webhook"
    | "ip-allow-list-entry";
  readonly nativeId: string;
  readonly locator: string;
  readonly displayName: string;
  readonly attributes: Attributes;
}
