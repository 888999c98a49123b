import type { NameDemand } from "../names/name-pattern.ts";

/**
 * One kind of job of one repository whose token a role's trust lets in, and what the token must say for it: worked out symbolically,
 * branches are never listed. Several demands are alternatives.
 */
export interface TokenDemand {
  /** Index of the Allow statement. */
  readonly statement: number;
  /** Which rule of GitHub's gives the subject: the environment's, the pull request's, or that of the ref. */
  readonly job: "branch" | "tag" | "pull-request" | "environment";
  /** Name of the environment, where `job` is one. */
  readonly environment: NameDemand | null;
  /**
   * Branch (for `branch` and `pull-request`: of the head in the repository itself) or tag, without `refs/heads/`. For an environment
   * both kinds of refs may do: then two demands are answered, told apart by `refKind`.
   */
  readonly ref: NameDemand;
  readonly refKind: "branch" | "tag";
  /** `.github/workflows/deploy.yml` of the workflow that runs, where the trust asks about it. */
  readonly workflow: NameDemand | null;
  /**
   * The workflow that holds the job (`job_workflow_ref`): `owner/repo/path@ref`. Null where the trust does not ask. Where it can only
   * be one of another repository, whoever can change that one decides.
   */
  readonly jobWorkflow: NameDemand | null;
  /** Login (`actor`) and event, where the trust asks. */
  readonly actor: NameDemand | null;
  readonly actorIds: NameDemand | null;
  readonly event: NameDemand | null;
  /** Conditions that are not about the token's claims, or on claims nobody knows: in words, as `conditional` names them. */
  readonly needs: readonly string[];
  /** What was not read and would decide (template, immutable form): in words, makes it `unknown`. */
  readonly missing: readonly string[];
  // Reason for the three below: without them a demand could not be met by a concrete token, nor a pull request's `ref` be told.
  /** Name of the workflow as its file says it (the claim `workflow`, which whoever edits the file chooses); left out where nobody asks. */
  readonly workflowName?: NameDemand;
  /**
   * Number of the pull request that triggers the job, there exactly where one does: the claim `ref` is then `refs/pull/<n>/merge`, and
   * `ref` above is the head branch. An environment's jobs can be triggered by one too.
   */
  readonly pullRequest?: NameDemand;
  /** What to ask the token for. */
  readonly audience?: string;
}
