import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { ProtectionActor } from "../../../src/model/protection.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type { RawAllowances, RawBypassActor, RawRuleset } from "../raw-controls.ts";

/** GitHub's numbers of the repository roles it has itself: it documents none, and every tool that writes rulesets relies on these. */
const ROLE_NUMBERS: Readonly<Record<number, string>> = { 2: "maintain", 4: "write", 5: "admin" };

/**
 * Who a ruleset does not hold for. Unknown, never nobody, where GitHub leaves the list out (it shows it to those who may change the
 * ruleset), and where it names a custom role that was not read: whoever holds it would pass for nobody.
 */
export function rulesetBypass(
  context: OrganizationContext,
  { name, bypass_actors: actors }: RawRuleset,
): Observed<readonly ProtectionActor[]> {
  if (actors === undefined || actors === null)
    return unknown(`GitHub shows who bypasses ruleset \`${name}\` only to those who may change it`);
  const found = actors.map((actor) => rulesetActor(context, actor));
  const unread = found.find((actor): actor is string => typeof actor === "string");
  return unread === undefined
    ? known(found.filter((actor): actor is ProtectionActor => typeof actor !== "string"))
    : unknown(`ruleset \`${name}\` lets ${unread} bypass it`);
}

/** The actor, or what it is called where that does not tell who it is. */
function rulesetActor(context: OrganizationContext, raw: RawBypassActor): ProtectionActor | string {
  const number = raw.actor_id ?? 0;
  const mode = raw.bypass_mode === "pull_request" ? "pull-request" : raw.bypass_mode === "exempt" ? "exempt" : "always";
  const numbered = (type: "user" | "team" | "app"): ProtectionActor => {
    const one = context.numbered(type, number);
    return { type, id: one?.id ?? null, name: one?.name ?? `${type} ${number}`, mode };
  };
  switch (raw.actor_type) {
    case "User":
      return numbered("user");
    case "Team":
      return numbered("team");
    case "Integration":
      return numbered("app");
    case "DeployKey":
      return { type: "deploy-key", id: null, name: "deploy keys", mode };
    case "OrganizationAdmin":
      return { type: "organization-owner", id: null, name: "organization owners", mode };
    case "EnterpriseOwner":
      return { type: "enterprise-owner", id: null, name: "enterprise owners", mode };
    case "EnterpriseRole":
      return { type: "enterprise-role", id: null, name: `enterprise role ${number}`, mode };
    case "RepositoryRole": {
      const name = ROLE_NUMBERS[number] ?? context.numbered("role", number)?.name;
      return name === undefined
        ? `the custom role with number ${number}, which was not read,`
        : { type: "repository-role", id: null, name, mode };
    }
    default:
      return `actors of the kind \`${raw.actor_type}\`, which is not known,`;
  }
}

/** Who a classic rule lets pass: unknown where the list was cut or GitHub hides somebody in it. */
export function classicBypass(
  context: OrganizationContext,
  list: RawAllowances | null,
  pattern: string,
): Observed<readonly ProtectionActor[]> {
  if (list === null) return unknown(`GitHub does not show who passes rule \`${pattern}\``);
  if (list.pageInfo?.hasNextPage === true) return unknown(`more actors pass rule \`${pattern}\` than were read`);
  const actors: ProtectionActor[] = [];
  for (const node of list.nodes) {
    const actor = node?.actor;
    if (actor === null || actor === undefined) return unknown(`GitHub hides somebody who passes rule \`${pattern}\``);
    const name = actor.login ?? actor.slug ?? actor.id;
    if (actor.__typename === "App") {
      // GraphQL names the app, not its installation here.
      const installed = context.numbered("app", actor.databaseId ?? 0);
      actors.push({ type: "app", id: installed?.id ?? null, name, mode: "always" });
    } else {
      const type = actor.__typename === "Team" ? "team" : "user";
      actors.push({ type, id: context.id(actor.id), name, mode: "always" });
    }
  }
  return known(actors);
}
