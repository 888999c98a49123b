import { known, unknown } from "../../../src/model/observed.ts";
import type { ProtectionActor } from "../../../src/model/protection.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
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
  tokenOf,
  user,
  WRITER,
} from "./matrix-actors.ts";
import {
  create,
  createTag,
  decides,
  editWorkflow,
  land,
  pullRequest,
  push,
  pushRuleset,
  pushTag,
  repository,
  ruleset,
  type MatrixCase,
} from "./matrix-builders.ts";

const GRANTING = "Creating rulesets for a repository: Granting bypass permissions for your branch or tag ruleset";
const PULL_REQUESTS_ONLY = `${GRANTING}, For pull requests only`;
const REST = "REST API endpoints for rules: bypass_actors, bypass_mode";
const HIDDEN =
  "REST API endpoints for rules: Get a repository ruleset, bypass_actors are shown to those with write access to the ruleset";
const ROLES = "Repository roles for an organization: Repository roles for organizations";

type Bypass = readonly ProtectionActor[] | "not shown";

const BOT = app();
const OTHER_BOT = app({ id: "app:other-bot", name: "other-bot" });
const HEAD = user("hugo-heads", "admin", { enterpriseOwner: known(true) });
const MAYBE_HEAD = user("may-be-head", "write", { enterpriseOwner: unknown("enterprise owners were not read") });
const WORKFLOWS = [".github/workflows/**/*"];

/** One entry of a bypass list on a ruleset that restricts updates and creations, or that asks for a pull request. */
const shut = (bypass: Bypass): RepositoryControls =>
  repository([ruleset(["main", "prod-*"], [{ kind: "update" }, { kind: "creation" }], bypass)]);
const reviewed = (bypass: Bypass): RepositoryControls => repository([ruleset(["main"], [pullRequest()], bypass)]);

/** Who passes a ruleset: by which entry of its list, in which mode, and what follows where the list was not shown. */
export const BYPASS_CASES: readonly MatrixCase[] = [
  ...decides(GRANTING, shut([passes.user(WRITER)]), [
    ["a person in the list pushes", WRITER, push("main"), "yes"],
    ["a person in the list creates", WRITER, create("prod-1"), "yes"],
    ["a person in the list merges", WRITER, land("main", []), "yes"],
    ["a person who is not in the list does not push", OTHER_WRITER, push("main"), "no"],
    ["an administrator who is not in the list does not push", ADMIN, push("main"), "no"],
    ["a token acts for the person in the list", tokenOf(WRITER), push("main"), "yes"],
    ["a token of somebody else does not push", tokenOf(OTHER_WRITER), push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.user(READER)]), [
    ["a list gives a reader no write access", READER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.team("platform")]), [
    ["a member of a team in the list pushes", MEMBER, push("main"), "yes"],
    ["a member of a team in the list creates", MEMBER, create("prod-1"), "yes"],
    ["somebody outside of the team does not push", WRITER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.app(BOT)]), [
    ["an app in the list pushes", BOT, push("main"), "yes"],
    ["an app that is not in the list does not push", OTHER_BOT, push("main"), "no"],
    ["an app in the list lets no person push", WRITER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.role("admin")]), [
    ["an administrator passes by role", ADMIN, push("main"), "yes"],
    ["a maintainer is no administrator", MAINTAINER, push("main"), "no"],
    ["a writer is no administrator", WRITER, create("prod-1"), "no"],
  ]),
  ...decides(ROLES, shut([passes.role("admin")]), [
    ["an organization owner has the admin role everywhere", OWNER, push("main"), "yes"],
  ]),
  ...decides(GRANTING, shut([passes.role("maintain")]), [
    ["a maintainer passes by role", MAINTAINER, push("main"), "yes"],
    ["a writer has no maintain role", WRITER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.role("write")]), [
    ["a writer passes by role", WRITER, push("main"), "yes"],
    ["a reader has no write role", READER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.role("releaser")]), [
    ["the holder of a custom role passes by it", custom(), push("main"), "yes"],
    ["a writer without the custom role does not pass", WRITER, push("main"), "no"],
    ["a maintainer without the custom role does not pass", MAINTAINER, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.organizationOwners()]), [
    ["an organization owner passes", OWNER, push("main"), "yes"],
    ["an administrator who owns no organization does not pass", ADMIN, push("main"), "no"],
  ]),
  ...decides(GRANTING, shut([passes.enterpriseOwners()]), [
    ["an enterprise owner passes", HEAD, push("main"), "yes"],
    ["an organization owner is no enterprise owner", OWNER, push("main"), "no"],
    ["somebody who may be an enterprise owner may pass", MAYBE_HEAD, push("main"), "unknown"],
  ]),
  ...decides(GRANTING, shut([passes.user(OTHER_WRITER)]), [
    ["not knowing the enterprise owners matters only where they are listed", MAYBE_HEAD, push("main"), "no"],
  ]),
  ...decides(REST, shut([passes.deployKeys()]), [
    ["a deploy key that writes passes where deploy keys are listed", deployKey(true), push("main"), "yes"],
    ["a deploy key that reads pushes nothing where deploy keys are listed", deployKey(false), push("main"), "no"],
    ["listed deploy keys let no person pass", WRITER, push("main"), "no"],
    ["listed deploy keys let no app pass", BOT, push("main"), "no"],
  ]),
  ...decides(REST, shut([passes.user(WRITER), passes.app(BOT)]), [
    ["a deploy key does not pass where deploy keys are not listed", deployKey(true), push("main"), "no"],
  ]),
  ...decides("About custom repository roles: Additional permissions for custom roles", reviewed([]), [
    [
      "bypassing branch protections is about classic rules, not rulesets",
      custom("bypass_branch_protection"),
      push("main"),
      "no",
    ],
  ]),
  ...decides(PULL_REQUESTS_ONLY, reviewed([passes.user(WRITER, "pull-request")]), [
    ["for pull requests only, nobody pushes", WRITER, push("main"), "no"],
    ["for pull requests only, the author merges without approval", WRITER, land("main", []), "yes"],
    ["for pull requests only, others wait for an approval", OTHER_WRITER, land("main", [WRITER]), "conditional"],
  ]),
  ...decides(PULL_REQUESTS_ONLY, shut([passes.team("platform", "pull-request")]), [
    ["for pull requests only, a member of the team does not push", MEMBER, push("main"), "no"],
    ["for pull requests only, a member of the team merges past restricted updates", MEMBER, land("main", []), "yes"],
    ["for pull requests only, somebody outside of the team does not merge", WRITER, land("main", []), "no"],
  ]),
  ...decides(PULL_REQUESTS_ONLY, reviewed([passes.role("admin", "pull-request")]), [
    ["for pull requests only, an administrator does not push", ADMIN, push("main"), "no"],
    ["for pull requests only, an administrator merges alone", ADMIN, land("main", []), "yes"],
  ]),
  ...decides(
    PULL_REQUESTS_ONLY,
    repository([
      ruleset(
        ["main"],
        [{ kind: "status-checks", checks: ["build"], strict: false }],
        [passes.app(BOT, "pull-request")],
      ),
    ]),
    [
      ["for pull requests only, an app still waits for checks to push", BOT, push("main"), "conditional"],
      ["for pull requests only, an app merges past the checks", BOT, land("main", []), "yes"],
    ],
  ),
  ...decides(REST, reviewed([passes.user(WRITER, "exempt")]), [
    ["an exempt person pushes", WRITER, push("main"), "yes"],
    ["an exempt person merges", WRITER, land("main", []), "yes"],
    ["an exempt person helps nobody else", OTHER_WRITER, push("main"), "no"],
  ]),
  ...decides(REST, shut([passes.app(BOT, "exempt")]), [
    ["an exempt app pushes", BOT, push("main"), "yes"],
    ["an exempt app creates", BOT, create("prod-1"), "yes"],
  ]),
  ...decides(REST, shut([passes.organizationOwners("exempt")]), [
    ["an exempt organization owner pushes", OWNER, push("main"), "yes"],
  ]),
  ...decides(
    GRANTING,
    repository([
      ruleset(["v*"], [{ kind: "creation" }, { kind: "update" }], [passes.role("maintain")], { target: "tag" }),
    ]),
    [
      ["a maintainer in the list creates a restricted tag", MAINTAINER, createTag("v1"), "yes"],
      ["a maintainer in the list moves a restricted tag", MAINTAINER, pushTag("v1"), "yes"],
      ["a writer outside of the list creates no restricted tag", WRITER, createTag("v1"), "no"],
    ],
  ),
  ...decides(
    "Creating rulesets for a repository: Granting bypass permissions for your push ruleset",
    repository([pushRuleset(WORKFLOWS, [passes.team("platform")])]),
    [
      ["a member of the team passes a push ruleset", MEMBER, editWorkflow(), "yes"],
      ["somebody outside of the team does not pass a push ruleset", WRITER, editWorkflow(), "no"],
      ["an administrator outside of the team does not pass a push ruleset", ADMIN, editWorkflow(), "no"],
    ],
  ),
  ...decides(HIDDEN, shut("not shown"), [
    ["a hidden list may hold a writer", WRITER, push("main"), "unknown"],
    ["a hidden list may hold whoever creates", WRITER, create("prod-1"), "unknown"],
    ["a hidden list may hold whoever merges", WRITER, land("main", []), "unknown"],
    ["a hidden list may hold an administrator", ADMIN, push("main"), "unknown"],
    ["a hidden list may hold deploy keys", deployKey(true), push("main"), "unknown"],
    ["a hidden list may hold an app", BOT, push("main"), "unknown"],
    ["a hidden list gives a reader no write access", READER, push("main"), "no"],
    ["a hidden list decides nothing on other branches", WRITER, push("feature"), "yes"],
    ["a hidden list decides nothing on tags", WRITER, createTag("main"), "yes"],
  ]),
  ...decides(HIDDEN, reviewed("not shown"), [
    ["a hidden list may let a writer push past reviews", WRITER, push("main"), "unknown"],
    ["a hidden list is the only way where nobody can approve", WRITER, land("main", []), "unknown"],
  ]),
  ...decides(
    HIDDEN,
    repository([ruleset(["main"], [{ kind: "deletion" }, { kind: "non-fast-forward" }], "not shown")]),
    [["a hidden list on deletions decides no push", WRITER, push("main"), "yes"]],
  ),
  ...decides(HIDDEN, repository([ruleset(["main"], [pullRequest({ approvals: 0 })], "not shown")]), [
    ["a hidden list decides no merge that needs no approval", WRITER, land("main", []), "yes"],
  ]),
  ...decides(HIDDEN, repository([ruleset(["main"], [{ kind: "update" }], "not shown", { enforcement: "evaluate" })]), [
    ["a hidden list of a ruleset that is only evaluated decides nothing", WRITER, push("main"), "yes"],
  ]),
  ...decides(HIDDEN, repository([pushRuleset(WORKFLOWS, "not shown")]), [
    ["a hidden list of a push ruleset may hold a writer", WRITER, editWorkflow(), "unknown"],
    ["a hidden list of a push ruleset gives a reader nothing", READER, editWorkflow(), "no"],
  ]),
];
