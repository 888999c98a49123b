import type { Observed } from "../../model/observed.ts";
import type { Protection, ProtectionActor, ProtectionRule } from "../../model/protection.ts";
import type { PushActor } from "./push-actor.ts";
import { ROLES } from "./writes-to.ts";

/**
 * Whether a rule does not hold for somebody. `always` also stands for `exempt`: both push as if the rule were not there;
 * `pull-request` only merges without it.
 */
export type Bypass =
  | { readonly held: "always" | "pull-request" | "no" }
  | { readonly held: "unknown"; readonly why: string };

/**
 * Whether the actor bypasses a rule of a layer. Sources: "About protected branches" and "Creating rulesets for a repository", GitHub
 * documentation.
 *
 * For classic protection administrators stand in the list as the role `admin` unless the rule is enforced for them; the custom-role
 * permission `bypass_branch_protection` counts as much as that, and so does a deploy key that can write ("can perform the same
 * actions as an organization member with admin access", "Managing deploy keys"). In a ruleset a deploy key counts only where deploy
 * keys are listed. Who may push to a branch with restricted pushes is besides the list every administrator, apps that administer
 * included, and whoever has `push_protected_branch`.
 */
export function bypassOf(actor: PushActor, rule: ProtectionRule, source: Protection["source"]): Bypass {
  const listed = listedIn(actor, rule.bypass, source);
  if (source === "ruleset" || listed.held === "always") return listed;
  const unread: string[] = listed.held === "unknown" ? [listed.why] : [];
  if (rule.kind === "update" || rule.kind === "creation") {
    if (actor.role === "admin" || (actor.kind === "app" && actor.administers)) return { held: "always" };
    const pushes = permitted(actor, "push_protected_branch");
    if (pushes.held === "always") return pushes;
    if (pushes.held === "unknown") unread.push(pushes.why);
  }
  const [why] = unread;
  return why === undefined ? listed : { held: "unknown", why };
}

function listedIn(
  actor: PushActor,
  bypass: Observed<readonly ProtectionActor[]>,
  source: Protection["source"],
): Bypass {
  if (!bypass.known) return { held: "unknown", why: bypass.why };
  let best: Bypass = { held: "no" };
  for (const entry of bypass.value) {
    const is = stands(actor, entry, source);
    if (is.held === "no") continue;
    if (is.held === "always" && entry.mode !== "pull-request") return is;
    // An entry nobody could resolve may be more than merging without the rule, which is certain.
    if (is.held === "unknown") best = is;
    else if (best.held === "no") best = { held: "pull-request" };
  }
  return best;
}

/** Whether the entry names the actor: `always` if so. */
function stands(actor: PushActor, entry: ProtectionActor, source: Protection["source"]): Bypass {
  const person = actor.kind === "user" || actor.kind === "token";
  switch (entry.type) {
    case "user":
      return told(person && (entry.id === actor.id || sameLogin(entry.name, actor.login)));
    case "team":
      if (entry.id !== null || !person || actor.teams.length === 0)
        return told(person && entry.id !== null && actor.teams.includes(entry.id));
      return { held: "unknown", why: `who is in team \`${entry.name}\`` };
    case "app":
      return told(actor.kind === "app" && (entry.id === null ? entry.name === actor.name : entry.id === actor.id));
    case "deploy-key":
      return told(actor.kind === "deploy-key");
    case "organization-owner":
      return told(person && actor.organizationOwner);
    case "enterprise-owner":
      if (!person) return { held: "no" };
      return actor.enterpriseOwner.known
        ? told(actor.enterpriseOwner.value)
        : { held: "unknown", why: actor.enterpriseOwner.why };
    case "enterprise-role":
      return person ? { held: "unknown", why: `who holds the enterprise role \`${entry.name}\`` } : { held: "no" };
    case "repository-role":
      return byRole(actor, entry.name, person, source);
  }
}

function byRole(actor: PushActor, role: string, person: boolean, source: Protection["source"]): Bypass {
  const asAdmin = source === "classic" && role === "admin";
  if (asAdmin && actor.kind === "deploy-key") return { held: "always" };
  if (!person) return { held: "no" };
  const rank = ROLES.findIndex((name) => name === role);
  // A higher role holds what a lower one does.
  if (rank >= 0 ? ROLES.indexOf(actor.role) >= rank : actor.customRoles.includes(role)) return { held: "always" };
  return asAdmin ? permitted(actor, "bypass_branch_protection") : { held: "no" };
}

function permitted(actor: PushActor, permission: string): Bypass {
  if (actor.permissions.known) return told(actor.permissions.value.includes(permission));
  // Fine-grained permissions come from custom roles, and those are people's.
  if (actor.kind === "app" || actor.kind === "deploy-key") return { held: "no" };
  return { held: "unknown", why: actor.permissions.why };
}

function told(held: boolean): Bypass {
  return { held: held ? "always" : "no" };
}

function sameLogin(name: string, login: string | null): boolean {
  return login !== null && name.toLowerCase() === login.toLowerCase();
}
