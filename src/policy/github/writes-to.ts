import { no, unknownReach, yes } from "./combine-reach.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/**
 * Whether the actor may write to the repository at all, before any protection. Of an app of which not everything is known (its
 * repositories could not be listed) neither a yes nor a no is certain; whatever else is not known of others could only add.
 */
export function writesTo(actor: PushActor, controls: RepositoryControls): Reach {
  if (controls.archived) return no(`\`${controls.name}\` is archived`);
  const byRole = actor.kind === "app" || actor.kind === "deploy-key" || ROLES.indexOf(actor.role) >= WRITE;
  const writes = actor.writesContents && byRole;
  if (actor.missing.length > 0 && (actor.kind === "app" || !writes))
    return unknownReach(actor.missing, `not all that \`${actor.name}\` may do is known`);
  if (writes) return yes(`\`${actor.name}\` may write to \`${controls.name}\``);
  return no(
    byRole
      ? `\`${actor.name}\` lacks \`contents: write\``
      : `\`${actor.name}\` has no role that writes to \`${controls.name}\``,
  );
}

/** Roles of a repository, the lowest first. */
export const ROLES: readonly PushActor["role"][] = ["none", "read", "triage", "write", "maintain", "admin"];
const WRITE = 3;
