import { known, unknown } from "../../../src/model/observed.ts";
import type { DeploymentEnvironment, EnvironmentReviewer } from "../../../src/model/deployment-environment.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import {
  ADMIN,
  app,
  MAINTAINER,
  MEMBER,
  NOBODY,
  OTHER_WRITER,
  OWNER,
  READER,
  TRIAGER,
  WRITER,
} from "./matrix-actors.ts";
import {
  classic,
  decides,
  deploy,
  environment,
  only,
  repository,
  ruleset,
  type MatrixCase,
} from "./matrix-builders.ts";

const REVIEWERS = "Deployments and environments: Required reviewers";
const BYPASS = "Deployments and environments: Allow administrators to bypass configured protection rules";
const REFS = "Deployments and environments: Deployment branches and tags";
const CREATING = "Managing environments for deployment: Creating an environment";
const WAIT = "Deployments and environments: Wait timer";
const GATES = "Deployments and environments: Custom deployment protection rules";
const ROLES =
  "Repository roles for an organization: Permissions for each role, Create, edit, run, re-run, and cancel GitHub Actions workflows";

const at = (...environments: readonly DeploymentEnvironment[]): RepositoryControls =>
  repository([], { environments: known(environments) });
const reviewedBy = (
  reviewers: readonly EnvironmentReviewer[],
  more: Partial<DeploymentEnvironment> = {},
): RepositoryControls => at(environment("production", { reviewers, ...more }));

const WANDA: EnvironmentReviewer = { type: "user", id: WRITER.id, name: WRITER.name };
const WILMA: EnvironmentReviewer = { type: "user", id: OTHER_WRITER.id, name: OTHER_WRITER.name };
const RITA: EnvironmentReviewer = { type: "user", id: READER.id, name: READER.name };
const PLATFORM: EnvironmentReviewer = { type: "team", id: "team:platform", name: "platform" };

const branch = (pattern: string): { readonly type: "branch"; readonly pattern: string } => ({
  type: "branch",
  pattern,
});
const tag = (pattern: string): { readonly type: "tag"; readonly pattern: string } => ({ type: "tag", pattern });
const protectedOnly = environment("production", { refs: { kind: "protected" } });

/** Whose jobs run in an environment: reviewers, refs, administrators, and environments that are not there yet. */
export const ENVIRONMENT_CASES: readonly MatrixCase[] = [
  ...decides(ROLES, at(environment("production")), [
    ["an environment without rules takes the job of a writer", WRITER, deploy("production", "main"), "yes"],
    ["an environment without rules takes the job of a maintainer", MAINTAINER, deploy("production", "main"), "yes"],
    ["an environment without rules takes no job of a reader", READER, deploy("production", "main"), "no"],
    ["an environment without rules takes no job of a triager", TRIAGER, deploy("production", "main"), "no"],
    ["an environment without rules takes no job of a stranger", NOBODY, deploy("production", "main"), "no"],
  ]),
  ...decides(REVIEWERS, reviewedBy([WILMA]), [
    ["a job waits for its reviewer", WRITER, deploy("production", "main"), "conditional"],
    ["a reviewer approves his own job", OTHER_WRITER, deploy("production", "main"), "yes"],
    ["a job of a maintainer waits for the reviewer", MAINTAINER, deploy("production", "main"), "conditional"],
    ["a job on a tag waits for the reviewer", WRITER, deploy("production", "v1", "tag"), "conditional"],
    [
      "a job of a pull request waits for the reviewer",
      WRITER,
      deploy("production", "feature", "pull-request"),
      "conditional",
    ],
    ["a job of an app waits for the reviewer", app(), deploy("production", "main"), "conditional"],
    ["a reviewer elsewhere is none here", WRITER, deploy("staging", "main"), "yes"],
  ]),
  ...decides(REVIEWERS, reviewedBy([RITA]), [
    ["a reviewer who only reads is enough", WRITER, deploy("production", "main"), "conditional"],
    ["a reviewer who only reads starts no job", READER, deploy("production", "main"), "no"],
  ]),
  ...decides(REVIEWERS, reviewedBy([WANDA, WILMA]), [
    ["one of two reviewers is enough", WRITER, deploy("production", "main"), "yes"],
  ]),
  ...decides(REVIEWERS, reviewedBy([PLATFORM]), [
    ["a member of the reviewing team approves his own job", MEMBER, deploy("production", "main"), "yes"],
    ["somebody outside of the reviewing team waits", WRITER, deploy("production", "main"), "conditional"],
  ]),
  ...decides(REVIEWERS, reviewedBy([WANDA, WILMA], { preventSelfReview: true }), [
    ["whoever starts the job does not approve it", WRITER, deploy("production", "main"), "conditional"],
    ["whoever is no reviewer waits as before", MAINTAINER, deploy("production", "main"), "conditional"],
  ]),
  ...decides(REVIEWERS, reviewedBy([WANDA], { preventSelfReview: true, adminsBypass: known(false) }), [
    ["the only reviewer approves the jobs of others", OTHER_WRITER, deploy("production", "main"), "conditional"],
  ]),
  ...decides(REVIEWERS, reviewedBy([PLATFORM, WANDA], { preventSelfReview: true, adminsBypass: known(false) }), [
    ["a team reviews beside the one who started the job", WRITER, deploy("production", "main"), "conditional"],
  ]),
  ...decides(BYPASS, reviewedBy([WILMA]), [
    ["an administrator starts waiting jobs", ADMIN, deploy("production", "main"), "yes"],
    ["an organization owner starts waiting jobs", OWNER, deploy("production", "main"), "yes"],
  ]),
  ...decides(BYPASS, reviewedBy([WILMA], { adminsBypass: known(false) }), [
    ["an administrator waits where bypassing is not allowed", ADMIN, deploy("production", "main"), "conditional"],
    ["an organization owner waits where bypassing is not allowed", OWNER, deploy("production", "main"), "conditional"],
    ["a reviewer still approves where bypassing is not allowed", OTHER_WRITER, deploy("production", "main"), "yes"],
  ]),
  ...decides(BYPASS, reviewedBy([WILMA], { preventSelfReview: true }), [
    [
      "preventing self-review does not keep an administrator from bypassing",
      ADMIN,
      deploy("production", "main"),
      "yes",
    ],
  ]),
  ...decides(WAIT, at(environment("production", { waitMinutes: 30 })), [
    ["a wait timer only delays the job", WRITER, deploy("production", "main"), "yes"],
  ]),
  ...decides(WAIT, reviewedBy([WILMA], { waitMinutes: 30 }), [
    ["a wait timer does not replace the reviewer", WRITER, deploy("production", "main"), "conditional"],
  ]),
  ...decides(GATES, at(environment("production", { gates: ["change-control"] })), [
    ["an app that decides comes before the job", WRITER, deploy("production", "main"), "conditional"],
    ["an administrator bypasses an app that decides", ADMIN, deploy("production", "main"), "yes"],
  ]),
  ...decides(REFS, at(environment("production", only(branch("main"), branch("releases/*")))), [
    ["a branch that is named may deploy", WRITER, deploy("production", "main"), "yes"],
    ["a branch that a pattern takes may deploy", WRITER, deploy("production", "releases/1"), "yes"],
    ["a branch that nothing takes may not deploy", WRITER, deploy("production", "feature"), "no"],
    ["a star takes no slash", WRITER, deploy("production", "releases/1/hotfix"), "no"],
    ["a tag with the name of a branch may not deploy", WRITER, deploy("production", "main", "tag"), "no"],
    ["a pull request may not deploy by its branch", WRITER, deploy("production", "main", "pull-request"), "no"],
    ["a pattern gives a reader nothing", READER, deploy("production", "main"), "no"],
  ]),
  ...decides(REFS, at(environment("production", only(branch("release/*/*")))), [
    ["two stars around a slash take one more slash", WRITER, deploy("production", "release/1/2"), "yes"],
    ["two stars around a slash ask for both segments", WRITER, deploy("production", "release/1"), "no"],
  ]),
  ...decides(REFS, at(environment("production", only(tag("v*")))), [
    ["a tag that a pattern takes may deploy", WRITER, deploy("production", "v1.0", "tag"), "yes"],
    ["a tag that nothing takes may not deploy", WRITER, deploy("production", "nightly", "tag"), "no"],
    ["a branch with the name of a tag may not deploy", WRITER, deploy("production", "v1.0"), "no"],
  ]),
  ...decides(REFS, at(environment("production", only(branch("main"), branch("refs/pull/*/merge")))), [
    [
      "a pattern for merge refs lets pull requests deploy",
      WRITER,
      deploy("production", "feature", "pull-request"),
      "yes",
    ],
    ["a pattern for merge refs lets no other branch deploy", WRITER, deploy("production", "feature"), "no"],
  ]),
  ...decides(REFS, at(environment("production", only())), [
    ["selected branches with nothing selected let none deploy", WRITER, deploy("production", "main"), "no"],
  ]),
  ...decides(
    REFS,
    at(environment("production", { refs: { kind: "patterns", patterns: unknown("policies were not read") } })),
    [
      ["patterns that were not read may take the branch", WRITER, deploy("production", "main"), "unknown"],
      ["patterns that were not read give a reader nothing", READER, deploy("production", "main"), "no"],
    ],
  ),
  ...decides(REFS, at(environment("production", { ...only(branch("main")), reviewers: [WILMA] })), [
    ["a branch that may deploy still waits for the reviewer", WRITER, deploy("production", "main"), "conditional"],
    ["a reviewer does not let another branch deploy", WRITER, deploy("production", "feature"), "no"],
    ["being the reviewer does not let another branch deploy", OTHER_WRITER, deploy("production", "feature"), "no"],
  ]),
  ...decides(REFS, repository([classic("main")], { environments: known([protectedOnly]) }), [
    ["a protected branch may deploy", WRITER, deploy("production", "main"), "yes"],
    ["a branch without protection may not deploy", WRITER, deploy("production", "feature"), "no"],
    ["a tag with the name of a protected branch may not deploy", WRITER, deploy("production", "main", "tag"), "no"],
  ]),
  ...decides(REFS, repository([classic("release-*")], { environments: known([protectedOnly]) }), [
    ["a branch that a classic pattern protects may deploy", WRITER, deploy("production", "release-1"), "yes"],
    ["main may not deploy where another branch is protected", WRITER, deploy("production", "main"), "no"],
  ]),
  ...decides(REFS, at(protectedOnly), [
    ["every branch may deploy where none is protected", WRITER, deploy("production", "feature"), "yes"],
    ["main may deploy where no branch is protected", WRITER, deploy("production", "main"), "yes"],
  ]),
  ...decides(REFS, repository([ruleset(["main"], [{ kind: "deletion" }])], { environments: known([protectedOnly]) }), [
    ["a ruleset is no branch protection rule", WRITER, deploy("production", "feature"), "yes"],
  ]),
  ...decides(CREATING, at(), [
    ["an environment that is not there is created without rules", WRITER, deploy("production", "main"), "yes"],
    ["an environment that is not there is created by a job on a tag", WRITER, deploy("production", "v1", "tag"), "yes"],
    ["a reader creates no environment", READER, deploy("production", "main"), "no"],
  ]),
  ...decides(CREATING, reviewedBy([WILMA]), [
    ["an environment of another name is created without rules", WRITER, deploy("production-2", "main"), "yes"],
  ]),
  ...decides(CREATING, repository([], { environments: unknown("environments were not read") }), [
    ["environments that were not read may have rules", WRITER, deploy("production", "main"), "unknown"],
    ["environments that were not read give a reader nothing", READER, deploy("production", "main"), "no"],
  ]),
];
