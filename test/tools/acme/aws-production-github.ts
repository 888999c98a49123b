/**
 * Roles of production that trust GitHub's tokens. Three administer and are open, under a condition or perhaps; one only looks open.
 * The others do little and show one mistake of a trust policy each, or none.
 */
import { allow, deny, doc, trust, type Json } from "./policy.ts";
import { repositoryNumber } from "./github-organization.ts";
import { TENANTS, type Role } from "./tenant.ts";

const HOST = "token.actions.githubusercontent.com";
const AUDIENCE = { [`${HOST}:aud`]: "sts.amazonaws.com" };
const PROVIDER = `arn:aws:iam::${TENANTS.production}:oidc-provider/${HOST}`;

/** Trust in GitHub's tokens under these conditions: operator → claim → values. */
const tokens = (conditions: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>): Json => {
  const { StringEquals = {}, ...others } = conditions;
  const keys = (claims: Readonly<Record<string, string | string[]>>): Json =>
    Object.fromEntries(Object.entries(claims).map(([claim, values]) => [`${HOST}:${claim}`, values]));
  return trust({ Federated: PROVIDER }, "sts:AssumeRoleWithWebIdentity", {
    StringEquals: { ...AUDIENCE, ...keys(StringEquals) },
    ...Object.fromEntries(Object.entries(others).map(([operator, claims]) => [operator, keys(claims)])),
  });
};
const exactly = (sub: string): Json => tokens({ StringEquals: { sub } });
const like = (sub: string): Json => tokens({ StringLike: { sub } });

/** A role that reads one bucket, last used so many days ago (null: never). */
const small = (name: string, trusted: Json, used: number | null = 1, made = 200): Role => ({
  name,
  made,
  trust: trusted,
  used,
  attached: ["build-cache"],
  services: { s3: used },
});
const administrator = (name: string, trusted: Json, used: number): Role => ({
  name,
  made: 240,
  trust: trusted,
  used,
  attached: ["AdministratorAccess"],
  services: { ec2: used, iam: used, s3: used },
});

/** What builds share. */
export const BUILD_CACHE: Json = doc(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme-build-cache/*"));

/** Beside `github-deploy`, `github-release` and `github-infrastructure`. */
export const GITHUB_ROLES: readonly Role[] = [
  // A reviewer of the environment has to approve.
  administrator("github-payments", exactly("repo:acme-sample/payments-ledger:environment:production"), 3),
  // Main takes a pull request that somebody else approved: the enterprise says so.
  administrator("github-release-tools", exactly("repo:acme-sample/release-tools:ref:refs/heads/main"), 5),
  // Nobody moves main but those the enterprise's ruleset leaves out, and GitHub does not show who that is.
  administrator("github-network", exactly("repo:acme-sample/network:ref:refs/heads/main"), 4),
  // Looks open to every branch; the organization's resource control policy gives sandboxes nothing.
  administrator("github-sandbox", like("repo:acme-sample/sandbox-one:*"), 6),
  // A repository of that name is quickly made, by anybody.
  small("github-any-owner", like("repo:*/data-models:ref:refs/heads/main")),
  // And so is an owner whose name begins like that.
  small("github-prefix", like("repo:acme-sample*/sdk-go:ref:refs/heads/main")),
  // Every repository, those of tomorrow too.
  small("github-readers", like("repo:acme-sample/*:ref:refs/heads/main")),
  // The ruleset's star stops at a slash, that of AWS does not.
  small("github-monitoring", like("repo:acme-sample/monitoring:ref:refs/heads/release/*")),
  // Forks get tokens here.
  small("github-mobile", exactly("repo:acme-sample/mobile-app:pull_request")),
  // There is no such environment.
  small("github-proxy", exactly("repo:acme-sample/web-proxy:environment:staging")),
  // There is, but everybody in it is their own reviewer.
  small("github-quality", exactly("repo:acme-sample/data-quality:environment:production")),
  // Holds for a token without a subject.
  small(
    "github-notebooks",
    tokens({ "ForAllValues:StringLike": { sub: "repo:acme-sample/data-notebooks:ref:refs/heads/main" } }),
  ),
  // The subjects of this repository have had ids in them since the spring.
  small("github-sdk-before", exactly("repo:acme-sample/sdk-python:ref:refs/heads/main"), 70),
  // And here the id may be any.
  small("github-sdk", like(`repo:acme-sample@*/sdk-python@${repositoryNumber("sdk-python")}:ref:refs/heads/main`)),
  // The subject does not name the branch.
  small("github-design", like("repo:acme-sample/design-system:workflow:*")),
  // What is called may be changed on any branch.
  small(
    "github-images",
    tokens({
      StringEquals: { sub: "repo:acme-sample/mobile-shared:ref:refs/heads/main" },
      StringLike: { job_workflow_ref: "acme-sample/ci-images/.github/workflows/build.yml@refs/heads/*" },
    }),
  ),
  // There is no such repository any more.
  small("github-lake", exactly("repo:acme-sample/data-lake:ref:refs/heads/main"), 80),
  // In order.
  small("github-pipeline", exactly("repo:acme-sample/data-pipeline:environment:production")),
  // Says whose tokens by the number of the repository; the name may be anything.
  small(
    "github-by-number",
    tokens({
      StringEquals: { repository_id: String(repositoryNumber("web")), ref: "refs/heads/main" },
      StringLike: { sub: "repo:*" },
    }),
  ),
];

/** No token of a sandbox becomes any role: a resource control policy. */
export const NO_SANDBOX_TOKENS: Json = doc({
  Sid: "SandboxesBecomeNobody",
  ...deny("sts:AssumeRoleWithWebIdentity"),
  Principal: "*",
  Condition: { StringLike: { [`${HOST}:sub`]: "repo:acme-sample/sandbox-*" } },
});
