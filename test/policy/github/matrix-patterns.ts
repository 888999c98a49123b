import { passes, READER, WRITER } from "./matrix-actors.ts";
import { classic, create, createTag, decides, push, repository, ruleset, type MatrixCase } from "./matrix-builders.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";

const FNMATCH = "Creating rulesets for a repository: Using fnmatch syntax";
const RUBY = "Ruby documentation: File.fnmatch, which Using fnmatch syntax refers to";
const TARGETING = "Creating rulesets for a repository: Choosing which branches or tags to target";
const CONDITIONS = "REST API endpoints for rules: conditions, ref_name";
const ABOUT = "About rulesets: Branch and tag rulesets";

const shut = (
  include: readonly string[],
  exclude: readonly string[] = [],
  more: Partial<Protection> = {},
): RepositoryControls =>
  repository([ruleset(include, [{ kind: "update" }, { kind: "creation" }], [], { exclude, ...more })]);

/** Which refs a rule is about. Where it is, nobody pushes (`no`); elsewhere a writer does (`yes`). */
export const PATTERN_CASES: readonly MatrixCase[] = [
  ...decides(FNMATCH, shut(["qa/*"]), [
    ["a star takes one segment", WRITER, push("qa/foo"), "no"],
    ["a star does not take a slash", WRITER, push("qa/foo/bar"), "yes"],
    ["a pattern with a slash does not take the name before it", WRITER, push("qa"), "yes"],
    ["a star takes one segment of a new branch", WRITER, create("qa/foo"), "no"],
    ["a star does not take a slash of a new branch", WRITER, create("qa/foo/bar"), "yes"],
  ]),
  ...decides(FNMATCH, shut(["qa/**/*"]), [
    ["two stars take any number of slashes", WRITER, push("qa/foo/bar/foobar/hello-world"), "no"],
    ["two stars take two segments", WRITER, push("qa/foo/bar"), "no"],
    ["two stars before a slash still ask for the slash after qa", WRITER, push("qa-foo"), "yes"],
  ]),
  ...decides(ABOUT, shut(["releases/**/*"]), [
    ["two stars take no segment as well", WRITER, create("releases/1"), "no"],
    ["two stars take a segment", WRITER, create("releases/1/hotfix"), "no"],
    ["two stars leave other names", WRITER, create("release/1"), "yes"],
  ]),
  ...decides(FNMATCH, shut(["qa**/**/*"]), [
    ["a more inclusive pattern takes names that begin with qa", WRITER, push("qa-team/foo"), "no"],
    ["a more inclusive pattern takes deep names", WRITER, push("qa-team/foo/bar"), "no"],
    ["a more inclusive pattern still takes qa itself with a slash", WRITER, push("qa/foo"), "no"],
    ["a more inclusive pattern leaves other names", WRITER, push("dev/qa/foo"), "yes"],
  ]),
  ...decides(FNMATCH, shut(["*"]), [
    ["a star alone takes names without a slash", WRITER, push("feature"), "no"],
    ["a star alone leaves names with a slash", WRITER, push("feature/x"), "yes"],
    ["a star alone leaves new branches with a slash", WRITER, create("feature/x"), "yes"],
  ]),
  ...decides(RUBY, shut(["release-?", "v[12]", "w[a-c]", "x[^a]", "literal\\*", "a?b"]), [
    ["a question mark takes one character", WRITER, push("release-1"), "no"],
    ["a question mark takes no second character", WRITER, push("release-12"), "yes"],
    ["a question mark takes no slash", WRITER, push("a/b"), "yes"],
    ["a question mark takes a letter", WRITER, push("a-b"), "no"],
    ["a set takes its characters", WRITER, push("v2"), "no"],
    ["a set takes no other character", WRITER, push("v3"), "yes"],
    ["a range takes what is between", WRITER, push("wb"), "no"],
    ["a range takes nothing beyond", WRITER, push("wd"), "yes"],
    ["a negated set takes other characters", WRITER, push("xb"), "no"],
    ["a negated set does not take its own", WRITER, push("xa"), "yes"],
    ["an escaped star is no wildcard", WRITER, push("literal-name"), "yes"],
    ["patterns mind the case", WRITER, push("V2"), "yes"],
  ]),
  ...decides(RUBY, shut(["{main,develop}"]), [
    ["braces are no alternatives without their flag", WRITER, push("main"), "yes"],
  ]),
  ...decides(TARGETING, shut(["~DEFAULT_BRANCH", "*feature*"], ["not-a-feature"]), [
    ["the default branch is included by its keyword", WRITER, push("main"), "no"],
    ["a pattern is included besides the keyword", WRITER, push("my-feature-1"), "no"],
    ["an excluded name is left alone though a pattern includes it", WRITER, push("not-a-feature"), "yes"],
    ["a name that nothing includes is left alone", WRITER, push("develop"), "yes"],
  ]),
  ...decides(
    CONDITIONS,
    repository([ruleset(["~DEFAULT_BRANCH"], [{ kind: "update" }])], { defaultBranch: "develop" }),
    [
      ["the keyword follows the default branch", WRITER, push("develop"), "no"],
      ["the keyword does not mean main", WRITER, push("main"), "yes"],
    ],
  ),
  ...decides(CONDITIONS, shut(["~ALL"]), [
    ["the keyword for all takes the default branch", WRITER, push("main"), "no"],
    ["the keyword for all takes names with slashes", WRITER, push("deep/er/name"), "no"],
    ["the keyword for all takes every new branch", WRITER, create("whatever/name"), "no"],
    ["the keyword for all branches leaves tags", WRITER, createTag("v1"), "yes"],
  ]),
  ...decides(CONDITIONS, shut(["~ALL"], [], { target: "tag" }), [
    ["the keyword for all tags takes every new tag", WRITER, createTag("v1"), "no"],
    ["the keyword for all tags leaves branches", WRITER, create("v1"), "yes"],
  ]),
  ...decides(CONDITIONS, shut(["~ALL"], ["~DEFAULT_BRANCH"]), [
    ["the default branch is excluded by its keyword", WRITER, push("main"), "yes"],
    ["all but the default branch is shut", WRITER, push("feature"), "no"],
  ]),
  ...decides(CONDITIONS, shut(["~ALL"], ["feature/*", "user/**/*"]), [
    ["an excluded pattern opens what it takes", WRITER, push("feature/x"), "yes"],
    ["an excluded pattern opens nothing beyond a slash", WRITER, push("feature/x/y"), "no"],
    ["an excluded pattern with two stars opens deep names", WRITER, create("user/wanda/try/1"), "yes"],
    ["what is not excluded is shut", WRITER, push("main"), "no"],
    ["what is excluded gives a reader nothing", READER, push("feature/x"), "no"],
  ]),
  ...decides(CONDITIONS, shut(["release/*"], ["release/*"]), [
    ["an exclusion goes before an inclusion", WRITER, push("release/1"), "yes"],
  ]),
  ...decides(
    "Managing a branch protection rule: About branch protection rules",
    repository([classic("*", { pullRequest: {} })]),
    [
      ["a classic star takes names without a slash", WRITER, push("main"), "no"],
      ["a classic star leaves names with a slash", WRITER, push("feature/x"), "yes"],
    ],
  ),
  ...decides(
    "Managing a branch protection rule: About branch protection rules",
    repository([classic("*release*", { mayPush: [passes.team("platform")], blocksCreations: true })]),
    [
      ["a classic pattern takes names that contain its word", WRITER, create("my-release-1"), "no"],
      ["a classic pattern leaves names without its word", WRITER, create("my-feature"), "yes"],
    ],
  ),
];
