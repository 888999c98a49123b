import { ANY_NAME, bothDemands } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { findRefName } from "../names/ref-names.ts";
import { domainOf, VARIABLES } from "./symbolic-token.ts";
import type { TokenDemand } from "./token-demand.ts";
import { USUAL_AUDIENCE } from "./token-demands.ts";
import { claimsOf, subjectsOf, type TokenJob, type TokenRepository } from "./token-job.ts";

/** A job that meets a demand, and the claims of its token: several where its subject is not known for certain. */
export interface Witness {
  readonly job: TokenJob;
  readonly tokens: readonly Readonly<Record<string, string>>[];
}

/** Names to use where they do: what reads well in an example. */
export interface PreferredNames {
  readonly refs?: readonly string[];
  readonly environments?: readonly string[];
  readonly actors?: readonly string[];
  readonly actorIds?: readonly string[];
  readonly workflowPaths?: readonly string[];
  readonly workflows?: readonly string[];
}

/**
 * A concrete token that meets the demand, for whoever wants to ask the evaluator. Undefined where a name could not be found in the
 * work allowed, or where nobody knows how the repository's subjects are built.
 */
export function witness(
  demand: TokenDemand,
  repository: TokenRepository,
  preferred: PreferredNames = {},
): Witness | undefined {
  const { pullRequest } = demand;
  const branch = nameOf(findRefName(demand.ref, preferred.refs ?? ["main"]));
  const environment =
    demand.environment === null ? null : nameOf(findName(demand.environment, preferred.environments ?? ["production"]));
  const number = pullRequest === undefined ? "" : named(pullRequest, VARIABLES.pullRequest, ["1"]);
  const path = named(demand.workflow, VARIABLES.workflowPath, [
    ...(preferred.workflowPaths ?? []),
    ".github/workflows/deploy.yml",
  ]);
  const event = pullRequest === undefined ? named(demand.event, VARIABLES.event, ["push"]) : "pull_request";
  const actor = named(demand.actor, VARIABLES.actor, preferred.actors ?? []);
  const actorId = named(demand.actorIds, VARIABLES.actorId, preferred.actorIds ?? ["1"]);
  const workflow = named(demand.workflowName ?? null, VARIABLES.workflow, [...(preferred.workflows ?? []), "deploy"]);
  if (branch === undefined || environment === undefined || number === undefined || path === undefined) return undefined;
  if (event === undefined || actor === undefined || actorId === undefined || workflow === undefined) return undefined;
  const kind = demand.refKind === "tag" ? "tags" : "heads";
  const ref = pullRequest === undefined ? `refs/${kind}/${branch}` : `refs/pull/${number}/merge`;
  const jobWorkflow = named(demand.jobWorkflow, VARIABLES.jobWorkflow, [`${repository.name}/${path}@${ref}`]);
  if (jobWorkflow === undefined) return undefined;
  const job: TokenJob = {
    ref,
    environment,
    event,
    headRef: pullRequest === undefined ? "" : branch,
    actor,
    actorId,
    workflow,
    workflowPath: path,
    jobWorkflow,
    others: { runner_environment: "github-hosted" },
  };
  const subjects = subjectsOf(repository, job);
  if (!subjects.known) return undefined;
  const claims = { ...claimsOf(repository, job), aud: demand.audience ?? USUAL_AUDIENCE };
  return { job, tokens: subjects.value.map((sub) => ({ ...claims, sub })) };
}

function named(demand: NameDemand | null, variable: string, preferred: readonly string[]): string | undefined {
  return nameOf(findName(bothDemands(demand ?? ANY_NAME, domainOf(variable)), preferred));
}

function nameOf(found: ReturnType<typeof findName>): string | undefined {
  return found.state === "found" ? found.name : undefined;
}
