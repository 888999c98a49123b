import type { Decoy, Edit } from "./decoys.ts";

const GITHUB = "github/acme-sample";
const rulesets = (what: RegExp, becomes: string): Edit => [`${GITHUB}/rulesets.json`, what, becomes];

/** What GitHub has in order in the sample although it looks otherwise: protections, owners of code, environments. */
export const GITHUB_DECOYS: readonly Decoy[] = [
  {
    thing: "acme-hob-freelanse",
    rule: "second-factor-by-sms",
    why: "collaborates from outside, with a second factor that is no SMS",
    excuse: [
      [
        `${GITHUB}/insecure-second-factors.json`,
        '"answer": []',
        '"answer": [{ "login": "acme-hob-freelanse", "id": 1, "node_id": "U_samplep059" }]',
      ],
    ],
  },
  {
    thing: "acme-ada-example",
    rule: "member-without-identity",
    why: "signed in once with single sign-on, which linked the login",
    excuse: [
      [`${GITHUB}/single-sign-on-identities.json`, /("user": \{\s+"id": )"U_samplep001"/, '$1"U_somebody_else"'],
    ],
  },
  {
    thing: "acme-sample/security-scanners",
    rule: "change-without-approval",
    why: "goes its own way beside the organization's ruleset, but asks for an approval",
    excuse: [rulesets(/("id": 604,[^]*?"required_approving_review_count": )1/, "$10")],
  },
  {
    thing: "acme-sample/on-call",
    rule: "stale-approval-kept",
    why: "goes its own way, but new commits need a new approval",
    excuse: [
      rulesets(/("id": 606,[^]*?"dismiss_stale_reviews_on_push": )true/, "$1false"),
      rulesets(/("id": 606,[^]*?"require_last_push_approval": )true/, "$1false"),
    ],
  },
  {
    thing: "acme-sample/data-models",
    rule: "default-branch-rewritable",
    why: "goes its own way, but nobody deletes its main branch",
    excuse: [rulesets(/("id": 605,[^]*?"type": )"deletion"/, '$1"creation"')],
  },
  {
    thing: "acme-sample/data-models",
    rule: "code-owners-not-required",
    why: "goes its own way, but the owners of the code have to approve",
    excuse: [rulesets(/("id": 605,[^]*?"require_code_owner_review": )true/, "$1false")],
  },
  {
    thing: "acme-sample/data-models",
    rule: "administrators-bypass-review",
    why: "goes its own way, but its ruleset holds for administrators too",
    excuse: [
      rulesets(
        /("id": 605,[^]*?"bypass_actors": )\[\]/,
        '$1[{ "actor_id": 1, "actor_type": "OrganizationAdmin", "bypass_mode": "always" }]',
      ),
    ],
  },
  {
    thing: "acme-sample/support-macros",
    rule: "default-branch-unprotected",
    why: "no ruleset is about its main branch, but a classic rule is",
    excuse: [[`${GITHUB}/branch-protections.json`, /("id": "BPR_sample005",\s+"pattern": )"main"/, '$1"other"']],
  },
  {
    thing: "acme-sample/security-policies",
    rule: "code-owners-broken",
    why: "its CODEOWNERS file has no errors",
    excuse: [
      [
        `${GITHUB}/code-owners.json`,
        /("acme-sample\/security-policies",[^]*?"errors": )\[\]/,
        '$1[{ "line": 1, "kind": "Unknown owner", "message": "sample", "path": ".github/CODEOWNERS" }]',
      ],
    ],
  },
  {
    thing: "acme-sample/network",
    rule: "workflow-changes-unguarded",
    why: "asks for tokens, but the leads of the platform own every file of it",
    excuse: [[`${GITHUB}/code-owners.json`, "* @acme-sample/platform-leads", "/docs/ @acme-sample/platform-leads"]],
  },
  {
    thing: "acme-sample/data-pipeline",
    rule: "production-without-reviewers",
    why: "its production asks the data team",
    excuse: [
      [`${GITHUB}/environments.json`, /("repo": "data-pipeline"[^]*?"type": )"required_reviewers"/, '$1"wait_timer"'],
    ],
  },
  {
    thing: "builds.acme.invalid of acme-sample/web",
    rule: "insecure-webhook",
    why: "a webhook that is signed, over TLS that is verified",
    excuse: [[`${GITHUB}/webhooks.json`, /("host": "builds\.acme\.invalid",\s+"has_secret": )true/, "$1false"]],
  },
  {
    thing: "deliveries",
    rule: "open-runner-group",
    why: "machines of one's own, for three private repositories only",
    excuse: [[`${GITHUB}/runners.json`, /("name": "deliveries",\s+"visibility": )"selected"/, '$1"all"']],
  },
  {
    thing: "SIGNING_KEY of acme-sample",
    rule: "old-secret",
    why: "made long ago, but set again in summer",
    excuse: [
      [`${GITHUB}/secrets.json`, /("name": "SIGNING_KEY",[^}]*"updated_at": )"[^"]*"/, '$1"2023-01-01T00:00:00Z"'],
    ],
  },
  {
    thing: "laptop …0021",
    rule: "idle-single-sign-on-authorization",
    why: "was let in long ago, and used yesterday",
    excuse: [
      [
        `${GITHUB}/single-sign-on-authorizations.json`,
        /("credential_id": 1500021,[^]*?"credential_accessed_at": )"[^"]*"/,
        '$1"2025-01-01T00:00:00Z"',
      ],
    ],
  },
  {
    thing: "workstation …0011",
    rule: "classic-token-authorized",
    why: "was let in as well, but is a key for SSH",
    excuse: [
      [
        `${GITHUB}/single-sign-on-authorizations.json`,
        /("credential_id": 1500011,\s+"credential_type": )"SSH key"/,
        '$1"personal access token"',
      ],
    ],
  },
  {
    thing: "acme-uma-garply",
    rule: "idle-copilot-seat",
    why: "has a seat, and used it this week",
    excuse: [
      [
        `${GITHUB}/copilot-seats.json`,
        /("last_activity_at": )"[^"]*"([^]{0,160}?"login": "acme-uma-garply")/,
        '$1"2025-01-01T00:00:00Z"$2',
      ],
    ],
  },
  {
    thing: "github-payments",
    rule: "github-trust-recycled-name",
    why: "trusts a repository that was called otherwise for a week",
    excuse: [[`${GITHUB}/repository-renames.json`, /("old_name": "payments-ledger",\s+"repo_id": )7/, "$16"]],
  },
];
