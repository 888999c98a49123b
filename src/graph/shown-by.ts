import type { RecordKind } from "../model/coverage.ts";
import type { Credential } from "../model/credential.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Grant } from "../model/grant.ts";
import type { Guardrail } from "../model/guardrail.ts";
import type { Policy } from "../model/policy.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import {
  controlShownBy,
  entitlementShownBy,
  grantShownBy,
  principalShownBy,
  resourceShownBy,
} from "./shown-by-github.ts";

/** A record together with the table it stands in. */
export type Filed =
  | { readonly table: "principals"; readonly row: Principal }
  | { readonly table: "credentials"; readonly row: Credential }
  | { readonly table: "entitlements"; readonly row: Entitlement }
  | { readonly table: "grants"; readonly row: Grant }
  | { readonly table: "policies"; readonly row: Policy }
  | { readonly table: "resources"; readonly row: Resource }
  | { readonly table: "guardrails"; readonly row: Guardrail };

const CREDENTIALS: Readonly<Record<Credential["kind"], RecordKind>> = {
  "access-key": "access-key",
  "console-password": "console-password",
  "ssh-public-key": "ssh-public-key",
  "service-specific-credential": "service-specific-credential",
  "signing-certificate": "signing-certificate",
  "server-certificate": "server-certificate",
  "mfa-device": "second-factor",
  "deploy-key": "deploy-key",
  "fine-grained-token": "fine-grained-token",
  "token-request": "token-request",
  "single-sign-on-authorization": "single-sign-on-authorization",
};

/**
 * The kinds whose lists show the record where it exists. Each of them that was read when the record was seen has to be complete
 * before its absence means anything: a deploy key is missing from a snapshot without repositories as well.
 */
export function shownBy({ table, row }: Filed): readonly RecordKind[] {
  switch (table) {
    case "principals":
      if (row.system === "github") return principalShownBy(row);
      if (row.kind === "root") return ["root"];
      if (row.kind === "federated") return ["identity-provider"];
      return [isIdentityCenter(row.nativeType) ? "identity-center" : "principal"];
    case "credentials":
      // What is known of root's keys stands beside root itself; the list of access keys is about users.
      if (isRootKey(row)) return ["root"];
      return row.kind === "deploy-key" ? ["repository", "deploy-key"] : [CREDENTIALS[row.kind]];
    case "entitlements":
      if (row.system === "github") return entitlementShownBy(row);
      return [row.kind === "permission-set" ? "identity-center" : row.kind === "policy" ? "policy" : "principal"];
    case "grants":
      if (row.system === "github") return grantShownBy(row);
      return [row.kind === "assignment" ? "identity-center" : "principal"];
    case "policies":
      if (row.system === "github") return controlShownBy(row);
      return [
        row.kind === "scp" || row.kind === "rcp"
          ? "organization"
          : row.kind === "resource"
            ? "resource-policy"
            : "policy",
      ];
    case "resources":
      if (row.system === "github") return resourceShownBy(row);
      if (row.kind === "password-policy") return ["password-policy"];
      if (row.kind === "aws-resource") return ["resource-policy", "running-as"];
      return [
        row.kind === "identity-provider"
          ? "identity-provider"
          : row.kind === "organization"
            ? "organization"
            : "principal",
      ];
    case "guardrails":
      return [row.kind === "boundary" ? "principal" : "organization"];
  }
}

/**
 * The step whose answer holds the record, where other steps answer for the same kind without it: the credential report says who
 * has a second factor, and no device of it. Null where any step that answers for the kind shows the record.
 */
export function stepOf({ table, row }: Filed): string | null {
  if (table !== "credentials" || isRootKey(row)) return null;
  if (row.kind === "mfa-device") return "mfa-devices";
  if (row.kind !== "access-key") return null;
  // The report counts keys without their ids: a key of one list cannot be missed in the other.
  return row.attributes["fromCredentialReport"] === true ? "credential-report" : "access-keys";
}

function isRootKey(row: Credential): boolean {
  return row.kind === "access-key" && row.holderId === `${row.tenantId}:root`;
}

function isIdentityCenter(nativeType: string): boolean {
  return nativeType.startsWith("identity-center-") || nativeType === "permission-set";
}
