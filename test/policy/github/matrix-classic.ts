import {
  ADMIN,
  app,
  custom,
  deployKey,
  MAINTAINER,
  MEMBER,
  OTHER_WRITER,
  OWNER,
  passes,
  READER,
  THIRD_WRITER,
  TRIAGER,
  UNREAD_ROLE,
  WRITER,
} from "./matrix-actors.ts";
import {
  classic,
  create,
  createTag,
  decides,
  land,
  push,
  pushTag,
  repository,
  type MatrixCase,
} from "./matrix-builders.ts";

const BOT = app();
const REVIEWS = "About protected branches: Require pull request reviews before merging";
const RESTRICT = "About protected branches: Restrict who can push to matching branches";
const NO_BYPASS = "About protected branches: Do not allow bypassing the above settings";
const SKIPS =
  "Managing a branch protection rule: Creating a branch protection rule, Allow specified actors to bypass required pull requests";
const CHECKS = "About protected branches: Require status checks before merging";
const RULE_ORDER = "Managing a branch protection rule: About branch protection rules";
const CUSTOM_ROLES = "About custom repository roles: Additional permissions for custom roles";

const pullRequests = repository([classic("main", { pullRequest: {} })]);
const pullRequestsForAll = repository([classic("main", { pullRequest: {}, enforced: true })]);
const restricted = repository([
  classic("main", { mayPush: [passes.user(WRITER), passes.team("platform"), passes.app(BOT)] }),
]);
const restrictedForAll = repository([classic("main", { mayPush: [passes.user(WRITER)], enforced: true })]);

/** Classic branch protection: pull requests, restricted pushes, locks, creations, checks, and which rule counts. */
export const CLASSIC_CASES: readonly MatrixCase[] = [
  ...decides("About protected branches: About branch protection rules", repository([classic("main")]), [
    ["a rule without boxes leaves pushes to a writer", WRITER, push("main"), "yes"],
    ["a rule without boxes gives a reader nothing", READER, push("main"), "no"],
    ["a rule on main leaves other branches alone", WRITER, push("feature"), "yes"],
    ["no deletion and no force push keep nobody from creating a branch", WRITER, create("feature"), "yes"],
    ["no deletion and no force push keep nobody from merging", WRITER, land("main", []), "yes"],
    ["branch protection says nothing about tags of the name", WRITER, pushTag("main"), "yes"],
  ]),
  ...decides(REVIEWS, pullRequests, [
    ["required reviews shut a writer out of direct pushes", WRITER, push("main"), "no"],
    ["required reviews shut a maintainer out of direct pushes", MAINTAINER, push("main"), "no"],
    ["required reviews shut an app out of direct pushes", BOT, push("main"), "no"],
    ["required reviews on main leave other branches to a writer", WRITER, push("feature"), "yes"],
    [
      "required reviews let a writer merge once somebody with write approves",
      WRITER,
      land("main", [OTHER_WRITER]),
      "conditional",
    ],
    ["required reviews are out of reach when nobody else can approve", WRITER, land("main", []), "no"],
  ]),
  ...decides(NO_BYPASS, pullRequests, [
    ["reviews that are not enforced for administrators do not hold one", ADMIN, push("main"), "yes"],
    ["reviews that are not enforced for administrators let one merge alone", ADMIN, land("main", []), "yes"],
    ["an organization owner is an administrator of the repository", OWNER, push("main"), "yes"],
    ["a custom role that bypasses branch protections pushes", custom("bypass_branch_protection"), push("main"), "yes"],
    [
      "a custom role that bypasses branch protections merges alone",
      custom("bypass_branch_protection"),
      land("main", []),
      "yes",
    ],
    [
      "a custom role without that permission does not bypass",
      custom("delete_alerts_code_scanning"),
      push("main"),
      "no",
    ],
    ["an unread custom role may bypass branch protections", UNREAD_ROLE, push("main"), "unknown"],
  ]),
  ...decides(NO_BYPASS, pullRequestsForAll, [
    ["reviews enforced for administrators hold one", ADMIN, push("main"), "no"],
    ["reviews enforced for administrators hold an organization owner", OWNER, push("main"), "no"],
    ["reviews enforced for administrators need somebody else to approve", ADMIN, land("main", [WRITER]), "conditional"],
    ["reviews enforced for administrators are out of reach alone", ADMIN, land("main", []), "no"],
    [
      "reviews enforced for administrators hold roles that bypass",
      custom("bypass_branch_protection"),
      push("main"),
      "no",
    ],
    ["an unread custom role decides nothing when no role bypasses", UNREAD_ROLE, push("main"), "no"],
  ]),
  ...decides(CUSTOM_ROLES, pullRequests, [
    ["pushing to protected branches does not skip pull requests", custom("push_protected_branch"), push("main"), "no"],
    ["editing the rules is not bypassing them", custom("edit_repo_protections"), push("main"), "no"],
  ]),
  ...decides(CUSTOM_ROLES, restrictedForAll, [
    ["pushing to protected branches passes restricted pushes", custom("push_protected_branch"), push("main"), "yes"],
  ]),
  ...decides("Managing deploy keys: Deploy keys", pullRequests, [
    ["a deploy key that writes acts as an administrator does", deployKey(true), push("main"), "yes"],
    ["a deploy key that reads pushes nothing", deployKey(false), push("main"), "no"],
  ]),
  ...decides("Managing deploy keys: Deploy keys", pullRequestsForAll, [
    ["a deploy key that writes is held where administrators are", deployKey(true), push("main"), "no"],
  ]),
  ...decides(
    SKIPS,
    repository([
      classic("main", {
        pullRequest: {},
        skipPullRequest: [passes.user(WRITER), passes.team("platform"), passes.app(BOT)],
        enforced: true,
      }),
    ]),
    [
      ["a person who may skip the pull request pushes", WRITER, push("main"), "yes"],
      ["a member of a team that may skip the pull request pushes", MEMBER, push("main"), "yes"],
      ["an app that may skip the pull request pushes", BOT, push("main"), "yes"],
      ["somebody who is not in the list does not skip it", OTHER_WRITER, push("main"), "no"],
      ["an administrator who is not in the list does not skip it", ADMIN, push("main"), "no"],
      ["a person who may skip the pull request merges without approval", WRITER, land("main", []), "yes"],
    ],
  ),
  ...decides(
    CHECKS,
    repository([
      classic("main", { pullRequest: {}, skipPullRequest: [passes.user(WRITER)], checks: ["build"], enforced: true }),
    ]),
    [
      ["skipping the pull request does not skip the checks", WRITER, push("main"), "conditional"],
      ["checks do not open the way that reviews close", OTHER_WRITER, push("main"), "no"],
    ],
  ),
  ...decides(RESTRICT, restricted, [
    ["a person among those who may push pushes", WRITER, push("main"), "yes"],
    ["a member of a team among those who may push pushes", MEMBER, push("main"), "yes"],
    ["an app among those who may push pushes", BOT, push("main"), "yes"],
    ["a writer who is not among those who may push does not", OTHER_WRITER, push("main"), "no"],
    ["another app does not push", app({ id: "app:other-bot", name: "other-bot" }), push("main"), "no"],
    ["restricted pushes keep a writer from merging too", OTHER_WRITER, land("main", [WRITER]), "no"],
    ["an administrator may always push to a restricted branch", ADMIN, push("main"), "yes"],
    ["restricted pushes leave new branches of other names", OTHER_WRITER, create("feature"), "yes"],
    [
      "an entry without write access gives nothing",
      { ...WRITER, role: "read", writesContents: false },
      push("main"),
      "no",
    ],
  ]),
  ...decides(RESTRICT, restrictedForAll, [
    ["an administrator may always push to a restricted branch, enforced or not", ADMIN, push("main"), "yes"],
    ["an organization owner may always push to a restricted branch, enforced or not", OWNER, push("main"), "yes"],
    ["a triager is not helped by restricted pushes", TRIAGER, push("main"), "no"],
  ]),
  ...decides(
    RESTRICT,
    repository([classic("main", { mayPush: [passes.user(WRITER)], pullRequest: {}, enforced: true })]),
    [
      ["whoever may push still needs a pull request where one is required", WRITER, push("main"), "no"],
      ["whoever may push merges with an approval", WRITER, land("main", [OTHER_WRITER]), "conditional"],
      [
        "whoever may not push does not merge with an approval",
        OTHER_WRITER,
        land("main", [WRITER, THIRD_WRITER]),
        "no",
      ],
    ],
  ),
  ...decides(
    RESTRICT,
    repository([classic("main", { mayPush: [passes.user(WRITER)], checks: ["build"], enforced: true })]),
    [
      ["whoever may push still waits for required checks", WRITER, push("main"), "conditional"],
      ["whoever may push still waits for required checks to merge", WRITER, land("main", []), "conditional"],
      ["checks do not let somebody else push", OTHER_WRITER, push("main"), "no"],
    ],
  ),
  ...decides(RESTRICT, repository([classic("main", { mayPush: "not shown" })]), [
    ["a hidden list of who may push may hold a writer", WRITER, push("main"), "unknown"],
    ["a hidden list of who may push cannot help a reader", READER, push("main"), "no"],
    ["a hidden list of who may push leaves other branches alone", WRITER, push("feature"), "yes"],
    ["an administrator pushes whatever the hidden list says", ADMIN, push("main"), "yes"],
  ]),
  ...decides(SKIPS, repository([classic("main", { pullRequest: {}, skipPullRequest: "not shown", enforced: true })]), [
    ["a hidden list of who skips the pull request may hold a writer", WRITER, push("main"), "unknown"],
  ]),
  ...decides(
    RESTRICT,
    repository([classic("release*", { mayPush: [passes.team("platform")], blocksCreations: true, enforced: true })]),
    [
      ["restricted creations keep a writer from new branches of the name", WRITER, create("release-1"), "no"],
      ["restricted creations let a member of the team", MEMBER, create("release-1"), "yes"],
      ["restricted creations leave other names alone", WRITER, create("feature"), "yes"],
      ["the star of a rule stops at a slash", WRITER, create("release/1"), "yes"],
      ["an administrator may always create a matching branch", ADMIN, create("release-1"), "yes"],
      ["restricted creations say nothing about tags", WRITER, createTag("release-1"), "yes"],
    ],
  ),
  ...decides(RESTRICT, repository([classic("release*", { mayPush: [passes.team("platform")], enforced: true })]), [
    ["restricted pushes without restricted creations leave new branches", WRITER, create("release-1"), "yes"],
    ["restricted pushes without restricted creations still take no push", WRITER, push("release-1"), "no"],
  ]),
  ...decides("About protected branches: Lock branch", repository([classic("main", { lock: true, enforced: true })]), [
    ["a locked branch takes no push of a writer", WRITER, push("main"), "no"],
    ["a locked branch takes no push of a maintainer", MAINTAINER, push("main"), "no"],
    ["a locked branch takes no push of an administrator it is enforced for", ADMIN, push("main"), "no"],
    ["a locked branch takes no merge", WRITER, land("main", [OTHER_WRITER]), "no"],
    ["a lock on main leaves other branches alone", WRITER, push("feature"), "yes"],
  ]),
  ...decides("About protected branches: Lock branch", repository([classic("main", { lock: true })]), [
    ["a locked branch takes no push of an app", BOT, push("main"), "no"],
  ]),
  ...decides(CHECKS, repository([classic("main", { checks: ["build", "test"] })]), [
    ["required checks let a writer push once they passed elsewhere", WRITER, push("main"), "conditional"],
    ["required checks let a writer merge once they pass", WRITER, land("main", []), "conditional"],
    ["required checks do not hold an administrator", ADMIN, push("main"), "yes"],
    ["required checks give a reader nothing", READER, push("main"), "no"],
  ]),
  ...decides(
    "About protected branches: Require deployments to succeed before merging",
    repository([classic("main", { deployments: ["staging"], enforced: true })]),
    [["required deployments come before a merge", WRITER, land("main", []), "conditional"]],
  ),
  ...decides(
    "About protected branches: Require signed commits",
    repository([classic("main", { signatures: true, enforced: true })]),
    [
      ["signed commits may always be pushed", WRITER, push("main"), "yes"],
      ["signed commits may be merged with a pull request", WRITER, land("main", []), "yes"],
    ],
  ),
  ...decides(
    "About protected branches: Require linear history",
    repository([classic("main", { linearHistory: true, enforced: true })]),
    [
      ["a linear history takes pushes without merge commits", WRITER, push("main"), "yes"],
      ["a linear history takes squashed pull requests", WRITER, land("main", []), "yes"],
    ],
  ),
  ...decides(
    RULE_ORDER,
    repository([classic("release-*", { pullRequest: {}, enforced: true }), classic("release-1")]),
    [
      ["a rule that names the branch goes before one with a star", WRITER, push("release-1"), "yes"],
      ["the rule with the star holds the other branches", WRITER, push("release-2"), "no"],
      [
        "a rule that names the branch goes before one with a star, for merges too",
        WRITER,
        land("release-1", []),
        "yes",
      ],
    ],
  ),
  ...decides(RULE_ORDER, repository([classic("main", { pullRequest: {}, enforced: true }), classic("*")]), [
    ["a lax rule with a star does not loosen the rule that names the branch", WRITER, push("main"), "no"],
    ["a lax rule with a star holds nobody", WRITER, push("feature"), "yes"],
  ]),
];
