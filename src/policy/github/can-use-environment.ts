import type { DeploymentEnvironment, EnvironmentReviewer } from "../../model/deployment-environment.ts";
import { bothDemands, noneOfPatterns } from "../names/demands.ts";
import { findName, satisfies } from "../names/find-name.ts";
import type { NameDemand, NamePattern } from "../names/name-pattern.ts";
import { canCreateRef } from "./can-create-ref.ts";
import { canPushRef } from "./can-push-ref.ts";
import { allOf, anyOf, conditional, no, unknownReach, yes } from "./combine-reach.ts";
import { environmentRefs } from "./environment-refs.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { writesTo } from "./writes-to.ts";

/** The refs the actor may run a job on: which names would do, and how he comes to one. */
export interface JobRef {
  readonly kind: "branch" | "tag" | "pull-request";
  /** What the name has to satisfy besides the environment's own rules; of the head branch for a pull request. */
  readonly demand: NameDemand;
  /** How far he gets with a ref of such a name; pushes and creations where left out. */
  readonly reach?: (demand: NameDemand) => Reach;
}

/**
 * Whether a job of the actor can run in an environment whose name satisfies the demand, on a ref of which the environment's rules and
 * `ref` both approve. Where no such environment exists, naming one creates it without any rule. One reviewer's approval suffices;
 * waiting is no obstacle. Source: "Managing environments for deployment", "Reviewing deployments", GitHub documentation.
 */
export function canUseEnvironment(
  actor: PushActor,
  controls: RepositoryControls,
  environment: NameDemand,
  ref: JobRef,
): Reach {
  const writes = writesTo(actor, controls);
  return writes.state === "no" ? writes : runsInEnvironment(actor, controls, environment, ref);
}

/** The same for whoever has a job to run without writing to the repository: by a pull request from a fork. */
export function runsInEnvironment(
  actor: PushActor,
  controls: RepositoryControls,
  environment: NameDemand,
  ref: JobRef,
): Reach {
  const { environments } = controls;
  if (!environments.known)
    return unknownReach([environments.why], `the environments of \`${controls.name}\` were not read`);
  const reach = ref.reach ?? pushesOrCreates(actor, controls, ref.kind === "tag" ? "tag" : "branch");
  const ways: Reach[] = [];
  for (const one of environments.value)
    if (satisfies(environment, one.name)) ways.push(usesExisting(actor, controls, one, ref, reach));
  // The best there is needs no look at the others.
  if (ways.some(({ state }) => state === "yes")) return anyOf(ways);
  const fresh = newName(environment, environments.value);
  if (fresh !== null) {
    const made = yes(
      `environment \`${fresh}\` does not exist: naming it creates it without rules`,
      `environment ${fresh}`,
    );
    ways.push(allOf([made, reach(ref.demand)]));
  }
  return ways.length === 0 ? no("no environment can have the name that is asked for") : anyOf(ways);
}

function pushesOrCreates(
  actor: PushActor,
  controls: RepositoryControls,
  kind: "branch" | "tag",
): (demand: NameDemand) => Reach {
  return (demand) => anyOf([canPushRef(actor, controls, kind, demand), canCreateRef(actor, controls, kind, demand)]);
}

/** A name that satisfies the demand and that no environment has, whatever the case. */
function newName(demand: NameDemand, environments: readonly DeploymentEnvironment[]): string | null {
  const taken = environments.map(({ name }): NamePattern => ({ syntax: "exact", pattern: name, ignoreCase: true }));
  const found = findName(bothDemands(demand, noneOfPatterns(taken)));
  return found.state === "found" ? found.name : null;
}

function usesExisting(
  actor: PushActor,
  controls: RepositoryControls,
  environment: DeploymentEnvironment,
  ref: JobRef,
  reach: (demand: NameDemand) => Reach,
): Reach {
  const gate = passes(actor, environment);
  if (gate.state === "no") return gate;
  const refs = environmentRefs(environment, controls, ref.kind);
  if (!refs.known) return allOf([gate, unknownReach([refs.why], gate.why)]);
  const example = `environment ${environment.name}`;
  if (ref.kind === "pull-request") {
    // What deploys is the merge of the pull request, not its head.
    const merge = findName(bothDemands(refs.value, MERGE_REFS));
    if (merge.state !== "found")
      return no(`pull requests may not deploy to environment \`${environment.name}\``, example);
    return { ...allOf([gate, reach(ref.demand)]), example };
  }
  const both = reach(bothDemands(ref.demand, refs.value));
  if (both.state === "no") return no(`environment \`${environment.name}\`: ${both.why}`, example);
  return { ...allOf([gate, both]), example: both.example };
}

const MERGE_REFS: NameDemand = {
  all: [
    [
      { syntax: "fnmatch", pattern: "refs/pull/[0-9]*/merge" },
      { syntax: "fnmatch", pattern: "pull/[0-9]*/merge" },
    ],
  ],
  none: [],
};

/** Reviewers and gates, apart from refs. */
function passes(actor: PushActor, environment: DeploymentEnvironment): Reach {
  const { name, reviewers, gates, waitMinutes } = environment;
  const waits = waitMinutes > 0 ? ` after ${waitMinutes} minutes` : "";
  if (reviewers.length === 0 && gates.length === 0) return yes(`environment \`${name}\` has no reviewers${waits}`);
  const asAdmin = skipsAsAdmin(actor, environment);
  if (asAdmin.state === "yes") return asAdmin;
  const parts = [reviewed(actor, environment, waits), ...gates.map((gate) => gated(gate, name))];
  const way = allOf(parts);
  return way.state === "no" ? anyOf([way, asAdmin]) : way;
}

function reviewed(actor: PushActor, environment: DeploymentEnvironment, waits: string): Reach {
  const { name, reviewers, preventSelfReview } = environment;
  if (reviewers.length === 0) return yes(`environment \`${name}\` has no reviewers${waits}`);
  const own = reviewers.find((reviewer) => isReviewer(actor, reviewer));
  // An SSH key approves nothing; whose it is can, where they may approve what they pushed.
  const approves = actor.gitOnly !== true;
  if (own !== undefined && approves && !preventSelfReview)
    return yes(`\`${actor.name}\` reviews deployments to \`${name}\` of their own${waits}`);
  // A team is taken to have somebody besides the actor.
  const others = reviewers.filter(
    (reviewer) => reviewer.type === "team" || !isReviewer(actor, reviewer) || !(approves || preventSelfReview),
  );
  if (others.length === 0) return no(`nobody but \`${actor.name}\` reviews deployments to \`${name}\``);
  const who = others.map((reviewer) => `\`${reviewer.name}\``).join(" or ");
  return conditional([`approval of ${who} for environment \`${name}\``], `environment \`${name}\` has reviewers`);
}

function gated(gate: string, name: string): Reach {
  return conditional([`\`${gate}\` to let the deployment to \`${name}\` pass`], `environment \`${name}\` has a gate`);
}

/** Apps and keys approve nothing: reviews are people's. A token's owner, though, is a person. */
function isReviewer(actor: PushActor, reviewer: EnvironmentReviewer): boolean {
  if (reviewer.type === "team") return actor.teams.includes(reviewer.id);
  if (actor.kind !== "user" && actor.kind !== "token") return false;
  return (
    reviewer.id === actor.id || (actor.login !== null && reviewer.name.toLowerCase() === actor.login.toLowerCase())
  );
}

function skipsAsAdmin(actor: PushActor, { name, adminsBypass }: DeploymentEnvironment): Reach {
  const person = (actor.kind === "user" || actor.kind === "token") && actor.gitOnly !== true;
  if (!person || actor.role !== "admin") return no(`environment \`${name}\` has reviewers`);
  if (!adminsBypass.known)
    return unknownReach([adminsBypass.why], `whether administrators may skip the rules of \`${name}\``);
  return adminsBypass.value
    ? yes(`administrators may skip the rules of environment \`${name}\``)
    : no(`environment \`${name}\` holds for administrators too`);
}
