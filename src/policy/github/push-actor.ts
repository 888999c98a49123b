import type { Observed } from "../../model/observed.ts";

/** Somebody or something that may push to one repository, with all that protections ask about. Built in `src/graph`. */
export interface PushActor {
  /** Model id of the principal or credential. */
  readonly id: string;
  readonly name: string;
  /** `app`: an installation; `token`: a token or SSH key of somebody, acting for its owner within what it may. */
  readonly kind: "user" | "app" | "deploy-key" | "token";
  /** Highest role on the repository, custom roles by their base. */
  readonly role: "none" | "read" | "triage" | "write" | "maintain" | "admin";
  /** Names of the custom repository roles it holds there, for bypass by role. */
  readonly customRoles: readonly string[];
  /** Fine-grained permissions of custom roles (`bypass_branch_protection`, `push_protected_branch`, `edit_repo_protections`, `create_tag`). */
  readonly permissions: Observed<readonly string[]>;
  /** Model ids of the teams it is in, parents included. */
  readonly teams: readonly string[];
  readonly organizationOwner: boolean;
  /** Whether it is an enterprise owner; unknown where nobody could read it. */
  readonly enterpriseOwner: Observed<boolean>;
  /** For users the login, for tokens the owner's: what `actor` says in a token. */
  readonly login: string | null;
  /** Database id of it. */
  readonly userId: number | null;
  /** Whether it may change files under `.github/workflows` (apps and tokens need `workflows: write`, classic ones `workflow`). */
  readonly editsWorkflows: Observed<boolean>;
  /** `contents: write` for apps and tokens, true for whoever has write; false lets it change nothing. */
  readonly writesContents: boolean;
  /** Whether it may open and merge pull requests (apps and tokens need `pull_requests: write`); left out where it is taken to. */
  readonly opensPullRequests?: Observed<boolean>;
  /** `administration: write` for apps and tokens, else what the role says. */
  readonly administers: boolean;
  /** Beyond the repository, whose rules a token may change if its owner may; left out where nothing limits that. */
  readonly manages?: readonly ("organization" | "enterprise")[];
  /** An SSH key of somebody: it pushes as them, and can do nothing that is not git. */
  readonly gitOnly?: boolean;
  /** Why this is not all that is known of it (an app whose repositories could not be listed); empty when it is. */
  readonly missing: readonly string[];
}
