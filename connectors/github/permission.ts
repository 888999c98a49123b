import type { AccessLevel } from "../../src/model/entitlement.ts";
import type { RawCollaboratorEdge } from "./raw.ts";

/** The five permissions of GitHub: our word (that of the web page), what change calls take, what GraphQL says, the level. */
const PERMISSIONS: readonly {
  readonly word: string;
  readonly rest: string;
  readonly graphql: string;
  readonly level: AccessLevel;
}[] = [
  { word: "read", rest: "pull", graphql: "READ", level: "read" },
  { word: "triage", rest: "triage", graphql: "TRIAGE", level: "read" },
  { word: "write", rest: "push", graphql: "WRITE", level: "write" },
  { word: "maintain", rest: "maintain", graphql: "MAINTAIN", level: "write" },
  { word: "admin", rest: "admin", graphql: "ADMIN", level: "admin" },
];

const find = (text: string) =>
  PERMISSIONS.find(({ word, rest }) => word === text.toLowerCase() || rest === text.toLowerCase());

/** The word for a permission in any spelling; a custom role keeps its own name and counts as write until it is read. */
export function permissionOf(text: string): { readonly variant: string; readonly level: AccessLevel } {
  const found = find(text);
  return found === undefined ? { variant: text, level: "write" } : { variant: found.word, level: found.level };
}

/** As REST's change calls take it (`push`); custom roles by their name. */
export function restPermission(text: string): string {
  return find(text)?.rest ?? text;
}

/** As GraphQL answers it (`WRITE`). */
export function graphqlPermission(text: string): string {
  return find(text)?.graphql ?? text;
}

/**
 * What the person holds on the repository directly, or undefined when nothing: GitHub lists owners and team members among
 * direct collaborators too, and only the sources tell why somebody is there.
 */
export function directPermission({ permission, permissionSources }: RawCollaboratorEdge): string | undefined {
  // Without sources nobody can tell: what GitHub calls direct then counts as direct.
  if (permissionSources === null || permissionSources === undefined) return permission;
  const own = permissionSources.find(({ source }) => source.__typename === "Repository");
  // The name of the role is finer than the permission, which knows neither triage nor maintain.
  const direct = own?.roleName ?? own?.permission;
  return direct === undefined || direct === "NONE" ? undefined : direct;
}
