import { headerOf, type AnswerHeaders } from "./answer.ts";

/** A permission of a GitHub App or a fine-grained token. */
export interface Permission {
  /** As GitHub spells it: `administration`, `organization_administration`. */
  readonly name: string;
  readonly level: string;
}

/** What would have been enough, as GitHub says it; empty lists where it says nothing. */
export interface Needs {
  /** Alternatives; of one of them every permission is needed. */
  readonly permissions: readonly (readonly Permission[])[];
  /** Scopes of a classic token, one of which is needed and none of which it has. */
  readonly scopes: readonly string[];
}

/** Nothing is said. */
export const NO_NEEDS: Needs = { permissions: [], scopes: [] };

/**
 * Reads `x-accepted-github-permissions`: lists with commas, alternatives with semicolons (GitHub: "Troubleshooting the REST
 * API", insufficient permissions). `allows_permissionless_access=true` is no permission.
 */
export function acceptedPermissions(header: string): readonly (readonly Permission[])[] {
  return header
    .split(";")
    .map((list) =>
      list.split(",").flatMap((one): readonly Permission[] => {
        const [, name, level] = /^\s*([a-z_][\w-]*)\s*[=:]\s*([a-z]+)\s*$/i.exec(one) ?? [];
        return name === undefined || level === undefined || name === "allows_permissionless_access"
          ? []
          : [{ name, level }];
      }),
    )
    .filter((list) => list.length > 0);
}

/** Scopes that include others (GitHub: "Scopes for OAuth apps"), as far as reading an organization meets them. */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  repo: ["public_repo", "repo:status", "repo_deployment", "repo:invite", "security_events"],
  "admin:org": ["write:org", "read:org", "manage_runners:org"],
  "write:org": ["read:org"],
  "admin:enterprise": ["read:enterprise", "manage_runners:enterprise", "manage_billing:enterprise"],
  "admin:repo_hook": ["write:repo_hook", "read:repo_hook"],
  "write:repo_hook": ["read:repo_hook"],
  "admin:public_key": ["write:public_key", "read:public_key"],
  user: ["read:user", "user:email", "user:follow"],
  project: ["read:project"],
};

/** Scopes of which one is needed and none is held; empty where one is, or where the call needs none. */
export function missingScopes(accepted: readonly string[], own: readonly string[]): readonly string[] {
  const held = new Set(own.flatMap((scope) => [scope, ...(INCLUDES[scope] ?? [])]));
  return accepted.some((scope) => held.has(scope)) ? [] : accepted;
}

/** What the headers of an answer say would have been enough. */
export function needsOf(headers: AnswerHeaders): Needs {
  const own = headerOf(headers, "x-oauth-scopes");
  const accepted = list(headerOf(headers, "x-accepted-oauth-scopes"));
  return {
    permissions: acceptedPermissions(headerOf(headers, "x-accepted-github-permissions") ?? ""),
    // Without the first header the token is none that has scopes; an empty one is a classic token without any.
    scopes: own === undefined ? [] : missingScopes(accepted, list(own)),
  };
}

/** `administration:read`, or alternatives: "`issues:write` or `pull_requests:write`". Empty where there are none. */
export function permissionWords(permissions: Needs["permissions"]): string {
  return permissions
    .map((list) => list.map(({ name, level }) => `\`${name}:${level}\``).join(" and "))
    .filter((text, i, all) => all.indexOf(text) === i)
    .join(" or ");
}

/** "the scope `repo`", "one of the scopes `repo, public_repo`"; empty where none is missing. */
export function scopeWords(scopes: readonly string[]): string {
  if (scopes.length === 0) return "";
  return scopes.length === 1 ? `the scope \`${scopes.join("")}\`` : `one of the scopes \`${scopes.join(", ")}\``;
}

const list = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
