import { known, type Observed } from "../../model/observed.ts";
import type { RepositoryControls } from "../github/repository-controls.ts";

/** What of a repository its tokens say. */
export type TokenRepository = Pick<
  RepositoryControls,
  "name" | "repositoryId" | "ownerId" | "enterpriseId" | "visibility" | "subject"
>;

/** One concrete job that asks for a token. */
export interface TokenJob {
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`. */
  readonly ref: string;
  readonly environment: string | null;
  /** `push`, `pull_request` … */
  readonly event: string;
  /** Branch of the pull request; empty for other events. */
  readonly headRef: string;
  readonly actor: string;
  readonly actorId: string;
  /** Name of the workflow, and its file. */
  readonly workflow: string;
  readonly workflowPath: string;
  /** `owner/repo/path@ref` of the workflow that holds the job. */
  readonly jobWorkflow: string;
  /** Other claims a template may ask for (`runner_environment`, `sha` …). */
  readonly others: Readonly<Record<string, string>>;
}

/**
 * The claims GitHub puts into the token of a job; `sub` apart, see {@link subjectsOf}. A claim that has no value is an empty text.
 * Source: "OpenID Connect reference", GitHub documentation.
 */
export function claimsOf(repository: TokenRepository, job: TokenJob): Readonly<Record<string, string>> {
  const pull = job.event === "pull_request";
  return {
    ...job.others,
    actor: job.actor,
    actor_id: job.actorId,
    environment: job.environment ?? "",
    event_name: job.event,
    head_ref: pull ? job.headRef : "",
    job_workflow_ref: job.jobWorkflow,
    ref: job.ref,
    ref_type: job.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository: repository.name,
    repository_owner: repository.name.split("/")[0] ?? "",
    repository_visibility: repository.visibility,
    ...numbered("repository_id", repository.repositoryId),
    ...numbered("repository_owner_id", repository.ownerId),
    ...numbered("enterprise_id", repository.enterpriseId),
    workflow: job.workflow,
    workflow_ref: `${repository.name}/${job.workflowPath}@${job.ref}`,
  };
}

/**
 * The subjects GitHub can give the job's token: one where the template was read, one per form where only that is unknown. Unknown
 * where the template or an id that stands in it was not read.
 */
export function subjectsOf(repository: TokenRepository, job: TokenJob): Observed<readonly string[]> {
  if (!repository.subject.known) return repository.subject;
  const { claims, immutable, prefix } = repository.subject.value;
  const prefixes: string[] = [];
  if (prefix.known) prefixes.push(prefix.value);
  else
    for (const form of immutable.known ? [immutable.value] : [false, true]) {
      const { repositoryId, ownerId, name } = repository;
      const [owner = "", repo = ""] = name.split("/");
      if (!form) prefixes.push(`repo:${name}`);
      else if (repositoryId === null || ownerId === null) return { known: false, why: `ids of \`${name}\`` };
      else prefixes.push(`repo:${owner}@${ownerId}/${repo}@${repositoryId}`);
    }
  const said = claimsOf(repository, job);
  const context = contextOf(job);
  return known(
    prefixes.map((start) =>
      (claims ?? ["repo", "context"])
        .map((claim) => {
          if (claim === "repo") return start;
          return claim === "context" ? context : `${claim}:${escaped(claim, said[claim] ?? "")}`;
        })
        .join(":"),
    ),
  );
}

/** Which rule gives the subject: the environment's before the pull request's before that of the ref. */
function contextOf(job: TokenJob): string {
  if (job.environment !== null) return `environment:${escaped("environment", job.environment)}`;
  return job.event === "pull_request" ? "pull_request" : `ref:${job.ref}`;
}

/** Claims whose values people choose freely: GitHub writes a colon in them as `%3A`, so that nobody fakes a further claim. */
export const ESCAPED_CLAIMS: readonly string[] = ["environment", "workflow"];

function escaped(claim: string, value: string): string {
  return ESCAPED_CLAIMS.includes(claim) ? value.replaceAll(":", "%3A") : value;
}

function numbered(claim: string, id: number | null): Readonly<Record<string, string>> {
  return id === null ? {} : { [claim]: String(id) };
}
