import type { TokenDemand } from "../bridge/token-demand.ts";
import { ANY_NAME, bothDemands } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import type { Others } from "./approvals.ts";
import { calledIn, otherRepositories, type CalledWorkflow } from "./called-workflow.ts";
import { canCreateRef } from "./can-create-ref.ts";
import { BY_FIRST_CHANGING, canEditProtection, withProtectionsChanged } from "./can-edit-protection.ts";
import { canEditWorkflow } from "./can-edit-workflow.ts";
import { canLandViaPullRequest } from "./can-land-via-pr.ts";
import { canPushRef } from "./can-push-ref.ts";
import { canUseEnvironment } from "./can-use-environment.ts";
import { allOf, anyOf, better, conditional, no, unknownReach, yes } from "./combine-reach.ts";
import { existingWorkflows } from "./existing-workflows.ts";
import { forkToken } from "./fork-token.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { tokenClaims } from "./token-claims.ts";
import { WORKFLOW_FILES } from "./workflow-files.ts";

/** The actor as he stands to another repository, and who else is there; `actor` null where he has nothing there. */
export interface OtherRepository {
  readonly controls: RepositoryControls;
  readonly actor: PushActor | null;
  readonly others: Others;
}

/** What {@link canMint} may look at besides. */
export interface MintOptions {
  /** The repository of a called workflow, by `owner/repo`; undefined where it was not read. */
  readonly otherRepository?: (name: string) => OtherRepository | undefined;
  /** Leaves out what becomes possible by first changing protections. */
  readonly protectionsAsTheyAre?: boolean;
}

/**
 * Whether the actor can get a token that the demand describes: he runs a workflow of his own (or pushes what an existing one runs) on
 * a ref that will do, in an environment that lets him, and the token says the rest. The ref may be pushed, created or, for a branch,
 * reached by a pull request: the best of them counts. A pull request's token takes a branch of the repository of whatever name, or a
 * fork where those get tokens.
 *
 * Who may change protections can do it first; then `why` begins with {@link BY_FIRST_CHANGING}. What needs somebody else's mistake is
 * apart, in `passiveWays`.
 */
export function canMint(
  actor: PushActor,
  controls: RepositoryControls,
  demand: TokenDemand,
  others: Others,
  options: MintOptions = {},
): Reach {
  const asIs = mint(actor, controls, demand, others, options);
  if (asIs.state === "yes" || options.protectionsAsTheyAre === true) return asIs;
  const changed = withProtectionsChanged(actor, controls);
  if (changed === null) return asIs;
  const after = mint(actor, changed, demand, others, options);
  if (!better(after, asIs)) return asIs;
  const editing = canEditProtection(actor, controls);
  if (editing.state === "unknown") return anyOf([asIs, unknownReach(editing.missing, editing.why)]);
  return { ...after, why: `${BY_FIRST_CHANGING}, then: ${after.why}` };
}

function mint(
  actor: PushActor,
  controls: RepositoryControls,
  demand: TokenDemand,
  others: Others,
  options: MintOptions,
): Reach {
  if (controls.archived) return no(`\`${controls.name}\` is archived`);
  const { enabled } = controls.settings;
  if (enabled.known && !enabled.value) return no(`Actions are switched off in \`${controls.name}\``);
  const claims = allOf(tokenClaims(actor, controls, demand));
  if (claims.state === "no") return claims;
  const pull = isPull(demand);
  const ways = ownRuns(actor, controls, demand, others, options);
  if (pull) ways.push(forkToken(actor, controls, demand));
  return allOf([anyOf(ways), claims]);
}

function isPull(demand: TokenDemand): boolean {
  return demand.job === "pull-request" || demand.pullRequest !== undefined;
}

/** Ways over the repository's own refs: which workflow holds the job decides how many there are. */
function ownRuns(
  actor: PushActor,
  controls: RepositoryControls,
  demand: TokenDemand,
  others: Others,
  options: MintOptions,
): Reach[] {
  const path = demand.workflow ?? ANY_NAME;
  const edits = canEditWorkflow(actor, controls, path);
  const at = (ref: NameDemand): Reach => whereItRuns(actor, controls, demand, ref, others);
  if (demand.jobWorkflow === null) {
    const content = edits.state === "yes" ? edits : anyOf([edits, existingWorkflows(controls, demand)]);
    return content.state === "no" ? [content] : [allOf([at(demand.ref), content])];
  }
  const existing = existingWorkflows(controls, demand);
  const ways: Reach[] = existing.state === "no" ? [] : [allOf([at(demand.ref), existing])];
  for (const called of calledIn(demand.jobWorkflow, controls.name)) {
    const both = [edits, canEditWorkflow(actor, controls, called.path)];
    // One ref can hold the workflow and what it calls; else there are two to reach.
    if (called.refKind === demand.refKind && !isPull(demand))
      ways.push(allOf([at(bothDemands(demand.ref, called.ref)), ...both]));
    ways.push(allOf([at(demand.ref), reachesRef(actor, controls, called, others), ...both]));
  }
  for (const name of otherRepositories(demand.jobWorkflow, controls.name))
    ways.push(allOf([at(demand.ref), edits, changesOther(demand.jobWorkflow, name, options)]));
  return ways.length === 0 ? [no("no workflow can be called the way that is asked for")] : ways;
}

/** Whoever can change the called workflow decides what the job does. */
function changesOther(demand: NameDemand, name: string | null, options: MintOptions): Reach {
  const whose = name === null ? "another repository" : `\`${name}\``;
  const why = `the job is one of a workflow of ${whose}`;
  const other = name === null ? undefined : options.otherRepository?.(name);
  if (other === undefined) return unknownReach([`who may change workflows of ${whose}`], why);
  const { actor, controls, others } = other;
  if (actor === null) return no(`${why}, which is out of reach`);
  const ways = calledIn(demand, controls.name).map((called) =>
    allOf([reachesRef(actor, controls, called, others), canEditWorkflow(actor, controls, called.path)]),
  );
  return ways.length === 0 ? no(why) : anyOf(ways);
}

function reachesRef(actor: PushActor, controls: RepositoryControls, called: CalledWorkflow, others: Others): Reach {
  return bestRef(actor, controls, called.refKind, called.ref, others, fileOf(called.path));
}

/** The ref, and the environment where there is one. */
function whereItRuns(
  actor: PushActor,
  controls: RepositoryControls,
  demand: TokenDemand,
  ref: NameDemand,
  others: Others,
): Reach {
  const file = fileOf(demand.workflow);
  const pull = isPull(demand);
  const reach = (names: NameDemand): Reach =>
    pull ? fromHead(actor, controls, names) : bestRef(actor, controls, demand.refKind, names, others, file);
  if (demand.job !== "environment") return reach(ref);
  const kind = pull ? "pull-request" : demand.refKind;
  return canUseEnvironment(actor, controls, demand.environment ?? ANY_NAME, { kind, demand: ref, reach });
}

/** A push, a new ref, or a pull request into a branch: the first that is open, else the best. */
function bestRef(
  actor: PushActor,
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  names: NameDemand,
  others: Others,
  file: string,
): Reach {
  const push = canPushRef(actor, controls, refKind, names);
  if (push.state === "yes") return push;
  const create = canCreateRef(actor, controls, refKind, names);
  if (create.state === "yes" || refKind === "tag") return anyOf([push, create]);
  return anyOf([push, create, canLandViaPullRequest(actor, controls, refKind, names, others, file)]);
}

/** A pull request from a branch of the repository, into whichever. */
function fromHead(actor: PushActor, controls: RepositoryControls, names: NameDemand): Reach {
  const head = anyOf([canPushRef(actor, controls, "branch", names), canCreateRef(actor, controls, "branch", names)]);
  const opens = actor.opensPullRequests;
  if (actor.kind === "deploy-key" || (opens?.known === true && !opens.value))
    return allOf([head, conditional(["a pull request that is open from a branch it may push to"], head.why)]);
  if (opens?.known === false)
    return allOf([head, unknownReach([opens.why], `whether \`${actor.name}\` may open pull requests`)]);
  return head.state === "yes" ? yes(`opens a pull request: ${head.why}`, head.example) : head;
}

const files = new WeakMap<NameDemand, string>();

/** A path that will do, for who owns it. */
function fileOf(path: NameDemand | null): string {
  if (path === null) return ANY_FILE;
  let file = files.get(path);
  if (file === undefined) {
    const found = findName(bothDemands(WORKFLOW_FILES, path), [ANY_FILE]);
    files.set(path, (file = found.state === "found" ? found.name : ANY_FILE));
  }
  return file;
}

const ANY_FILE = ".github/workflows/x.yml";
