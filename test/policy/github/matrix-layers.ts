import { unknown } from "../../../src/model/observed.ts";
import { ADMIN, MEMBER, OTHER_WRITER, OWNER, passes, READER, THIRD_WRITER, user, WRITER } from "./matrix-actors.ts";
import {
  classic,
  create,
  decides,
  editWorkflow,
  land,
  OF_ENTERPRISE,
  OF_ORGANIZATION,
  pullRequest,
  push,
  pushRuleset,
  repository,
  ruleset,
  type MatrixCase,
} from "./matrix-builders.ts";

const LAYERING = "About rulesets: About rule layering";
const BESIDE = "About rulesets: About rulesets and protected branches";

const FOURTH_WRITER = user("willow-writes", "write");
const bypassedHere = ruleset(["main"], [{ kind: "update" }], [passes.user(WRITER)]);
const bypassedByTeam = ruleset(
  ["main"],
  [{ kind: "update" }],
  [passes.team("platform"), passes.user(WRITER)],
  OF_ORGANIZATION,
);
const held = ruleset(["main"], [{ kind: "update" }], [passes.organizationOwners()], OF_ORGANIZATION);

/** Several layers over one branch: all hold together, and each is bypassed on its own. */
export const LAYER_CASES: readonly MatrixCase[] = [
  ...decides(LAYERING, repository([bypassedHere, held]), [
    ["a bypass of the repository's ruleset alone opens nothing", WRITER, push("main"), "no"],
    ["a bypass of the organization's ruleset alone opens nothing", OWNER, push("main"), "no"],
    ["a bypass of one ruleset alone merges nothing", WRITER, land("main", [OTHER_WRITER]), "no"],
  ]),
  ...decides(LAYERING, repository([bypassedHere, bypassedByTeam]), [
    ["a bypass of both rulesets opens the branch", WRITER, push("main"), "yes"],
    ["a bypass of one of both rulesets does not", MEMBER, push("main"), "no"],
  ]),
  ...decides(LAYERING, repository([bypassedHere, ruleset(["main"], [{ kind: "update" }], [], OF_ENTERPRISE)]), [
    ["a ruleset of the enterprise holds besides", WRITER, push("main"), "no"],
  ]),
  ...decides(BESIDE, repository([classic("main", { pullRequest: {} }), ruleset(["main"], [pullRequest()])]), [
    ["an administrator passes the classic rule and not the ruleset", ADMIN, push("main"), "no"],
    ["an administrator needs the approval that the ruleset asks for", ADMIN, land("main", [WRITER]), "conditional"],
    ["an administrator alone gets no approval", ADMIN, land("main", []), "no"],
  ]),
  ...decides(
    BESIDE,
    repository([classic("main", { pullRequest: {} }), ruleset(["main"], [pullRequest()], [passes.role("admin")])]),
    [
      ["an administrator passes the classic rule and the ruleset", ADMIN, push("main"), "yes"],
      ["a writer passes neither", WRITER, push("main"), "no"],
    ],
  ),
  ...decides(
    BESIDE,
    repository([
      classic("main", { pullRequest: {}, enforced: true }),
      ruleset(["main"], [pullRequest()], [passes.role("admin")]),
    ]),
    [["an administrator passes the ruleset and not the classic rule", ADMIN, push("main"), "no"]],
  ),
  ...decides(
    BESIDE,
    repository([
      classic("main", { pullRequest: {}, skipPullRequest: [passes.user(WRITER)] }),
      ruleset(["main"], [{ kind: "update" }], []),
    ]),
    [["skipping the classic pull request does not pass the ruleset", WRITER, push("main"), "no"]],
  ),
  ...decides(
    BESIDE,
    repository([
      classic("main", { pullRequest: {}, skipPullRequest: [passes.user(WRITER)] }),
      ruleset(["main"], [{ kind: "update" }], [passes.user(WRITER)]),
    ]),
    [["a person in both lists pushes", WRITER, push("main"), "yes"]],
  ),
  ...decides(BESIDE, repository([classic("main"), ruleset(["main"], [{ kind: "deletion" }])]), [
    ["layers that limit no push leave it", WRITER, push("main"), "yes"],
  ]),
  ...decides(
    LAYERING,
    repository([
      ruleset(["my-feature"], [{ kind: "signatures" }, pullRequest({ approvals: 3 })]),
      classic("my-feature", { linearHistory: true, pullRequest: { approvals: 2 }, enforced: true }),
      ruleset(["my-feature"], [{ kind: "non-fast-forward" }, pullRequest({ approvals: 1 })], [], OF_ORGANIZATION),
    ]),
    [
      [
        "the highest number of approvals counts",
        WRITER,
        land("my-feature", [OTHER_WRITER, THIRD_WRITER, FOURTH_WRITER]),
        "conditional",
      ],
      ["one who can approve is not three", WRITER, land("my-feature", [OTHER_WRITER]), "no"],
      ["three layers shut direct pushes out", WRITER, push("my-feature"), "no"],
    ],
  ),
  ...decides(
    LAYERING,
    repository([
      ruleset(["main"], [pullRequest()], [passes.user(WRITER, "pull-request")]),
      ruleset(["main"], [pullRequest()], [], OF_ORGANIZATION),
    ]),
    [
      [
        "merging alone in one layer leaves the approval of the other",
        WRITER,
        land("main", [OTHER_WRITER]),
        "conditional",
      ],
      ["merging alone in one layer is not enough without others", WRITER, land("main", []), "no"],
    ],
  ),
  ...decides(
    LAYERING,
    repository([
      ruleset(["main"], [pullRequest({ approvals: 0 })], [passes.user(WRITER)]),
      ruleset(["main"], [{ kind: "status-checks", checks: ["build"], strict: false }], []),
    ]),
    [
      ["a bypass of the pull request leaves the checks of the other layer", WRITER, push("main"), "conditional"],
      ["without the bypass the pull request is in the way", OTHER_WRITER, push("main"), "no"],
    ],
  ),
  ...decides(
    LAYERING,
    repository([ruleset(["release/*"], [{ kind: "creation" }]), ruleset(["main"], [{ kind: "update" }])]),
    [
      ["layers on other names do not add up for a new branch", WRITER, create("feature"), "yes"],
      ["layers on other names do not add up for a push", WRITER, push("feature"), "yes"],
      ["restricted creations elsewhere leave main restricted for updates", WRITER, push("main"), "no"],
    ],
  ),
  ...decides(
    LAYERING,
    repository([
      ruleset(["main"], [{ kind: "update" }], "not shown"),
      ruleset(["main"], [{ kind: "update" }], [], OF_ORGANIZATION),
    ]),
    [["a hidden list decides nothing where another layer is shut", WRITER, push("main"), "no"]],
  ),
  ...decides(
    LAYERING,
    repository([ruleset(["main"], [{ kind: "update" }], "not shown", OF_ORGANIZATION), bypassedHere]),
    [
      ["a hidden list decides where the other layer is passed", WRITER, push("main"), "unknown"],
      ["a hidden list decides nothing for whom the other layer holds", OTHER_WRITER, push("main"), "no"],
    ],
  ),
  ...decides(
    LAYERING,
    repository([ruleset(["main"], [{ kind: "update" }], [], { enforcement: "evaluate" }), bypassedHere]),
    [["a layer that is only evaluated adds nothing", WRITER, push("main"), "yes"]],
  ),
  ...decides(
    LAYERING,
    repository([
      pushRuleset([".github/workflows/**/*"], [passes.user(WRITER)]),
      pushRuleset([".github/**/*"], [passes.organizationOwners()], OF_ORGANIZATION),
    ]),
    [
      ["a bypass of one push ruleset leaves the other", WRITER, editWorkflow(), "no"],
      ["a bypass of the organization's push ruleset leaves the repository's", OWNER, editWorkflow(), "no"],
    ],
  ),
  ...decides(BESIDE, repository([], { protections: unknown("rulesets were not read") }), [
    ["rules that were not read may shut a writer out", WRITER, push("main"), "unknown"],
    ["rules that were not read may keep a writer from creating", WRITER, create("feature"), "unknown"],
    ["rules that were not read may keep a writer from merging", WRITER, land("main", [OTHER_WRITER]), "unknown"],
    ["rules that were not read may keep a writer from workflows", WRITER, editWorkflow(), "unknown"],
    ["rules that were not read give a reader nothing", READER, push("main"), "no"],
  ]),
];
