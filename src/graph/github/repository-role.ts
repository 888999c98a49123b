import type { PushActor } from "../../policy/github/push-actor.ts";
import { ROLES } from "../../policy/github/writes-to.ts";

/** A role on a repository as GitHub orders them; custom roles count by their base. */
export type RepositoryRole = PushActor["role"];

/** How high a role is: `none` is 0, `admin` 5. */
export function rankOf(role: RepositoryRole): number {
  return ROLES.indexOf(role);
}

/** The role of that name in whatever case; undefined for a custom one. */
export function builtInRole(name: string): RepositoryRole | undefined {
  return ROLES.find((role) => role === name.toLowerCase());
}

/** The highest of them; `none` of none. */
export function highestRole(roles: Iterable<RepositoryRole>): RepositoryRole {
  let highest: RepositoryRole = "none";
  for (const role of roles) if (rankOf(role) > rankOf(highest)) highest = role;
  return highest;
}
