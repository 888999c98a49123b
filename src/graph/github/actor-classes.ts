import type { Observed } from "../../model/observed.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import { writesTo } from "../../policy/github/writes-to.ts";

/** Actors of one repository of whom the same is true there. */
export interface ActorClass {
  /** The same for the same kind of actor in every repository with the same controls; not for people to read. */
  readonly key: string;
  /** The one to evaluate: the first of them. What is said of it names it, so put the name of each in its place. */
  readonly representative: PushActor;
  readonly actors: readonly PushActor[];
}

/** What matters besides the controls of the repository. */
export interface ClassOptions {
  /** Everybody apart: where a trust asks for `actor`, or a workflow of another repository is called. */
  readonly byPerson?: boolean;
}

/**
 * Groups actors whom no control of the repository can tell apart, in the order in which they first come, so that a question about
 * thousands is asked of a few. Of teams only those count that a protection or an environment names, and of people those whom one, or
 * CODEOWNERS, names. Where so few can approve that an answer lists them by name, each of those is a class of their own: nobody
 * approves their own pull request.
 */
export function classesOf(
  actors: readonly PushActor[],
  controls: RepositoryControls,
  options: ClassOptions = {},
): readonly ActorClass[] {
  const mentioned = mentionedIn(controls);
  const approvers = approversAmong(actors, controls);
  const few = approvers.size <= FEW;
  const classes = new Map<string, PushActor[]>();
  for (const actor of actors) {
    const apart = options.byPerson === true || (few && approvers.has(personOf(actor))) || isNamed(actor, mentioned);
    const teams = actor.teams.filter((id) => mentioned.ids.has(id));
    // An entry for a team that was not resolved may be any of theirs.
    const teamless = mentioned.unresolvedTeam && actor.teams.length === 0;
    const key = [sameness(actor), teams.join(), teamless, apart ? `${actor.kind} ${personOf(actor)}` : ""].join("|");
    const list = classes.get(key);
    if (list === undefined) classes.set(key, [actor]);
    else list.push(actor);
  }
  return [...classes].flatMap(([key, list]) => {
    const [representative] = list;
    return representative === undefined ? [] : [{ key, representative, actors: list }];
  });
}

/** Answers list up to three others by name. */
const FEW = 4;

interface Mentioned {
  /** Model ids of teams, people and apps. */
  readonly ids: ReadonlySet<string>;
  /** Logins and names of apps, in lower case. */
  readonly names: ReadonlySet<string>;
  readonly unresolvedTeam: boolean;
}

const kept = new WeakMap<RepositoryControls, Mentioned>();

function mentionedIn(controls: RepositoryControls): Mentioned {
  let mentioned = kept.get(controls);
  if (mentioned === undefined) kept.set(controls, (mentioned = collect(controls)));
  return mentioned;
}

function collect({ protections, environments, codeOwners }: RepositoryControls): Mentioned {
  const [ids, names] = [new Set<string>(), new Set<string>()];
  let unresolvedTeam = false;
  for (const { rules } of valuesOf(protections))
    for (const { bypass } of rules)
      for (const { type, id, name } of valuesOf(bypass)) {
        if (id !== null) ids.add(id);
        if (type === "user" || type === "app") names.add(name.toLowerCase());
        unresolvedTeam ||= type === "team" && id === null;
      }
  for (const { reviewers } of valuesOf(environments))
    for (const { type, id, name } of reviewers) {
      ids.add(id);
      if (type === "user") names.add(name.toLowerCase());
    }
  const owners = codeOwners.known ? (codeOwners.value?.rules ?? []).flatMap((rule) => rule.owners) : [];
  for (const owner of owners) names.add(owner.replace(/^@/, "").toLowerCase());
  return { ids, names, unresolvedTeam };
}

function valuesOf<T>(observed: Observed<readonly T[]>): readonly T[] {
  return observed.known ? observed.value : [];
}

function isNamed({ id, name, login }: PushActor, { ids, names }: Mentioned): boolean {
  return ids.has(id) || names.has(name.toLowerCase()) || (login !== null && names.has(login.toLowerCase()));
}

/** Those whose approval counts, by person. */
function approversAmong(actors: readonly PushActor[], controls: RepositoryControls): ReadonlySet<string> {
  const able = new Set<string>();
  for (const actor of actors) {
    // Enough to know that there are many.
    if (able.size > FEW) break;
    if (actor.kind !== "deploy-key" && writesTo(actor, controls).state === "yes") able.add(personOf(actor));
  }
  return able;
}

/** A token is its owner. */
function personOf({ id, login }: PushActor): string {
  return login === null ? id : login.toLowerCase();
}

const texts = new WeakMap<PushActor, string>();

/** Everything about an actor that does not depend on the repository's controls. */
function sameness(actor: PushActor): string {
  let text = texts.get(actor);
  if (text === undefined) {
    const { kind, role, customRoles, permissions, organizationOwner, enterpriseOwner, editsWorkflows } = actor;
    const { writesContents, opensPullRequests, administers, manages, gitOnly, missing } = actor;
    text = JSON.stringify([
      [kind, role, customRoles, permissions, organizationOwner, enterpriseOwner, editsWorkflows],
      [writesContents, opensPullRequests ?? null, administers, manages ?? null, gitOnly ?? false, missing],
    ]);
    texts.set(actor, text);
  }
  return text;
}
