import type { Connector } from "../contracts/connector.ts";

/** What one connector needs, read and revoke apart. */
export interface PermissionNeeds {
  readonly system: string;
  readonly title: string;
  readonly read: readonly { readonly permission: string; readonly for: readonly string[] }[];
  readonly revoke: readonly { readonly permission: string; readonly for: readonly string[] }[];
  /** Scopes that tokens without such permissions need to read, and what is not readable without; none where there are no such. */
  readonly scopes: readonly { readonly scope: string; readonly without: string }[];
}

/** The least privilege the connectors themselves need, generated from their manifests. */
export function permissionNeeds(connectors: readonly Connector[]): readonly PermissionNeeds[] {
  return connectors
    .filter(({ manifest }) => manifest.steps.some((step) => step.permissions.length > 0))
    .map(({ manifest }) => ({
      system: manifest.id,
      title: manifest.title,
      read: collected(manifest.steps.map((step) => [step.id, step.permissions])),
      // What is only rehearsed needs no permission on the provider.
      revoke: collected(
        manifest.operations
          .filter((operation) => !operation.rehearsalOnly)
          .map((operation) => [operation.id, operation.permissions]),
      ),
      scopes: (manifest.scopes ?? []).map(({ scope, without }) => ({ scope, without })),
    }));
}

function collected(
  uses: readonly (readonly [string, readonly string[]])[],
): { permission: string; for: readonly string[] }[] {
  const byPermission = new Map<string, string[]>();
  for (const [use, permissions] of uses)
    for (const permission of permissions) byPermission.set(permission, [...(byPermission.get(permission) ?? []), use]);
  return [...byPermission]
    .map(([permission, users]) => ({ permission, for: users.sort() }))
    .sort((a, b) => (a.permission < b.permission ? -1 : 1));
}

/** An AWS policy document that allows exactly these actions. */
export function awsPolicyDocument(sid: string, actions: readonly string[]): string {
  return JSON.stringify(
    { Version: "2012-10-17", Statement: [{ Sid: sid, Effect: "Allow", Action: [...actions].sort(), Resource: "*" }] },
    null,
    2,
  );
}
