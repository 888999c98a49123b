import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection } from "../../../src/model/protection.ts";
import {
  ADMIN,
  app,
  custom,
  deployKey,
  MAINTAINER,
  NOBODY,
  OWNER,
  passes,
  READER,
  tokenOf,
  TRIAGER,
  WRITER,
} from "./matrix-actors.ts";
import {
  classic,
  create,
  createTag,
  decides,
  deploy,
  editProtection,
  editWorkflow,
  environment,
  land,
  OF_ORGANIZATION,
  pullRequest,
  push,
  pushTag,
  repository,
  ruleset,
  type MatrixCase,
} from "./matrix-builders.ts";

const PUSHES =
  "Repository roles for an organization: Permissions for each role, Push to (write) the person or team's assigned repositories";
const MERGES = "Repository roles for an organization: Permissions for each role, Merge a pull request";
const MANAGES =
  "Repository roles for an organization: Permissions for each role, Manage branch protection rules and repository rulesets";
const WORKFLOWS =
  "Repository roles for an organization: Permissions for each role, Create, edit, run, re-run, and cancel GitHub Actions workflows";
const OWNERS = "Repository roles for an organization: Repository roles for organizations";
const CUSTOM = "Managing a branch protection rule: permissions; About custom repository roles: Edit repository rules";
const KEYS = "Managing deploy keys: Deploy keys";
const GIT = "Choosing permissions for a GitHub App: Choosing permissions for Git access";
const ARCHIVED = "Archiving repositories: About repository archival";
const BOTH = "Choosing permissions for a GitHub App: About GitHub App permissions, user access tokens";
const PROTECT = "REST API endpoints for protected branches: Update branch protection";
const RULES = "Managing rulesets for repositories in your organization: permissions";

const open = repository([]);
const guarded: readonly Protection[] = [classic("main", { pullRequest: {} }), ruleset(["main"], [pullRequest()])];
const archived = repository([], { archived: true, environments: known([environment("production")]) });
const NO_WORKFLOWS = app({ editsWorkflows: known(false) });

/** What a role, a key, an app and an archive are worth by themselves. */
export const ROLE_CASES: readonly MatrixCase[] = [
  ...decides(PUSHES, open, [
    ["a stranger does not push", NOBODY, push("main"), "no"],
    ["a reader does not push", READER, push("main"), "no"],
    ["a triager does not push", TRIAGER, push("main"), "no"],
    ["a writer pushes", WRITER, push("main"), "yes"],
    ["a maintainer pushes", MAINTAINER, push("main"), "yes"],
    ["an administrator pushes", ADMIN, push("main"), "yes"],
    ["a reader creates no branch", READER, create("feature"), "no"],
    ["a triager creates no branch", TRIAGER, create("feature"), "no"],
    ["a writer creates a branch", WRITER, create("feature"), "yes"],
    ["a writer creates a tag", WRITER, createTag("v1"), "yes"],
    ["a writer moves a tag", WRITER, pushTag("v1"), "yes"],
    ["a triager creates no tag", TRIAGER, createTag("v1"), "no"],
    ["a custom role with write pushes", custom(), push("main"), "yes"],
  ]),
  ...decides(OWNERS, open, [["an organization owner pushes", OWNER, push("main"), "yes"]]),
  ...decides(MERGES, open, [
    ["a writer merges", WRITER, land("main", []), "yes"],
    ["a maintainer merges", MAINTAINER, land("main", []), "yes"],
  ]),
  ...decides(WORKFLOWS, open, [
    ["a stranger edits no workflow", NOBODY, editWorkflow(), "no"],
    ["a reader edits no workflow", READER, editWorkflow(), "no"],
    ["a triager edits no workflow", TRIAGER, editWorkflow(), "no"],
    ["a writer edits workflows", WRITER, editWorkflow(), "yes"],
    ["a maintainer edits workflows", MAINTAINER, editWorkflow(), "yes"],
    ["an administrator edits workflows", ADMIN, editWorkflow(), "yes"],
    ["a custom role with write edits workflows", custom(), editWorkflow(), "yes"],
  ]),
  ...decides(MANAGES, repository(guarded), [
    ["a reader changes no protection", READER, editProtection, "no"],
    ["a triager changes no protection", TRIAGER, editProtection, "no"],
    ["a writer changes no protection", WRITER, editProtection, "no"],
    ["a maintainer changes no protection", MAINTAINER, editProtection, "no"],
    ["an administrator changes protection", ADMIN, editProtection, "yes"],
  ]),
  ...decides(OWNERS, repository(guarded), [["an organization owner changes protection", OWNER, editProtection, "yes"]]),
  ...decides(CUSTOM, repository(guarded), [
    [
      "a custom role that edits repository rules changes protection",
      custom("edit_repo_protections"),
      editProtection,
      "yes",
    ],
    [
      "a custom role that bypasses protection does not change it",
      custom("bypass_branch_protection"),
      editProtection,
      "no",
    ],
    [
      "a custom role that pushes to protected branches changes none",
      custom("push_protected_branch"),
      editProtection,
      "no",
    ],
    ["a custom role without additional permissions changes none", custom(), editProtection, "no"],
  ]),
  ...decides(CUSTOM, repository(guarded), [
    [
      "a custom role that was not read may edit repository rules",
      { ...WRITER, permissions: unknown("roles were not read") },
      editProtection,
      "unknown",
    ],
  ]),
  ...decides(RULES, repository([ruleset(["main"], [pullRequest()], [], OF_ORGANIZATION)]), [
    ["an organization owner changes the organization's ruleset", OWNER, editProtection, "yes"],
    ["a writer changes no ruleset of the organization", WRITER, editProtection, "no"],
    ["a maintainer changes no ruleset of the organization", MAINTAINER, editProtection, "no"],
  ]),
  ...decides(PROTECT, repository(guarded), [
    ["an app that administers changes protection", app({ administers: true }), editProtection, "yes"],
    ["an app that only writes contents changes none", app(), editProtection, "no"],
    ["a token of an administrator that administers changes protection", tokenOf(ADMIN), editProtection, "yes"],
    [
      "a token of an administrator without administration changes none",
      tokenOf(ADMIN, { administers: false }),
      editProtection,
      "no",
    ],
  ]),
  ...decides(KEYS, open, [
    ["a deploy key with write access pushes", deployKey(true), push("main"), "yes"],
    ["a deploy key with write access creates branches", deployKey(true), create("feature"), "yes"],
    ["a deploy key with write access creates tags", deployKey(true), createTag("v1"), "yes"],
    ["a deploy key with write access edits workflows", deployKey(true), editWorkflow(), "yes"],
    ["a deploy key that only reads does not push", deployKey(false), push("main"), "no"],
    ["a deploy key that only reads creates nothing", deployKey(false), create("feature"), "no"],
    ["a deploy key that only reads edits no workflow", deployKey(false), editWorkflow(), "no"],
  ]),
  ...decides(GIT, open, [
    ["an app with contents and workflows edits workflows", app(), editWorkflow(), "yes"],
    ["an app without workflows edits none", NO_WORKFLOWS, editWorkflow(), "no"],
    ["an app without workflows still pushes", NO_WORKFLOWS, push("main"), "yes"],
    ["an app without workflows still creates branches", NO_WORKFLOWS, create("feature"), "yes"],
    ["an app that cannot write contents edits no workflow", app({ writesContents: false }), editWorkflow(), "no"],
    ["an app that cannot write contents does not push", app({ writesContents: false }), push("main"), "no"],
    ["an app that cannot write contents creates no branch", app({ writesContents: false }), create("feature"), "no"],
    [
      "an app whose permissions were not read may edit workflows",
      app({ editsWorkflows: unknown("not read") }),
      editWorkflow(),
      "unknown",
    ],
  ]),
  ...decides(BOTH, open, [
    ["a token does what its owner may", tokenOf(WRITER), push("main"), "yes"],
    [
      "a token that may not write contents does not push",
      tokenOf(WRITER, { writesContents: false }),
      push("main"),
      "no",
    ],
    ["a token without workflows edits none", tokenOf(WRITER, { editsWorkflows: known(false) }), editWorkflow(), "no"],
    ["a token of a reader does not push", tokenOf(READER), push("main"), "no"],
  ]),
  ...decides(ARCHIVED, archived, [
    ["an archive takes no push of a writer", WRITER, push("main"), "no"],
    ["an archive takes no push of an administrator", ADMIN, push("main"), "no"],
    ["an archive takes no push of an organization owner", OWNER, push("main"), "no"],
    ["an archive takes no push of an app", app(), push("main"), "no"],
    ["an archive takes no push of a deploy key", deployKey(true), push("main"), "no"],
    ["an archive takes no new branch", WRITER, create("feature"), "no"],
    ["an archive takes no new tag", WRITER, createTag("v1"), "no"],
    ["an archive merges nothing", WRITER, land("main", [MAINTAINER]), "no"],
    ["an archive keeps its workflows", WRITER, editWorkflow(), "no"],
    ["an archive runs no job of a writer", WRITER, deploy("production", "main"), "no"],
  ]),
  ...decides(ARCHIVED, repository([], { archived: true, protections: unknown("rulesets were not read") }), [
    ["an archive takes no push whatever its rules are", WRITER, push("main"), "no"],
  ]),
  ...decides(
    ARCHIVED,
    repository([ruleset(["main"], [{ kind: "update" }], [passes.user(WRITER)])], { archived: true }),
    [["a bypass opens no archive", WRITER, push("main"), "no"]],
  ),
];
