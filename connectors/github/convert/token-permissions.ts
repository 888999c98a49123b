/** Permissions of a fine-grained token as `name:level, …`, sorted; those on the organization begin with `organization_`. */
export function tokenPermissions(
  permissions: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>,
): string {
  return Object.entries(permissions)
    .flatMap(([scope, entries]) =>
      Object.entries(entries ?? {}).map(([name, level]) => {
        const prefix = scope === "organization" && !name.startsWith("organization_") ? "organization_" : "";
        return `${prefix}${name}:${level}`;
      }),
    )
    .sort()
    .join(", ");
}
