import { ADMIN, MAINTAINER, OTHER_WRITER, OWNER, READER, TRIAGER, WRITER } from "./matrix-actors.ts";
import {
  create,
  createTag,
  decides,
  land,
  pullRequest,
  push,
  pushRuleset,
  pushTag,
  editWorkflow,
  repository,
  ruleset,
  type MatrixCase,
} from "./matrix-builders.ts";

const AVAILABLE = "Available rules for rulesets";
const STATUSES = "About rulesets: Using ruleset enforcement statuses";
const TARGETS = "About rulesets: Branch and tag rulesets";
const FILES = "Available rules for rulesets: Restrict file paths";

const updates = ruleset(["main", "prod-*"], [{ kind: "update" }]);
const creations = ruleset(["release/*"], [{ kind: "creation" }]);
const workflowsShut = pushRuleset([".github/workflows/**/*"]);

/** Every rule of a ruleset, what it is aimed at, and whether it is enforced. Nobody bypasses any of them. */
export const RULESET_CASES: readonly MatrixCase[] = [
  ...decides(`${AVAILABLE}: Restrict updates`, repository([updates]), [
    ["restricted updates shut a writer out", WRITER, push("main"), "no"],
    ["restricted updates shut a maintainer out", MAINTAINER, push("main"), "no"],
    ["restricted updates shut an administrator out who is not listed", ADMIN, push("main"), "no"],
    ["restricted updates shut an organization owner out who is not listed", OWNER, push("main"), "no"],
    ["restricted updates shut merges out", WRITER, land("main", [OTHER_WRITER]), "no"],
    ["restricted updates leave other branches alone", WRITER, push("feature"), "yes"],
    ["restricted updates of a ref are not restricted creations", WRITER, create("prod-1"), "yes"],
    ["restricted updates of branches leave tags alone", WRITER, pushTag("main"), "yes"],
    ["restricted updates give a reader nothing", READER, push("feature"), "no"],
  ]),
  ...decides(`${AVAILABLE}: Restrict creations`, repository([creations]), [
    ["restricted creations shut a writer out", WRITER, create("release/1"), "no"],
    ["restricted creations shut an administrator out who is not listed", ADMIN, create("release/1"), "no"],
    ["restricted creations leave pushes to what exists", WRITER, push("release/1"), "yes"],
    ["restricted creations leave merges into what exists", WRITER, land("release/1", []), "yes"],
    ["restricted creations leave names alone that nothing takes", WRITER, create("feature"), "yes"],
    ["restricted creations of branches leave tags alone", WRITER, createTag("release/1"), "yes"],
  ]),
  ...decides(`${AVAILABLE}: Restrict deletions`, repository([ruleset(["main", "prod-*"], [{ kind: "deletion" }])]), [
    ["restricted deletions leave pushes alone", WRITER, push("main"), "yes"],
    ["restricted deletions leave creations alone", WRITER, create("prod-1"), "yes"],
    ["restricted deletions leave merges alone", WRITER, land("main", []), "yes"],
  ]),
  ...decides(`${AVAILABLE}: Block force pushes`, repository([ruleset(["~ALL"], [{ kind: "non-fast-forward" }])]), [
    ["blocked force pushes leave pushes alone", WRITER, push("main"), "yes"],
    ["blocked force pushes leave creations alone", WRITER, create("feature"), "yes"],
    ["blocked force pushes give a triager nothing", TRIAGER, push("main"), "no"],
  ]),
  ...decides(
    `${AVAILABLE}: Require a pull request before merging`,
    repository([ruleset(["main"], [pullRequest({ approvals: 0 })])]),
    [
      ["a pull request without approval still shuts direct pushes out", WRITER, push("main"), "no"],
      ["a pull request without approval is merged by its author", WRITER, land("main", []), "yes"],
      ["a pull request without approval holds an administrator's push", ADMIN, push("main"), "no"],
      ["a pull request without approval is merged by an administrator", ADMIN, land("main", []), "yes"],
    ],
  ),
  ...decides(`${AVAILABLE}: Require a pull request before merging`, repository([ruleset(["main"], [pullRequest()])]), [
    ["a required approval shuts direct pushes out", WRITER, push("main"), "no"],
    ["a required approval is what a merge waits for", WRITER, land("main", [OTHER_WRITER]), "conditional"],
    ["a required approval nobody can give shuts a writer out", WRITER, land("main", []), "no"],
    ["a ruleset holds an administrator who is not listed", ADMIN, land("main", []), "no"],
    ["a required approval is not asked for on other branches", WRITER, land("feature", []), "yes"],
  ]),
  ...decides(
    `${AVAILABLE}: Require status checks to pass before merging`,
    repository([ruleset(["main", "prod-*"], [{ kind: "status-checks", checks: ["build"], strict: true }])]),
    [
      ["a required check has to pass elsewhere before a push", WRITER, push("main"), "conditional"],
      ["a required check has to pass before a merge", WRITER, land("main", []), "conditional"],
      ["a required check holds an administrator who is not listed", ADMIN, push("main"), "conditional"],
      ["a required check has to pass before the branch is created", WRITER, create("prod-1"), "conditional"],
    ],
  ),
  ...decides(`${AVAILABLE}: Require merge queue`, repository([ruleset(["main"], [{ kind: "merge-queue" }])]), [
    ["a merge queue shuts direct pushes out", WRITER, push("main"), "no"],
    ["a merge queue takes what a writer adds", WRITER, land("main", []), "yes"],
    ["a merge queue takes nothing of a triager", TRIAGER, push("main"), "no"],
  ]),
  ...decides(
    `${AVAILABLE}: Require deployments to succeed before merging`,
    repository([ruleset(["main"], [{ kind: "deployments", environments: ["staging"] }])]),
    [
      ["a required deployment has to succeed before a merge", WRITER, land("main", []), "conditional"],
      ["a required deployment has to succeed before a push", WRITER, push("main"), "conditional"],
    ],
  ),
  ...decides(`${AVAILABLE}: Require signed commits`, repository([ruleset(["main"], [{ kind: "signatures" }])]), [
    ["commits that are signed and verified may always be pushed", WRITER, push("main"), "yes"],
    ["commits that are signed and verified may be merged", WRITER, land("main", []), "yes"],
  ]),
  ...decides(`${AVAILABLE}: Require linear history`, repository([ruleset(["main"], [{ kind: "linear-history" }])]), [
    ["a linear history takes a push without merge commits", WRITER, push("main"), "yes"],
    ["a linear history takes a squashed pull request", WRITER, land("main", []), "yes"],
  ]),
  ...decides(
    TARGETS,
    repository([ruleset(["v*"], [{ kind: "creation" }, { kind: "update" }], [], { target: "tag" })]),
    [
      ["restricted creations of tags shut a writer out", WRITER, createTag("v1"), "no"],
      ["restricted updates of tags shut a writer out", WRITER, pushTag("v1"), "no"],
      ["restricted tags leave other tags alone", WRITER, createTag("nightly"), "yes"],
      ["restricted tags leave branches of the name alone", WRITER, create("v1"), "yes"],
      ["restricted tags leave pushes to branches of the name alone", WRITER, push("v1"), "yes"],
      ["restricted tags shut a maintainer out who is not listed", MAINTAINER, createTag("v1"), "no"],
    ],
  ),
  ...decides(FILES, repository([workflowsShut]), [
    ["a restricted folder keeps a writer from its workflows", WRITER, editWorkflow(), "no"],
    ["a restricted folder keeps an administrator from its workflows", ADMIN, editWorkflow(), "no"],
    ["a restricted folder keeps deeper files out too", WRITER, editWorkflow(".github/workflows/old/x.yml"), "no"],
    ["a restricted folder leaves pushes of other files alone", WRITER, push("main"), "yes"],
    ["a restricted folder leaves new branches alone", WRITER, create("feature"), "yes"],
  ]),
  ...decides(FILES, repository([pushRuleset([".github/workflows/deploy.yml"])]), [
    ["a restricted file keeps a writer from it", WRITER, editWorkflow(".github/workflows/deploy.yml"), "no"],
    ["a restricted file leaves its neighbours alone", WRITER, editWorkflow(".github/workflows/test.yml"), "yes"],
  ]),
  ...decides(FILES, repository([pushRuleset(["docs/**/*"])]), [
    ["another restricted folder leaves workflows alone", WRITER, editWorkflow(), "yes"],
  ]),
  ...decides(FILES, repository([pushRuleset([".github/*"])]), [
    ["a star in a restricted path stops at a slash", WRITER, editWorkflow(), "yes"],
  ]),
  ...decides(STATUSES, repository([{ ...updates, enforcement: "evaluate" }]), [
    ["a ruleset that is only evaluated holds no push", WRITER, push("main"), "yes"],
    ["a ruleset that is only evaluated holds no merge", WRITER, land("main", []), "yes"],
  ]),
  ...decides(STATUSES, repository([{ ...creations, enforcement: "disabled" }]), [
    ["a disabled ruleset holds no creation", WRITER, create("release/1"), "yes"],
  ]),
  ...decides(STATUSES, repository([{ ...creations, enforcement: "evaluate" }]), [
    ["a ruleset that is only evaluated holds no creation", WRITER, create("release/1"), "yes"],
  ]),
  ...decides(STATUSES, repository([{ ...workflowsShut, enforcement: "evaluate" }]), [
    ["a push ruleset that is only evaluated holds no workflow", WRITER, editWorkflow(), "yes"],
  ]),
  ...decides(STATUSES, repository([{ ...workflowsShut, enforcement: "disabled" }]), [
    ["a disabled push ruleset holds no workflow", WRITER, editWorkflow(), "yes"],
  ]),
  ...decides(STATUSES, repository([ruleset(["main"], [pullRequest()], [], { enforcement: "disabled" })]), [
    ["a disabled ruleset asks for no pull request", WRITER, push("main"), "yes"],
  ]),
];
