/** One recommendation of the benchmark: the rules that answer it with what they look at, or why none does. */
export type CisGitHubControl = {
  readonly id: string;
  /** A paraphrase; the benchmark's own words are not ours. */
  readonly title: string;
} & (
  | { readonly rules: readonly [string, ...string[]]; readonly evidence: string }
  | { readonly rules: readonly []; readonly reason: string }
);

const evaluated = (
  id: string,
  title: string,
  rules: readonly [string, ...string[]],
  evidence: string,
): CisGitHubControl => ({ id, title, rules, evidence });
const notEvaluated = (id: string, title: string, reason: string): CisGitHubControl => ({
  id,
  title,
  rules: [],
  reason,
});

const PACKAGES = "who may do what with packages is not collected";

/**
 * The recommendations of the CIS GitHub Benchmark that are about access, in its order, with the rules that evidence each. Ids are
 * the same in v1.0 and v1.2.0. A rule names the same ids in `controls`, and a test keeps the two together.
 */
export const CIS_GITHUB: readonly CisGitHubControl[] = [
  evaluated(
    "1.1.3",
    "changes of code are approved by others",
    ["change-without-approval", "jobs-approve-pull-requests"],
    "approvals that any layer of the default branch asks for (one is enough for us, the benchmark wants two), and whether jobs may approve",
  ),
  evaluated(
    "1.1.4",
    "approvals are dismissed when the code changes",
    ["stale-approval-kept"],
    "dismissal of stale approvals, or approval of the last push, in the layers of the default branch",
  ),
  notEvaluated(
    "1.1.5",
    "few may dismiss reviews",
    "who may dismiss reviews stands in GitHub's answers and is not kept: without a list it is everybody who may write, and a list only takes from them",
  ),
  evaluated(
    "1.1.6",
    "sensitive code has owners",
    ["code-owners-broken"],
    "CODEOWNERS with the errors that GitHub finds in it",
  ),
  evaluated(
    "1.1.7",
    "owners review changes of their code",
    ["code-owners-not-required"],
    "CODEOWNERS and whether a layer of the default branch asks for their review",
  ),
  evaluated(
    "1.1.12",
    "commits are signed",
    ["unsigned-commits"],
    "required signatures in the layers of the default branch",
  ),
  evaluated(
    "1.1.14",
    "protection holds administrators too",
    ["administrators-bypass-review"],
    "enforcement for administrators of classic rules, bypass lists of rulesets; lists that are not shown are undecided",
  ),
  evaluated(
    "1.1.15",
    "named people and teams push and merge",
    ["push-to-admin", "deploy-key-can-write", "outside-collaborator-can-write"],
    "who can land a change on each branch, worked out from access and every layer",
  ),
  evaluated(
    "1.1.16",
    "force pushes are denied",
    ["default-branch-rewritable"],
    "blocked force pushes, or a required pull request, in the layers of the default branch",
  ),
  evaluated(
    "1.1.17",
    "branches are not deleted",
    ["default-branch-rewritable"],
    "restricted deletions in the layers of the default branch",
  ),
  notEvaluated(
    "1.1.19",
    "changes of protection are audited",
    "needs the audit log over time; snapshots show what changed between two of them",
  ),
  evaluated(
    "1.1.20",
    "the default branch is protected",
    ["default-branch-unprotected"],
    "classic rules and rulesets of repository, organization and enterprise",
  ),
  evaluated(
    "1.2.2",
    "few create repositories",
    ["members-create-public-repositories"],
    "whether members may create public repositories; private ones are not counted against anybody",
  ),
  evaluated(
    "1.2.3",
    "few delete repositories",
    ["members-delete-repositories"],
    "whether members who administer a repository may delete it; who administers each is judged in 1.3.7",
  ),
  notEvaluated("1.2.4", "few delete issues", "issues give no access"),
  notEvaluated("1.2.5", "forks are tracked", "copies outside of the organization are not collected"),
  notEvaluated(
    "1.2.6",
    "changes of visibility are tracked",
    "needs the audit log over time; snapshots show what changed between two of them",
  ),
  notEvaluated(
    "1.2.7",
    "inactive repositories are reviewed",
    "an idle repository is nobody's access; its idle keys, tokens and secrets are found",
  ),
  evaluated(
    "1.3.1",
    "inactive users are reviewed and removed",
    ["dormant-member", "unused-token", "idle-deploy-key", "idle-single-sign-on-authorization"],
    "last activity of people in the audit log, last use of tokens, keys and authorizations; review campaigns",
  ),
  evaluated("1.3.2", "few create teams", ["members-create-teams"], "whether members may create teams"),
  evaluated(
    "1.3.3",
    "the organization has enough owners, and few",
    ["organization-owner-count"],
    "owners of the organization",
  ),
  evaluated(
    "1.3.4",
    "outside collaborators have a second factor",
    ["member-without-second-factor", "second-factor-by-sms"],
    "two-factor state of outside collaborators, and whether it is an SMS",
  ),
  evaluated(
    "1.3.5",
    "members have a second factor",
    ["member-without-second-factor", "second-factor-by-sms"],
    "two-factor state of members, and whether it is an SMS",
  ),
  evaluated(
    "1.3.6",
    "people are invited at the company's e-mail",
    ["invitation-outside-domains", "pending-invitation"],
    "addresses of pending invitations and the organization's verified domains",
  ),
  evaluated(
    "1.3.7",
    "each repository has two administrators",
    ["repository-with-one-administrator"],
    "people who administer it in effect: owners, teams, organization roles and collaborators",
  ),
  evaluated("1.3.8", "base permissions are strict", ["wide-base-permission"], "the organization's base permission"),
  evaluated(
    "1.3.9",
    "the organization is verified",
    ["organization-not-verified"],
    "whether the organization is verified",
  ),
  notEvaluated("1.3.10", "notifications go to approved domains", "the setting is not collected"),
  notEvaluated("1.3.11", "SSH certificates are issued by the company", "certificate authorities are not collected"),
  evaluated(
    "1.3.12",
    "an IP allow list limits access",
    ["ip-allow-list-off"],
    "whether the list is on; plans without it show no setting",
  ),
  notEvaluated("1.4.1", "administrators approve apps", "the approval policy for apps is not collected"),
  evaluated(
    "1.4.2",
    "stale apps are removed",
    ["stale-app"],
    "activity of apps where the audit log shows it, and how long they have been suspended",
  ),
  evaluated(
    "1.4.3",
    "apps have the least they need",
    ["overbroad-app"],
    "permissions and repositories of installations",
  ),
  evaluated("1.4.4", "webhooks are secured", ["insecure-webhook"], "TLS verification and secret of each webhook"),
  evaluated(
    "2.1.5",
    "few reach the build environment",
    ["open-runner-group"],
    "repositories that runner groups are open to, where a runner may be in them",
  ),
  evaluated(
    "2.1.6",
    "nobody uses the build environment unnamed",
    ["open-runner-group"],
    "runner groups that are open to public repositories",
  ),
  evaluated(
    "2.1.10",
    "webhooks of the build environment are secured",
    ["insecure-webhook"],
    "TLS verification and secret of each webhook",
  ),
  notEvaluated(
    "2.1.11",
    "the build environment has few administrators",
    "runners have no administrators of their own; owners are counted in 1.3.3",
  ),
  evaluated("2.2.1", "each job has a clean worker", ["reused-runner"], "whether self-hosted runners are ephemeral"),
  evaluated(
    "2.3.4",
    "changes of pipelines are tracked and reviewed",
    ["workflow-changes-unguarded"],
    "workflows that mint tokens, owners of their folder, push rulesets about it",
  ),
  evaluated(
    "2.3.5",
    "few start pipelines, and pipelines may do little",
    ["push-to-admin", "job-token-writes", "jobs-approve-pull-requests"],
    "who can start jobs whose tokens AWS trusts, default permissions of the job token",
  ),
  notEvaluated("4.2.2", "few upload packages", PACKAGES),
  notEvaluated("4.2.3", "uploaders have a second factor", PACKAGES),
  notEvaluated("4.2.4", "package registries use the company's sign-in", PACKAGES),
  notEvaluated("4.2.6", "package registries have few administrators", PACKAGES),
  evaluated(
    "5.1.4",
    "few change what deploys",
    ["production-without-reviewers"],
    "reviewers and branches of environments that are named like production",
  ),
  evaluated(
    "5.2.3",
    "few deploy to production",
    ["production-without-reviewers"],
    "reviewers and branches of environments that are named like production",
  ),
];
