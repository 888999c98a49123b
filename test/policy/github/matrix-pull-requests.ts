import { known, unknown } from "../../../src/model/observed.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import {
  ADMIN,
  app,
  deployKey,
  MAINTAINER,
  OTHER_WRITER,
  READER,
  THIRD_WRITER,
  tokenOf,
  TRIAGER,
  WRITER,
} from "./matrix-actors.ts";
import {
  classic,
  decides,
  land,
  owners,
  pullRequest,
  repository,
  ruleset,
  withApprovingActions,
  type MatrixCase,
} from "./matrix-builders.ts";

const REVIEWS = "About protected branches: Require pull request reviews before merging";
const APPROVING = "Approving a pull request with required reviews";
const ROLES =
  "Repository roles for an organization: Permissions for each role, Approve or request changes to a pull request with required reviews";
const CODE_OWNERS = "About code owners";
const NO_OWNER = "About code owners: CODEOWNERS syntax, users and teams with insufficient access are not assigned";
const ACTIONS =
  "Managing GitHub Actions settings for a repository: Preventing GitHub Actions from creating or approving pull requests";
const DISABLED =
  "Managing GitHub Actions settings for a repository: About GitHub Actions permissions for your repository";
const APPS = "Choosing permissions for a GitHub App";
const KEYS = "Available rules for rulesets: Require a pull request before merging, reviewers with write permissions";

const one = repository([ruleset(["main"], [pullRequest()])]);
const three = repository([ruleset(["main"], [pullRequest({ approvals: 3 })])]);
const threeThatStay = repository([
  ruleset(["main"], [pullRequest({ approvals: 3, dismissStale: false, lastPushApproval: false })]),
]);
const none = repository([ruleset(["main"], [pullRequest({ approvals: 0 })])]);
/** One approval, which a workflow of the repository may give, or open the pull request for whoever wrote the workflow. */
const any = { dismissStale: false, lastPushApproval: false };
const approving = withApprovingActions([ruleset(["main"], [pullRequest(any)])]);
const owned = (...lines: readonly string[]): RepositoryControls => ({
  ...withApprovingActions([ruleset(["main"], [pullRequest({ ...any, codeOwners: true })])]),
  ...owners(...lines),
});
const BOT = app();

/** What a merge waits for: whose approval counts, how many, code owners, later pushes, and workflows that approve. */
export const PULL_REQUEST_CASES: readonly MatrixCase[] = [
  ...decides(ROLES, one, [
    ["a reader's approval does not count", WRITER, land("main", [READER]), "no"],
    ["a triager's approval does not count", WRITER, land("main", [TRIAGER]), "no"],
    ["a writer's approval counts", WRITER, land("main", [OTHER_WRITER]), "conditional"],
    ["a maintainer's approval counts", WRITER, land("main", [MAINTAINER]), "conditional"],
    ["an administrator's approval counts", WRITER, land("main", [ADMIN]), "conditional"],
    ["a maintainer waits for an approval like everybody", MAINTAINER, land("main", [WRITER]), "conditional"],
  ]),
  ...decides(APPROVING, one, [
    ["nobody approves his own pull request", WRITER, land("main", [WRITER]), "no"],
    ["a token of the author is the author", WRITER, land("main", [tokenOf(WRITER)]), "no"],
    ["an author who acts by token cannot approve in person", tokenOf(WRITER), land("main", [WRITER]), "no"],
    [
      "an author who acts by token waits for somebody else",
      tokenOf(WRITER),
      land("main", [OTHER_WRITER]),
      "conditional",
    ],
  ]),
  ...decides(KEYS, one, [["a deploy key approves nothing", WRITER, land("main", [deployKey(true)]), "no"]]),
  ...decides(REVIEWS, one, [
    ["approvers that were not read may be there", WRITER, land("main", [], ["teams were not read"]), "unknown"],
    [
      "one approver who was read is enough for one approval",
      WRITER,
      land("main", [OTHER_WRITER], ["teams were not read"]),
      "conditional",
    ],
  ]),
  ...decides(REVIEWS, three, [
    ["three approvals need others", WRITER, land("main", [OTHER_WRITER, THIRD_WRITER, MAINTAINER]), "conditional"],
    ["one other is not three", WRITER, land("main", [OTHER_WRITER]), "no"],
    ["a reader is no further approver", WRITER, land("main", [OTHER_WRITER, READER]), "no"],
    ["the author is no further approver", WRITER, land("main", [OTHER_WRITER, WRITER]), "no"],
    ["two tokens of one person are one approver", WRITER, land("main", [OTHER_WRITER, tokenOf(OTHER_WRITER)]), "no"],
    [
      "further approvers may be among those who were not read",
      WRITER,
      land("main", [OTHER_WRITER], ["teams were not read"]),
      "unknown",
    ],
  ]),
  ...decides(REVIEWS, threeThatStay, [
    [
      "approvals that outlive pushes are given by others first",
      WRITER,
      land("main", [OTHER_WRITER, THIRD_WRITER]),
      "conditional",
    ],
    ["approvals that outlive pushes are not given by too few", WRITER, land("main", [OTHER_WRITER]), "no"],
  ]),
  ...decides(REVIEWS, repository([classic("main", { pullRequest: { approvals: 3 }, enforced: true })]), [
    [
      "a classic rule asks for three as well",
      WRITER,
      land("main", [OTHER_WRITER, THIRD_WRITER, MAINTAINER]),
      "conditional",
    ],
    ["a classic rule takes one other for one", WRITER, land("main", [OTHER_WRITER]), "no"],
  ]),
  ...decides(REVIEWS, repository([classic("main", { pullRequest: { approvals: 0 }, enforced: true })]), [
    ["a classic pull request without approval is merged by its author", WRITER, land("main", []), "yes"],
    ["a classic pull request without approval is merged by an administrator", ADMIN, land("main", []), "yes"],
  ]),
  ...decides(REVIEWS, repository([ruleset(["main"], [pullRequest({ lastPushApproval: false })])]), [
    ["dismissed approvals have to be given again", WRITER, land("main", [OTHER_WRITER]), "conditional"],
  ]),
  ...decides(REVIEWS, repository([ruleset(["main"], [pullRequest({ dismissStale: false })])]), [
    ["the last push is approved by somebody else", WRITER, land("main", [OTHER_WRITER]), "conditional"],
    ["the last push is not approved by whoever pushed it", WRITER, land("main", [WRITER]), "no"],
    ["the last push cannot be approved by nobody", WRITER, land("main", []), "no"],
  ]),
  ...decides(REVIEWS, repository([classic("main", { pullRequest: {}, enforced: true })]), [
    ["an administrator's last push is approved by somebody else", ADMIN, land("main", [WRITER]), "conditional"],
    ["an administrator's last push is not approved by nobody", ADMIN, land("main", []), "no"],
  ]),
  ...decides(CODE_OWNERS, owned("* @wilma-writes"), [
    ["a workflow's approval is not the owner's", WRITER, land("main", [OTHER_WRITER]), "conditional"],
    ["the owner approves what a workflow opened", OTHER_WRITER, land("main", [WRITER]), "yes"],
  ]),
  ...decides(CODE_OWNERS, owned("* @wanda-writes @wilma-writes"), [
    ["any of several owners is enough", WRITER, land("main", [OTHER_WRITER]), "yes"],
    [
      "any of several owners is asked for somebody else's change",
      THIRD_WRITER,
      land("main", [WRITER, OTHER_WRITER]),
      "conditional",
    ],
  ]),
  ...decides(CODE_OWNERS, owned("* @wilma-writes", "/.github/workflows/ @wanda-writes"), [
    ["the last matching pattern takes precedence", WRITER, land("main", [OTHER_WRITER]), "yes"],
    ["the last matching pattern takes precedence for others too", OTHER_WRITER, land("main", [WRITER]), "conditional"],
  ]),
  ...decides(CODE_OWNERS, owned("/.github/workflows/ @wanda-writes", "* @wilma-writes"), [
    ["an earlier pattern does not take precedence", WRITER, land("main", [OTHER_WRITER]), "conditional"],
  ]),
  ...decides(CODE_OWNERS, owned("/docs/ @wilma-writes"), [
    ["a file that nobody owns needs any approval", WRITER, land("main", [OTHER_WRITER]), "yes"],
  ]),
  ...decides(CODE_OWNERS, owned("* @wilma-writes", "/.github/workflows"), [
    ["a pattern without owners leaves the folder without owners", WRITER, land("main", [OTHER_WRITER]), "yes"],
  ]),
  ...decides(CODE_OWNERS, owned("*.js @wilma-writes"), [
    ["owners of other kinds of files are not asked", WRITER, land("main", [OTHER_WRITER]), "yes"],
  ]),
  ...decides(CODE_OWNERS, owned("*.yml @wilma-writes"), [
    ["owners of the kind of file are asked in every folder", WRITER, land("main", [OTHER_WRITER]), "conditional"],
  ]),
  ...decides(CODE_OWNERS, owned(".github/* @wilma-writes"), [
    ["a folder and a star own no deeper file", WRITER, land("main", [OTHER_WRITER]), "yes"],
  ]),
  ...decides(CODE_OWNERS, owned("workflows/ @wilma-writes"), [
    ["a folder without a leading slash is owned wherever it is", WRITER, land("main", [OTHER_WRITER]), "conditional"],
  ]),
  ...decides(CODE_OWNERS, { ...approving, ...owners("* @wilma-writes") }, [
    ["owners matter only where their review is required", WRITER, land("main", [OTHER_WRITER]), "yes"],
  ]),
  ...decides(NO_OWNER, repository([ruleset(["main"], [pullRequest({ codeOwners: true })])], owners("* @rita-reads")), [
    [
      "somebody who only reads is no code owner, and any approval will do",
      WRITER,
      land("main", [READER, OTHER_WRITER]),
      "conditional",
    ],
  ]),
  ...decides(
    NO_OWNER,
    repository([ruleset(["main"], [pullRequest({ codeOwners: true })])], owners("* @zoe-who-left")),
    [
      [
        "somebody without access is no code owner, and any approval will do",
        WRITER,
        land("main", [OTHER_WRITER]),
        "conditional",
      ],
    ],
  ),
  ...decides(ACTIONS, approving, [
    ["a workflow that may approve gives the one approval", WRITER, land("main", []), "yes"],
    ["a workflow that may approve gives an administrator's approval", ADMIN, land("main", []), "yes"],
  ]),
  ...decides(ACTIONS, one, [["a workflow that may not approve gives nothing", WRITER, land("main", []), "no"]]),
  ...decides(ACTIONS, withApprovingActions([ruleset(["main"], [pullRequest({ ...any, approvals: 3 })])]), [
    ["a workflow gives one of three approvals", WRITER, land("main", [OTHER_WRITER, THIRD_WRITER]), "conditional"],
    ["a workflow alone does not give three approvals", WRITER, land("main", []), "no"],
  ]),
  ...decides(
    ACTIONS,
    { ...one, settings: { ...one.settings, canApprovePullRequests: unknown("settings were not read") } },
    [["a workflow may be able to approve", WRITER, land("main", []), "unknown"]],
  ),
  ...decides(DISABLED, { ...one, settings: { ...approving.settings, enabled: known(false) } }, [
    ["where Actions are disabled no workflow approves", WRITER, land("main", []), "no"],
  ]),
  ...decides(APPS, { ...one, settings: approving.settings }, [
    [
      "an app that cannot write workflows makes none approve",
      app({ editsWorkflows: known(false) }),
      land("main", []),
      "no",
    ],
  ]),
  ...decides(APPS, none, [
    ["an app that may open pull requests merges one that needs no approval", BOT, land("main", []), "yes"],
    ["an app without that permission opens none", app({ opensPullRequests: known(false) }), land("main", []), "no"],
    [
      "an app whose permissions were not read may open one",
      app({ opensPullRequests: unknown("not read") }),
      land("main", []),
      "unknown",
    ],
    ["an app that cannot write contents merges none", app({ writesContents: false }), land("main", []), "no"],
  ]),
  ...decides(APPS, one, [["an app waits for the approval of a person", BOT, land("main", [WRITER]), "conditional"]]),
];
