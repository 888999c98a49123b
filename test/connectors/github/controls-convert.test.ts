import { describe, expect, test } from "vitest";
import { codeOwners } from "../../../connectors/github/convert/code-owners.ts";
import { actionsSettings, ACTIONS_ROUTES } from "../../../connectors/github/convert/actions-settings.ts";
import { branchProtections } from "../../../connectors/github/convert/branch-protections.ts";
import { environments, ENVIRONMENT_ROUTES } from "../../../connectors/github/convert/environments.ts";
import { rulesets, RULESET_ROUTES } from "../../../connectors/github/convert/rulesets.ts";
import { subjectTemplates, SUBJECT_ROUTES } from "../../../connectors/github/convert/subject-templates.ts";
import type { Convert } from "../../../connectors/github/convert/converted.ts";
import { principal, repositoryResource } from "../../../connectors/github/convert/parts.ts";
import { OrganizationContext } from "../../../connectors/github/organization-context.ts";
import type { RecordedRequest } from "../../../connectors/github/raw.ts";
import type {
  RawAllowances,
  RawBranchRule,
  RawEnvironment,
  RawRuleset,
} from "../../../connectors/github/raw-controls.ts";
import type { Protection } from "../../../src/model/protection.ts";
import { branchRule, ruleset } from "../../fakes/github/slices/controls-sample.ts";

const PLACE = { owner: "acme-sample", repo: "api" };
const R = "github:O_1:R_1";

/** An organization with one private repository, a team, an app and a user whom GitHub names by number. */
function context(visibility = "private"): OrganizationContext {
  const one = new OrganizationContext("acme-sample");
  one.nodeId = "O_1";
  one.repositoriesGap = null;
  one.rememberRepository(repositoryResource(one, { id: "R_1", nameWithOwner: "acme-sample/api" }), {
    swept: {
      nodeId: "R_1",
      databaseId: 7,
      archived: false,
      visibility,
      pushedAt: null,
      administered: true,
      deployKeys: 0,
      branchRules: 1,
      rulesets: 0,
      environments: 0,
      hasWorkflows: false,
    },
    deployKeys: 0,
    administered: true,
  });
  const named = (
    kind: "user" | "team" | "app",
    nativeId: string,
    locator: string,
    attributes: Record<string, number>,
  ) => principal(one, { kind, nativeType: kind, nativeId, locator, displayName: locator, attributes });
  one.register({
    principals: [
      named("user", "U_1", "acme-ada-example", { databaseId: 11 }),
      named("team", "T_1", "platform", { databaseId: 12 }),
      named("app", "installation-5", "sample-ci", { appId: 13, databaseId: 99 }),
    ],
    policies: [{ id: "github:O_1/repository-role/21", kind: "repository-role", name: "releaser" } as never],
  });
  return one;
}

/** The first document an answer becomes, or why it is unknown. */
function convert<T>(step: Convert, requests: readonly RecordedRequest[], at = context()): T | string {
  const policy = step(requests, at, true).records.policies?.find(
    ({ holderId, name }) => holderId === R && name !== "?",
  );
  if (policy === undefined) throw new Error("no control");
  return policy.document.known ? (JSON.parse(policy.document.value) as T) : policy.document.why;
}

const classic = (rule: RawBranchRule, totalCount = 1): RecordedRequest[] => [
  {
    route: "POST /graphql",
    parameters: {},
    answer: {
      nodes: [{ id: "R_1", nameWithOwner: "acme-sample/api", branchProtectionRules: { totalCount, nodes: [rule] } }],
    },
  },
];
const ofRuleset = (raw: RawRuleset): RecordedRequest[] => [
  { route: RULESET_ROUTES.repositoryList, parameters: PLACE, answer: [raw] },
  { route: RULESET_ROUTES.repositoryOne, parameters: { ...PLACE, ruleset_id: "1" }, answer: raw },
];
const ADMIN = { type: "repository-role", id: null, name: "admin", mode: "always" };
const passing = (...actors: RawAllowances["nodes"]): RawAllowances => ({ nodes: actors });

describe("classic branch protection in the words of rulesets", () => {
  test.each<[string, Partial<RawBranchRule>, readonly object[]]>([
    ["nothing asked for", {}, []],
    ["locked: administrators too", { lockBranch: true }, [{ kind: "lock", bypass: { known: true, value: [] } }]],
    [
      "restricted pushes let those listed and administrators pass",
      {
        restrictsPushes: true,
        pushAllowances: passing({ actor: { __typename: "Team", id: "T_1", slug: "platform" } }),
      },
      [
        {
          kind: "update",
          bypass: {
            known: true,
            value: [{ type: "team", id: "github:O_1:T_1", name: "platform", mode: "always" }, ADMIN],
          },
        },
      ],
    ],
    [
      "enforced for administrators, creation as well",
      { restrictsPushes: true, blocksCreations: true, isAdminEnforced: true },
      [
        { kind: "creation", bypass: { known: true, value: [] } },
        { kind: "update", bypass: { known: true, value: [] } },
      ],
    ],
    ["creation alone does nothing", { blocksCreations: true }, []],
    [
      "an app that passes is its installation",
      {
        allowsForcePushes: false,
        isAdminEnforced: true,
        bypassForcePushAllowances: passing({
          actor: { __typename: "App", id: "A", databaseId: 13, slug: "sample-ci" },
        }),
      },
      [
        {
          kind: "non-fast-forward",
          bypass: {
            known: true,
            value: [{ type: "app", id: "github:O_1:installation-5", name: "sample-ci", mode: "always" }],
          },
        },
      ],
    ],
    [
      "reviews",
      {
        requiresApprovingReviews: true,
        requiredApprovingReviewCount: 2,
        requiresCodeOwnerReviews: true,
        requireLastPushApproval: true,
      },
      [
        {
          kind: "pull-request",
          approvals: 2,
          codeOwners: true,
          dismissStale: false,
          lastPushApproval: true,
          bypass: { known: true, value: [ADMIN] },
        },
      ],
    ],
    [
      "checks and deployments by name",
      {
        requiresStatusChecks: true,
        requiresStrictStatusChecks: true,
        requiredStatusCheckContexts: ["build", null],
        requiresDeployments: true,
        requiredDeploymentEnvironments: ["staging"],
      },
      [
        { kind: "status-checks", checks: ["build"], strict: true, bypass: { known: true, value: [ADMIN] } },
        { kind: "deployments", environments: ["staging"], bypass: { known: true, value: [ADMIN] } },
      ],
    ],
    [
      "somebody GitHub hides makes the bypass unknown",
      { restrictsPushes: true, pushAllowances: passing({ actor: null }) },
      [{ kind: "update", bypass: { known: false, why: "GitHub hides somebody who passes rule `main`" } }],
    ],
    [
      "a list that was cut makes the bypass unknown",
      { restrictsPushes: true, pushAllowances: { pageInfo: { hasNextPage: true }, nodes: [] } },
      [{ kind: "update", bypass: { known: false, why: "more actors pass rule `main` than were read" } }],
    ],
  ])("%s", (_name, rule, rules) => {
    const protection = convert<Protection>(branchProtections, classic(branchRule("B", "main", rule)));
    expect(protection).toMatchObject({ source: "classic", include: ["main"], enforcement: "active", rules });
  });

  test("a number of approvals that is not told makes the rule unknown", () => {
    expect(convert(branchProtections, classic(branchRule("B", "main", { requiresApprovingReviews: true })))).toMatch(
      /how many approvals/,
    );
  });

  test("more rules than a page are a row that says so", () => {
    const requests = classic(branchRule("B", "main"), 41);
    const { policies = [] } = branchProtections(requests, context(), true).records;
    expect(policies.map(({ name }) => name)).toEqual(["main", "?"]);
  });
});

describe("rulesets", () => {
  test.each<[string, NonNullable<RawRuleset["bypass_actors"]>[number], object | string]>([
    [
      "a user by number",
      { actor_id: 11, actor_type: "User" },
      { type: "user", id: "github:O_1:U_1", name: "acme-ada-example", mode: "always" },
    ],
    [
      "a team by number",
      { actor_id: 12, actor_type: "Team", bypass_mode: "pull_request" },
      { type: "team", id: "github:O_1:T_1", name: "platform", mode: "pull-request" },
    ],
    [
      "a team nobody wrote down",
      { actor_id: 77, actor_type: "Team" },
      { type: "team", id: null, name: "team 77", mode: "always" },
    ],
    [
      "an app by its own number, not its installation's",
      { actor_id: 13, actor_type: "Integration", bypass_mode: "exempt" },
      { type: "app", id: "github:O_1:installation-5", name: "sample-ci", mode: "exempt" },
    ],
    [
      "deploy keys",
      { actor_id: null, actor_type: "DeployKey" },
      { type: "deploy-key", id: null, name: "deploy keys", mode: "always" },
    ],
    [
      "owners",
      { actor_id: 1, actor_type: "OrganizationAdmin" },
      { type: "organization-owner", id: null, name: "organization owners", mode: "always" },
    ],
    [
      "owners of the enterprise",
      { actor_type: "EnterpriseOwner" },
      { type: "enterprise-owner", id: null, name: "enterprise owners", mode: "always" },
    ],
    [
      "maintainers",
      { actor_id: 2, actor_type: "RepositoryRole" },
      { type: "repository-role", id: null, name: "maintain", mode: "always" },
    ],
    [
      "writers",
      { actor_id: 4, actor_type: "RepositoryRole" },
      { type: "repository-role", id: null, name: "write", mode: "always" },
    ],
    ["administrators", { actor_id: 5, actor_type: "RepositoryRole" }, ADMIN],
    [
      "a custom role that was read",
      { actor_id: 21, actor_type: "RepositoryRole" },
      { type: "repository-role", id: null, name: "releaser", mode: "always" },
    ],
    [
      "a custom role that was not",
      { actor_id: 22, actor_type: "RepositoryRole" },
      "ruleset `r` lets the custom role with number 22, which was not read, bypass it",
    ],
    [
      "a kind that is new",
      { actor_id: 1, actor_type: "Robot" },
      "ruleset `r` lets actors of the kind `Robot`, which is not known, bypass it",
    ],
  ])("%s among those who bypass", (_name, actor, expected) => {
    const raw = ruleset(1, "r", { bypass_actors: [actor], rules: [{ type: "deletion" }] });
    const { rules } = convert<Protection>(rulesets, ofRuleset(raw)) as Protection;
    expect(rules[0]?.bypass).toEqual(
      typeof expected === "string" ? { known: false, why: expected } : { known: true, value: [expected] },
    );
  });

  test("rules are told in our words, and those that are not judged keep GitHub's", () => {
    const rules = [
      { type: "creation" },
      { type: "non_fast_forward" },
      {
        type: "required_status_checks",
        parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context: "build" }] },
      },
      { type: "required_deployments", parameters: { required_deployment_environments: ["staging"] } },
      { type: "file_path_restriction", parameters: { restricted_file_paths: [".github/**"] } },
      { type: "pull_request", parameters: { required_approving_review_count: 1, required_reviewers: [{}] } },
      { type: "code_scanning" },
    ];
    const found = convert<Protection>(rulesets, ofRuleset(ruleset(1, "r", { rules }))) as Protection;
    expect(found.rules.map(({ bypass: _, ...demand }) => demand)).toEqual([
      { kind: "creation" },
      { kind: "non-fast-forward" },
      { kind: "status-checks", checks: ["build"], strict: true },
      { kind: "deployments", environments: ["staging"] },
      { kind: "file-paths", paths: [".github/**"] },
      { kind: "pull-request", approvals: 1, dismissStale: false, codeOwners: false, lastPushApproval: false },
      { kind: "other", name: "required_reviewers" },
      { kind: "other", name: "code_scanning" },
    ]);
  });

  test.each<[string, Partial<RawRuleset>, Partial<Protection>]>([
    [
      "refs without their prefix",
      { conditions: { ref_name: { include: ["refs/heads/release/*", "~ALL"], exclude: ["refs/heads/x"] } } },
      { include: ["release/*", "~ALL"], exclude: ["x"], repositories: null, level: "repository" },
    ],
    ["pushes to every ref", { target: "push", conditions: null }, { target: "push", include: ["~ALL"] }],
    ["nothing where nothing is included", { conditions: null }, { include: [] }],
    [
      "repositories by id",
      { source_type: "Organization", conditions: { repository_id: { repository_ids: [7] } } },
      { level: "organization", repositories: { include: [], exclude: [], ids: [7], byProperty: false } },
    ],
    [
      "repositories by property",
      { source_type: "Organization", conditions: { repository_property: {} } },
      { repositories: { include: [], exclude: [], ids: null, byProperty: true } },
    ],
    ["only tried out", { enforcement: "evaluate" }, { enforcement: "evaluate" }],
  ])("are about %s", (_name, more, expected) => {
    expect(convert<Protection>(rulesets, ofRuleset(ruleset(1, "r", more)))).toMatchObject(expected);
  });

  test("one whose rules were refused is unknown", () => {
    const [list] = ofRuleset(ruleset(1, "r"));
    expect(convert(rulesets, list === undefined ? [] : [list])).toBe("the rules of ruleset `r` were not read");
  });

  test("rulesets about repositories themselves limit no ref", () => {
    expect(() => convert(rulesets, ofRuleset(ruleset(1, "r", { target: "repository" })))).toThrow("no control");
  });
});

describe("environments", () => {
  const ofEnvironment = (raw: Partial<RawEnvironment>, ...more: RecordedRequest[]): RecordedRequest[] => [
    { route: ENVIRONMENT_ROUTES.list, parameters: PLACE, answer: { environments: [{ name: "prod", ...raw }] } },
    ...more,
  ];
  const at = { ...PLACE, environment_name: "prod" };
  const policies: RecordedRequest = {
    route: ENVIRONMENT_ROUTES.policies,
    parameters: at,
    answer: { branch_policies: [{ name: "main" }, { name: "v*", type: "tag" }] },
  };
  const gates: RecordedRequest = {
    route: ENVIRONMENT_ROUTES.gates,
    parameters: at,
    answer: {
      custom_deployment_protection_rules: [
        { enabled: true, app: { slug: "gate" } },
        { enabled: false, app: { slug: "off" } },
      ],
    },
  };
  const custom = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
  test.each<[string, RecordedRequest[], object]>([
    [
      "any ref",
      ofEnvironment({ deployment_branch_policy: null }),
      { refs: { kind: "any" }, adminsBypass: { known: false } },
    ],
    [
      "protected branches",
      ofEnvironment({ deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }),
      { refs: { kind: "protected" } },
    ],
    [
      "patterns",
      ofEnvironment(custom, policies),
      {
        refs: {
          kind: "patterns",
          patterns: {
            known: true,
            value: [
              { type: "branch", pattern: "main" },
              { type: "tag", pattern: "v*" },
            ],
          },
        },
      },
    ],
    ["patterns that were not read", ofEnvironment(custom), { refs: { kind: "patterns", patterns: { known: false } } }],
    ["a policy that is not told", ofEnvironment({}), { refs: { kind: "patterns", patterns: { known: false } } }],
    [
      "administrators who may not skip",
      ofEnvironment({ can_admins_bypass: false }),
      { adminsBypass: { known: true, value: false } },
    ],
    [
      "waiting",
      ofEnvironment({ protection_rules: [{ type: "wait_timer", wait_timer: 30 }] }),
      { waitMinutes: 30, gates: [] },
    ],
    ["gates that are on", ofEnvironment({ protection_rules: [{ type: "gate-7" }] }, gates), { gates: ["gate"] }],
    ["a gate that was not read", ofEnvironment({ protection_rules: [{ type: "gate-7" }] }), { gates: ["gate-7"] }],
    [
      "reviewers by id",
      ofEnvironment({
        protection_rules: [
          {
            type: "required_reviewers",
            prevent_self_review: true,
            reviewers: [{ type: "Team", reviewer: { node_id: "T_1", slug: "platform" } }],
          },
        ],
      }),
      { preventSelfReview: true, reviewers: [{ type: "team", id: "github:O_1:T_1", name: "platform" }] },
    ],
  ])("%s", (_name, requests, expected) => {
    expect(convert(environments, requests)).toMatchObject(expected);
  });
});

describe("settings, subjects and owners", () => {
  const asked = (route: string, answer: object): RecordedRequest => ({ route, parameters: PLACE, answer });
  test.each<[string, object, object]>([
    ["wait", { require_approval_for_fork_pr_workflows: true }, { known: true, value: true }],
    ["do not wait", { require_approval_for_fork_pr_workflows: false }, { known: true, value: false }],
    ["may wait, where GitHub does not say", {}, { known: false }],
  ])("runs of forks %s for an approval", (_name, said, expected) => {
    const answer = { run_workflows_from_fork_pull_requests: true, send_write_tokens_to_workflows: true, ...said };
    expect(convert(actionsSettings, [asked(ACTIONS_ROUTES.forks, answer)], context("private"))).toMatchObject({
      forksNeedApproval: expected,
    });
  });
  test.each<[string, string, object, object]>([
    [
      "a private repository",
      "private",
      { run_workflows_from_fork_pull_requests: true, send_write_tokens_to_workflows: true },
      { known: true, value: true },
    ],
    [
      "forks that do not run",
      "private",
      { run_workflows_from_fork_pull_requests: false, send_write_tokens_to_workflows: true },
      { known: true, value: false },
    ],
    ["a public repository", "public", {}, { known: true, value: false }],
  ])("tokens for forks of %s", (_name, visibility, answer, expected) => {
    const requests = [
      asked(ACTIONS_ROUTES.token, { default_workflow_permissions: "read", can_approve_pull_request_reviews: false }),
      ...(visibility === "public" ? [] : [asked(ACTIONS_ROUTES.forks, answer)]),
    ];
    expect(convert(actionsSettings, requests, context(visibility))).toMatchObject({
      forksGetWriteTokens: expected,
      defaultPermissions: { known: true, value: "read" },
      enabled: { known: false },
    });
  });

  test.each<[string, object, object]>([
    [
      "the default, whatever keys still stand",
      { use_default: true, include_claim_keys: ["repo"] },
      { claims: null, immutable: { known: false }, prefix: { known: false } },
    ],
    [
      "its own",
      { use_default: false, include_claim_keys: ["repo"], use_immutable_subject: false },
      { claims: ["repo"], immutable: { known: true, value: false } },
    ],
    ["that of the organization", { use_default: false }, { claims: [] }],
    [
      "ids by the prefix",
      { use_default: true, use_immutable_subject: false, sub_claim_prefix: "repo:acme@1/api@7" },
      { immutable: { known: true, value: true }, prefix: { known: true, value: "repo:acme@1/api@7" } },
    ],
  ])("a subject: %s", (_name, answer, expected) => {
    expect(convert(subjectTemplates, [asked(SUBJECT_ROUTES.repository, answer)])).toMatchObject(expected);
  });

  const owners = (inGithub: string | null, inRoot: string | null): RecordedRequest[] => [
    {
      route: "POST /graphql",
      parameters: {},
      answer: {
        nodes: [
          {
            id: "R_1",
            nameWithOwner: "acme-sample/api",
            inGithub: inGithub === null ? null : { text: inGithub },
            inRoot: inRoot === null ? null : { text: inRoot },
            inDocs: null,
            codeowners: {
              errors: [{ line: 2, kind: "Unknown owner", message: "@x cannot write", path: "CODEOWNERS" }],
            },
          },
        ],
      },
    },
  ];
  test("of two CODEOWNERS files the first counts, and comments do not", () => {
    expect(convert(codeOwners, owners("# all\n* @a @b # us\n/x\\ y @c\n/free\n", "* @z"))).toEqual({
      path: ".github/CODEOWNERS",
      rules: [
        { pattern: "*", owners: ["@a", "@b"] },
        { pattern: "/x y", owners: ["@c"] },
        { pattern: "/free", owners: [] },
      ],
      errors: ["line 2: Unknown owner: @x cannot write"],
    });
  });

  test.each([
    ["Unknown owner", "Unknown owner on line 2: make sure @x can write\n\n  * @x\n    ^", "make sure @x can write"],
    ["Unknown owner", "Unknown owner on line 2", ""],
    ["Invalid pattern (*)", "the pattern is broken", "the pattern is broken"],
  ])("a complaint is not told twice: %s, %j", (kind, message, rest) => {
    const requests = JSON.parse(
      JSON.stringify(owners("* @a\n", null)).replace('"kind":"Unknown owner","message":"@x cannot write"', () =>
        JSON.stringify({ kind, message }).slice(1, -1),
      ),
    ) as ReturnType<typeof owners>;
    const file = convert(codeOwners, requests) as { errors: readonly string[] };
    expect(file.errors).toEqual([`line 2: ${kind}${rest === "" ? "" : `: ${rest}`}`]);
  });

  test("a repository that was looked at and has none has no row", () => {
    expect(codeOwners(owners(null, null), context(), true).records.policies).toEqual([]);
  });
});
