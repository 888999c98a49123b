import type { Observed } from "./observed.ts";

/** What Actions may do in a repository or organization: the document of a policy of the kind `actions-settings`. */
export interface ActionsSettings {
  readonly enabled: Observed<boolean>;
  /** `all`, `local_only` or `selected`. */
  readonly allowedActions: Observed<string>;
  /** What the job token may do where the workflow does not say: `read` or `write`. */
  readonly defaultPermissions: Observed<"read" | "write">;
  readonly canApprovePullRequests: Observed<boolean>;
  /** Whether pull requests of forks get a token that can write, and with it OIDC tokens (private repositories). */
  readonly forksGetWriteTokens: Observed<boolean>;
  /** Whether what a fork's pull request runs waits for somebody who may write; left out where that was not asked. */
  readonly forksNeedApproval?: Observed<boolean>;
  /** Who may call its reusable workflows: `none`, `user`, `organization`, `enterprise`. */
  readonly reusableBy: Observed<string>;
}
