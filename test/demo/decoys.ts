/** Takes away what excuses a decoy: in that file of the recording, what matches becomes something else. */
export type Edit = readonly [file: string, what: RegExp | string, becomes: string];

/** Something in the sample that looks bad and is not. */
export interface Decoy {
  /** Display name, locator, native id or title of the principal, credential or resource. */
  readonly thing: string;
  /** The rule that must stay silent about it. */
  readonly rule: string;
  readonly why: string;
  /** Without this the rule must speak: that shows the decoy to be one. None where nothing in a file excuses it. */
  readonly excuse: readonly Edit[];
}

const MANAGEMENT = "aws/111122223333";
const PRODUCTION = "aws/222233334444";
const SANDBOX = "aws/333344445555";
const GITHUB = "github/acme-sample";
const details = (tenant: string, what: Edit[1], becomes: string): Edit => [
  `${tenant}/account-authorization-details.json`,
  what,
  becomes,
];
const NO_SCP: Edit = [`${MANAGEMENT}/organization.json`, /("Sid": "NoIdentities",\s+"Effect": )"Deny"/, '$1"Allow"'];
const anyBoundary = (tenant: string): Edit =>
  details(tenant, /("PermissionsBoundaryArn": )"[^"]+"/g, '$1"arn:aws:iam::aws:policy/AdministratorAccess"');

/** Every decoy of the sample, with a sentence why it is harmless. */
export const DECOYS: readonly Decoy[] = [
  {
    thing: "nia.sitamet",
    rule: "admin-by-grant",
    why: "is in the administrators' group, but on leave: another group denies everything",
    excuse: [details(PRODUCTION, '"Effect": "Deny"', '"Effect": "Allow"')],
  },
  {
    thing: "sal.yieldly",
    rule: "admin-by-grant",
    why: "may do everything but IAM and the organization",
    excuse: [details(PRODUCTION, /("PolicyName": "PowerUserAccess",\s+"PolicyId"[^]*?)"NotAction"/, '$1"Action"')],
  },
  {
    thing: "mo.dolor",
    rule: "direct-admin-policy",
    why: "has an administrator's policy, but a boundary that only reads data",
    excuse: [anyBoundary(PRODUCTION)],
  },
  {
    thing: "experiment-runner",
    rule: "direct-admin-policy",
    why: "allows everything inline, but its boundary and the organization do not",
    excuse: [anyBoundary(SANDBOX), NO_SCP],
  },
  {
    thing: "abe.metasyn",
    rule: "admin-by-grant",
    why: "may do everything in the sandbox, but the organization keeps IAM out of reach there",
    excuse: [NO_SCP],
  },
  {
    thing: "xen.currier",
    rule: "escalation-to-admin",
    why: "may attach policies to itself, but its boundary allows nothing of IAM",
    excuse: [anyBoundary(PRODUCTION)],
  },
  {
    thing: "bjoern.umlaeut",
    rule: "escalation-to-admin",
    why: "may write a new version of a policy it holds, but another group denies all of IAM",
    excuse: [details(PRODUCTION, /("PolicyName": "no-identity-changes",[^]*?"Effect": )"Deny"/, '$1"Allow"')],
  },
  {
    thing: "xia.plugh",
    rule: "escalation-to-admin",
    why: "may assume the administrator's role as far as its policy goes, but the role trusts functions only",
    excuse: [
      details(
        PRODUCTION,
        /("RoleName": "nightly-report",[^]*?"Principal": \{\s*)"Service": "lambda.amazonaws.com"/,
        '$1"AWS": "222233334444"',
      ),
    ],
  },
  {
    thing: "sue.corge",
    rule: "escalation-to-admin",
    why: "may become the payments administrator, but with a second factor only: told as conditional",
    excuse: [
      details(
        PRODUCTION,
        /("RoleName": "payments-admin",[^]*?)"Bool": \{\s*"aws:MultiFactorAuthPresent": "true"/,
        '$1"StringLike": { "aws:PrincipalArn": "*"',
      ),
    ],
  },
  {
    thing: "eve.iterable",
    rule: "admin-in-effect",
    why: "holds two of AWS's policies, but both together only read",
    excuse: [],
  },
  {
    thing: "uma.garply",
    rule: "wide-blast-radius",
    why: "can become nobody: its policies deploy the web pages",
    excuse: [],
  },
  {
    thing: "payment-events",
    rule: "confused-deputy",
    why: "takes messages of S3, but on behalf of its own tenant only",
    excuse: [[`${PRODUCTION}/resource-policies.json`, '"aws:SourceAccount": "222233334444"', '"x:y": "z"']],
  },
  {
    thing: "acme-press",
    rule: "public-resource-policy",
    why: "a bucket for everyone, but the tenant's public access block stands before it",
    excuse: [
      [`${PRODUCTION}/public-access-blocks.json`, '"RestrictPublicBuckets": true', '"RestrictPublicBuckets": false'],
    ],
  },
  {
    thing: "vic.waldo",
    rule: "idle-access-key",
    why: "its key was used 44 days ago, one day inside the limit",
    excuse: [
      [`${PRODUCTION}/access-key-last-used.json`, "2026-10-07T", "2026-10-06T"],
      [`${PRODUCTION}/credential-report.csv`, /(vic\.waldo.*)2026-10-07T/, "$12026-10-06T"],
    ],
  },
  {
    thing: "AKIASAMPLE2000000017",
    rule: "idle-access-key",
    why: "the other key of ci-web is stale, this one was used today",
    excuse: [],
  },
  {
    thing: "backup-agent",
    rule: "never-used-access-key",
    why: "its key was never used, but it is 20 days old only",
    excuse: [[`${PRODUCTION}/access-keys.json`, "2026-10-31T", "2026-09-01T"]],
  },
  {
    thing: "nia.sitamet",
    rule: "unused-console-password",
    why: "signed in 40 days ago, inside the limit",
    excuse: [[`${PRODUCTION}/credential-report.csv`, /(nia\.sitamet.*)2026-10-11T/, "$12026-10-01T"]],
  },
  {
    thing: "arn:aws:iam::222233334444:root",
    rule: "root-used",
    why: "root of production signed in for the last time more than a year ago",
    excuse: [[`${PRODUCTION}/credential-report.csv`, /(<root_account>.*)2025-10-06T/, "$12026-11-06T"]],
  },
  {
    thing: "yan.xyzzy",
    rule: "leaver-has-access",
    why: "left and still hangs in a group, but the only key is switched off",
    excuse: [
      [`${PRODUCTION}/access-keys.json`, '"Inactive"', '"Active"'],
      [`${PRODUCTION}/credential-report.csv`, /(yan\.xyzzy(?:,[^,]*){7}),false,/, "$1,true,"],
    ],
  },
  {
    thing: "acme-tam-grault",
    rule: "leaver-has-access",
    why: "leaves at the end of the year and works until then",
    excuse: [["roster.csv", "leaving,2023-02-01,2026-12-31", "left,2023-02-01,2026-10-31"]],
  },
  {
    thing: "vendor-billing",
    rule: "trust-without-external-id",
    why: "a foreign tenant, but with an external id",
    excuse: [details(PRODUCTION, '"sts:ExternalId"', '"aws:PrincipalTag/team"')],
  },
  {
    thing: "org-inventory",
    rule: "wildcard-trust",
    why: "everybody, but only of the own organization",
    excuse: [details(PRODUCTION, '"aws:PrincipalOrgID"', '"aws:PrincipalTag/team"')],
  },
  {
    thing: "github-release",
    rule: "github-trust-names-nobody",
    why: "names the repository and branch whose tokens it takes",
    excuse: [
      details(PRODUCTION, /"token\.actions\.githubusercontent\.com:sub": "repo:acme-sample\/web.*"/, '"x:y": "z"'),
    ],
  },
  {
    thing: "github-infrastructure",
    rule: "github-trust-names-nobody",
    why: "takes every branch, but of one repository only",
    excuse: [
      details(PRODUCTION, /"token\.actions\.githubusercontent\.com:sub": "repo:acme-sample\/infra.*"/, '"x:y": "z"'),
    ],
  },
  {
    thing: "github-by-number",
    rule: "github-trust-takes-any-owner",
    why: "takes every name, but of the one repository with that number, and main only",
    excuse: [
      details(
        PRODUCTION,
        /"token\.actions\.githubusercontent\.com:repository_id": "7000001"/,
        '"aws:RequestedRegion": "eu-west-1"',
      ),
    ],
  },
  {
    thing: "acme-sample/sandbox-one",
    rule: "push-to-admin",
    why: "the role takes every branch of the sandboxes, but a resource control policy lets none of their tokens in",
    excuse: [[`${MANAGEMENT}/organization.json`, /("Sid": "SandboxesBecomeNobody",\s+"Effect": )"Deny"/, '$1"Allow"']],
  },
  {
    thing: "acme-sample/web",
    rule: "push-to-admin",
    why: "becomes a role of production, but one that only puts the web pages in their place",
    excuse: [
      details(
        PRODUCTION,
        /("RoleName": "github-release",[^]*?"PolicyName": )"deploy-web",(\s+"PolicyArn": )"[^"]*"/,
        '$1"AdministratorAccess",$2"arn:aws:iam::aws:policy/AdministratorAccess"',
      ),
    ],
  },
  {
    thing: "brand-new",
    rule: "idle-role",
    why: "was never used, but made ten days ago",
    excuse: [details(SANDBOX, "2026-11-10T", "2026-01-10T")],
  },
  {
    thing: "AWSServiceRoleForSupport",
    rule: "idle-role",
    why: "was never used, but belongs to AWS, and only AWS can change it",
    excuse: [],
  },
  {
    thing: "kai.lorem",
    rule: "access-without-approval",
    why: "an administrator with an approval that still holds",
    excuse: [["approvals.csv", "kai.lorem,policy", "somebody,policy"]],
  },
  {
    thing: "github-infrastructure",
    rule: "access-without-approval",
    why: "administers production by push, and security approved it",
    excuse: [["approvals.csv", "github-infrastructure,policy", "somebody,policy"]],
  },
  {
    thing: "acme-kit-objectson",
    rule: "access-without-approval",
    why: "from support and writes in a repository, and security approved it",
    excuse: [["approvals.csv", "acme-kit-objectson,write", "somebody,write"]],
  },
  {
    thing: "cleo.sample",
    rule: "expired-approval",
    why: "its approval ends next year",
    excuse: [["approvals.csv", "2027-05-31,SEC-110", "2026-09-01,SEC-110"]],
  },
  {
    thing: "backup-agent",
    rule: "machine-without-technical-owner",
    why: "no row of owners.csv names it, but the identity map says who answers for it",
    excuse: [["identity-map.csv", "p006,aws,222233334444,backup-agent", ",aws,222233334444,backup-agent"]],
  },
  {
    thing: "acme-release-bot",
    rule: "machine-without-technical-owner",
    why: "nobody's login, but it has an owner",
    excuse: [["owners.csv", "github,acme-sample,user,acme-release-bot,,p021\n", ""]],
  },
  {
    thing: "sample-ci",
    rule: "overbroad-app",
    why: "is on every repository, but reads only",
    excuse: [[`${GITHUB}/installations.json`, '"contents": "read"', '"contents": "write"']],
  },
  {
    thing: "sample-ci",
    rule: "stale-app",
    why: "an app that was installed long ago, and the audit log saw it yesterday",
    excuse: [[`${GITHUB}/audit-log.json`, /("actor": "sample-ci\[bot\]",[^}]*"created_at": )\d+/, "$11750000000000"]],
  },
  {
    thing: "soon@acme.example",
    rule: "pending-invitation",
    why: "was invited three days ago",
    excuse: [[`${GITHUB}/invitations.json`, "2026-11-17T", "2026-10-17T"]],
  },
  {
    thing: "web servers",
    rule: "deploy-key-can-write",
    why: "a deploy key that may only read",
    excuse: [[`${GITHUB}/deploy-keys.json`, /("title": "web servers",[^}]*"read_only": )true/, "$1false"]],
  },
  {
    thing: "<b>trial</b> key",
    rule: "idle-deploy-key",
    why: "was never used, but added twelve days ago",
    excuse: [[`${GITHUB}/deploy-keys.json`, "2026-11-08T", "2026-01-08T"]],
  },
  {
    thing: "deploy script",
    rule: "token-without-expiry",
    why: "a token that ends in February",
    excuse: [
      [
        `${GITHUB}/fine-grained-tokens.json`,
        /("token_name": "deploy script",[^}]*"token_expires_at": )"[^"]*"/,
        "$1null",
      ],
    ],
  },
  {
    thing: "acme-kit-objectson",
    rule: "dormant-member",
    why: "was active 60 days ago, inside the limit",
    excuse: [[`${GITHUB}/audit-log.json`, /("actor": "acme-kit-objectson",[^}]*"created_at": )\d+/, "$11750000000000"]],
  },
  {
    thing: "acme-ida-agency",
    rule: "outside-collaborator-can-write",
    why: "from outside, but may only read",
    excuse: [[`${GITHUB}/collaborators.json`, /"permission": "READ"/g, '"permission": "WRITE"']],
  },
  {
    thing: "aws:111122223333:password-policy",
    rule: "weak-password-policy",
    why: "sixteen characters of every sort",
    excuse: [[`${MANAGEMENT}/password-policy.json`, '"MinimumPasswordLength": 16', '"MinimumPasswordLength": 6']],
  },
];
