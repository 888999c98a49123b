import type { DeploymentEnvironment } from "../../model/deployment-environment.ts";
import type { Protection } from "../../model/protection.ts";
import { known } from "../../model/observed.ts";
import { conditional, no, unknownReach, yes } from "./combine-reach.ts";
import { wordsOf } from "./layers.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/** What reaching something by changing the protection before it is told with. */
export const BY_FIRST_CHANGING = "by first changing protection";

/**
 * Whether the actor may change the protections of the repository, and with that do whatever they forbid. Administrators of the
 * repository, the custom-role permission `edit_repo_protections`, owners of the organization and `administration: write` change the
 * repository's own; those of the organization are its owners' (and those of a custom organization role with
 * `manage_organization_ref_rules`), those of the enterprise its owners'. Where only a part can be changed the answer is conditional on
 * whoever may change the rest. Source: "Managing rulesets for a repository", "Managing rulesets for repositories in your
 * organization", GitHub documentation.
 */
export function canEditProtection(actor: PushActor, controls: RepositoryControls): Reach {
  if (controls.archived) return no(`\`${controls.name}\` is archived`);
  const own = editsLevel(actor, "repository");
  if (own.state !== "yes") return own;
  if (!controls.protections.known) return { ...own, why: `${own.why}; which there are was not read` };
  const beyond = controls.protections.value.filter(
    (one) => one.enforcement === "active" && editsLevel(actor, one.level).state !== "yes",
  );
  if (beyond.length === 0) return own;
  return conditional(
    beyond.map(
      (one) =>
        `${one.level === "enterprise" ? "an enterprise owner" : "an organization owner"} to change ${wordsOf(one)}`,
    ),
    `${own.why}, of the repository only`,
  );
}

/**
 * The controls as they are once the actor has taken away every protection he may change, and the rules of environments with them;
 * null where he may certainly change none. Those he may not change stay; where it is not known whether he may change the repository's,
 * they are gone, so ask {@link canEditProtection} too.
 */
export function withProtectionsChanged(actor: PushActor, controls: RepositoryControls): RepositoryControls | null {
  if (controls.archived || editsLevel(actor, "repository").state === "no") return null;
  let changed = cache.get(controls);
  if (changed === undefined) cache.set(controls, (changed = new Map<string, RepositoryControls>()));
  const key = LEVELS.map((level) => editsLevel(actor, level).state).join() + String(managesEnvironments(actor));
  let left = changed.get(key);
  if (left === undefined) changed.set(key, (left = stripped(actor, controls)));
  return left;
}

const cache = new WeakMap<RepositoryControls, Map<string, RepositoryControls>>();
const LEVELS: readonly Protection["level"][] = ["repository", "organization", "enterprise"];

function stripped(actor: PushActor, controls: RepositoryControls): RepositoryControls {
  const { protections, environments } = controls;
  return {
    ...controls,
    protections: protections.known
      ? known(protections.value.filter(({ level }) => !mayEdit(actor, level)))
      : protections,
    environments:
      managesEnvironments(actor) && environments.known ? known(environments.value.map(unguarded)) : environments,
  };
}

function unguarded(environment: DeploymentEnvironment): DeploymentEnvironment {
  return { ...environment, reviewers: [], gates: [], waitMinutes: 0, refs: { kind: "any" } };
}

function mayEdit(actor: PushActor, level: Protection["level"]): boolean {
  const { state } = editsLevel(actor, level);
  return state === "yes" || (level === "repository" && state === "unknown");
}

/** Administrators manage environments; who only edits protections does not. */
function managesEnvironments(actor: PushActor): boolean {
  return actor.administers || (actor.kind === "user" && actor.organizationOwner);
}

function editsLevel(actor: PushActor, level: Protection["level"]): Reach {
  const { name, permissions } = actor;
  // A token acts within its own permissions: what its owner is adds nothing to them.
  if (actor.gitOnly === true) return no("SSH keys change no settings");
  if (actor.kind !== "user" && !actor.administers) return no(`\`${name}\` lacks \`administration: write\``);
  if (actor.kind === "deploy-key") return no("deploy keys change no settings");
  if (level !== "repository" && actor.manages?.includes(level) === false)
    return no(`\`${name}\` may not change rules of the ${level}`);
  if (level === "enterprise") {
    if (!actor.enterpriseOwner.known)
      return actor.kind === "app" ? no("only an enterprise owner may") : unknownReach([actor.enterpriseOwner.why], "");
    return actor.enterpriseOwner.value ? yes(`\`${name}\` owns the enterprise`) : no("only an enterprise owner may");
  }
  if (actor.organizationOwner) return yes(`\`${name}\` owns the organization`);
  if (level === "organization") {
    const managed = permissions.known && permissions.value.includes("manage_organization_ref_rules");
    if (managed && actor.kind === "user") return yes(`\`${name}\` has a role with \`manage_organization_ref_rules\``);
    return no("only an organization owner may");
  }
  if (actor.administers) return yes(`\`${name}\` administers the repository`);
  if (!permissions.known) return unknownReach([permissions.why], `whether \`${name}\` may edit rules`);
  return permissions.value.includes("edit_repo_protections")
    ? yes(`\`${name}\` has a role with \`edit_repo_protections\``)
    : no(`\`${name}\` does not administer the repository`);
}
