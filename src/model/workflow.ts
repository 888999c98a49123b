/**
 * What a workflow file says about access: the document of a policy of the kind `workflow`, held by the repository. Its text is not
 * kept: people write secrets into it. Source: "Workflow syntax for GitHub Actions", GitHub documentation.
 */
export interface Workflow {
  /** `.github/workflows/deploy.yml`. */
  readonly path: string;
  readonly name: string;
  /** False when it was disabled. */
  readonly enabled: boolean;
  /** Why it could not be parsed; then everything else is empty and means nothing. */
  readonly unreadable: string | null;
  /** `push`, `pull_request_target`, `workflow_dispatch` … in the order of the file. */
  readonly events: readonly string[];
  readonly jobs: readonly WorkflowJob[];
}

/** One job of it. */
export interface WorkflowJob {
  readonly id: string;
  /** Whether it may ask for an OIDC token (`id-token: write` in effect). */
  readonly mintsToken: boolean;
  /** Name of its environment; an expression (`${{ … }}`) as written. */
  readonly environment: string | null;
  /** The reusable workflow it calls: `owner/repo/path@ref` or `./path`. */
  readonly calls: string | null;
  /** Labels it runs on, with `self-hosted` where it is so. */
  readonly runsOn: readonly string[];
  /** Actions it uses: `owner/repo@ref`. */
  readonly uses: readonly string[];
  /** Names of the secrets it mentions; never a value. */
  readonly secrets: readonly string[];
  /** Role ARNs it mentions in `role-to-assume`. */
  readonly roles: readonly string[];
  /** Whether it checks out what a stranger's pull request brings, in an event that has the repository's secrets. */
  readonly checksOutHead: boolean;
  /** Expressions that put a stranger's words into a script (`github.event.pull_request.title` …). */
  readonly injectable: readonly string[];
}
