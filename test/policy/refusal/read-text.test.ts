import { describe, expect, test } from "vitest";
import { refusalsIn } from "../../../src/policy/refusal/read-text.ts";
import { withoutSecrets } from "../../../src/policy/refusal/without-secrets.ts";
import { bodyOf, SAID, type Said } from "./said.ts";

const HEADERS = (one: Said): readonly (readonly [string, string])[] => [
  ["server", "github.com"],
  ["x-github-request-id", "ABCD:1234"],
  ...Object.entries(one.headers ?? {}),
];
const URL = "https://api.github.com/repos/acme-sample/api/keys";

/** The same refusal as people paste it. */
const FORMS: readonly (readonly [name: string, write: (one: Said) => string])[] = [
  [
    "curl -i",
    (one) =>
      `HTTP/2 ${one.status} \n${HEADERS(one)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n")}\n\n${bodyOf(one)}\n`,
  ],
  [
    "curl -v",
    (one) =>
      `> GET /repos/acme-sample/api/keys HTTP/2\n> Host: api.github.com\n> Authorization: Bearer ghp_sampleTokenThatMustNotBeKept\n> \n< HTTP/2 ${one.status} \n${HEADERS(
        one,
      )
        .map(([name, value]) => `< ${name}: ${value}`)
        .join("\n")}\n< \n${bodyOf(one)}\n`,
  ],
  [
    "an error of Octokit",
    (one) =>
      `RequestError [HttpError]: ${one.html === true ? one.message : `${one.message} - https://docs.github.com/rest`}\n    at fetchWrapper (file:///srv/app/index.js:1:1) {\n  status: ${one.status},\n  request: {\n    method: 'GET',\n    url: '${URL}',\n    headers: { authorization: 'token [REDACTED]' }\n  },\n  response: {\n    url: '${URL}',\n    status: ${one.status},\n    headers: {\n${HEADERS(
        one,
      )
        .map(([name, value]) => `      '${name}': '${value}',`)
        .join("\n")}\n    }\n  }\n}\n`,
  ],
  [
    "JSON of an SDK",
    (one) =>
      JSON.stringify({
        name: "HttpError",
        status: one.status,
        request: { method: "GET", url: URL },
        response: {
          status: one.status,
          headers: Object.fromEntries(HEADERS(one)),
          data: one.html === true ? one.message : (JSON.parse(bodyOf(one)) as unknown),
        },
      }),
  ],
];

describe.each(FORMS)("as %s", (_form, write) => {
  test.each(SAID.map((one) => [`${one.status} ${one.message}`, one] as const))("%s", (_name, one) => {
    const found = refusalsIn(write(one));
    expect(found.map(({ verdict }) => verdict.signal)).toEqual([one.signal]);
    expect([found[0]?.verdict.reason, ...(found[0]?.verdict.next ?? [])].join("\n")).toMatch(one.says);
    expect(found[0]?.status).toBe(one.status);
    expect(JSON.stringify(found)).not.toContain("MustNotBeKept");
  });
});

const GH013 = `Enumerating objects: 4, done.
remote: Resolving deltas: 100% (1/1), completed with 1 local object.
remote: error: GH013: Repository rule violations found for refs/heads/main.
remote: Review all repository rules at https://github.com/acme-sample/api/rules?ref=refs%2Fheads%2Fmain
remote:
remote: - Changes must be made through a pull request.
remote:
remote: - 12 of 12 required status checks are expected.
remote:
To github.com:acme-sample/api.git
 ! [remote rejected] main -> main (push declined due to repository rule violations)
error: failed to push some refs to 'github.com:acme-sample/api.git'
`;

/** What git, `gh` and workflows print. */
const TEXTS: readonly (readonly [name: string, text: string, signal: string, says: RegExp, about?: object])[] = [
  [
    "a ruleset, once for all its lines",
    GH013,
    "ruleset",
    /to `refs\/heads\/main`: Changes must be made through a pull request; 12 of 12.*open a pull request.*let the checks run.*rules\?ref=/s,
    { organization: "acme-sample", repository: "acme-sample/api", ref: "refs/heads/main" },
  ],
  [
    "a protected branch",
    "remote: error: GH006: Protected branch update failed for refs/heads/release/1.2.\nremote: error: At least 1 approving review is required by reviewers with write access.\nTo https://github.com/acme-sample/api\n ! [remote rejected] HEAD -> release/1.2 (protected branch hook declined)\n",
    "protected-branch",
    /to `refs\/heads\/release\/1\.2`: At least 1 approving review.*get the approvals/s,
    { ref: "refs/heads/release/1.2" },
  ],
  [
    "nobody but a few may push",
    "remote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: error: You're not authorized to push to this branch. Visit https://docs.github.com/articles/about-protected-branches/ for more information.",
    "protected-branch",
    /list of those who may push/,
  ],
  [
    "a secret in the push",
    "remote: error: GH013: Repository rule violations found for refs/heads/main.\nremote: - GITHUB PUSH PROTECTION\nremote:   Push cannot contain secrets",
    "push-protection",
    /rotate it/,
  ],
  [
    "an app and a workflow file",
    " ! [remote rejected] main -> main (refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission)",
    "workflow-scope",
    /the app may not change workflow files \(`\.github\/workflows\/ci\.yml`\).*`workflows:write`/s,
    { ref: "main" },
  ],
  [
    "an OAuth app and a workflow file",
    "remote: refusing to allow an OAuth App to create or update workflow `.github/workflows/ci.yml` without `workflow` scope",
    "workflow-scope",
    /the OAuth app's token.*the scope `workflow`/s,
  ],
  [
    "a personal token and a workflow file",
    "! [remote rejected] x -> x (refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope)",
    "workflow-scope",
    /the personal token/,
  ],
  [
    "somebody without write",
    "remote: Permission to acme-sample/api.git denied to robin-sample.\nfatal: unable to access 'https://github.com/acme-sample/api.git/': The requested URL returned error: 403",
    "repository-write",
    /`robin-sample` may not write to `acme-sample\/api`.*ask for write/s,
    { actor: "robin-sample", repository: "acme-sample/api" },
  ],
  [
    "a workflow without contents: write",
    "remote: Permission to acme-sample/api.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/acme-sample/api/': The requested URL returned error: 403",
    "repository-write",
    /`contents: write`/,
    { actor: "github-actions[bot]" },
  ],
  [
    "a deploy key of another repository",
    "ERROR: Permission to acme-sample/api.git denied to deploy key\nfatal: Could not read from remote repository.",
    "deploy-key-elsewhere",
    /opens one repository only/,
    { repository: "acme-sample/api", actor: null },
  ],
  [
    "a deploy key that only reads",
    "ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.",
    "deploy-key-read-only",
    /add a key with write access/,
  ],
  [
    "a token whose selection lacks the repository",
    "remote: Write access to repository not granted.\nfatal: unable to access 'https://github.com/acme-sample/api.git/': The requested URL returned error: 403",
    "write-not-granted",
    /`contents:write`/,
  ],
  [
    "single sign-on over SSH",
    "ERROR: The `acme-sample' organization has enabled or enforced SAML SSO. To access\nthis repository, you must use the HTTPS remote with a personal access token\nor SSH with an SSH key and passphrase\nthat has been authorized for this organization.",
    "single-sign-on",
    /settings\/keys/,
    { organization: "acme-sample" },
  ],
  [
    "single sign-on over HTTPS",
    "remote: The 'acme-sample' organization has enabled or enforced SAML SSO.\nremote: To access this repository, visit https://github.com/orgs/acme-sample/sso?authorization_request=SAMPLE\nfatal: unable to access 'https://github.com/acme-sample/api.git/': The requested URL returned error: 403",
    "single-sign-on",
    /authorise this token for SSO at https:\/\/github\.com\/orgs\/acme-sample\/sso\?authorization_request=SAMPLE$/m,
  ],
  [
    "the allow list at a checkout",
    "remote: The repository owner has an IP allow list enabled, and 203.0.113.7 is not permitted to access this repository.\nfatal: unable to access 'https://github.com/acme-sample/api/': The requested URL returned error: 403",
    "ip-allow-list",
    /refuses `203\.0\.113\.7`/,
  ],
  [
    "an archived repository at a push",
    "remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/acme-sample/api.git/': The requested URL returned error: 403",
    "archived",
    /is archived/,
  ],
  [
    "a repository git does not find",
    "remote: Repository not found.\nfatal: repository 'https://github.com/acme-sample/api.git/' not found",
    "hidden-or-gone",
    /also hides/,
    { repository: "acme-sample/api" },
  ],
  [
    "a repository git does not find over SSH",
    "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.",
    "hidden-or-gone-ssh",
    /also hides.*whose key is offered/s,
  ],
  [
    "a key nobody knows",
    "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
    "unknown-key",
    /settings\/keys/,
  ],
  [
    "a password",
    "remote: Support for password authentication was removed on August 13, 2021.\nfatal: Authentication failed for 'https://github.com/acme-sample/api.git/'",
    "git-password",
    /make a new token/,
  ],
  ["gh and a repository", "gh: Not Found (HTTP 404)", "hidden-or-gone", /also hides/],
  [
    "gh and a scope",
    'gh: This API operation needs the "admin:org" scope. To request it, run:  gh auth refresh -h github.com -s admin:org',
    "missing-scope",
    /the scope `admin:org`/,
  ],
  [
    "gh and GraphQL",
    "GraphQL: Resource not accessible by integration (createPullRequest)",
    "app-permission",
    /the app lacks a permission/,
  ],
  [
    "a workflow whose token lacks a permission",
    "Run actions/github-script@v7\nRequestError [HttpError]: Resource not accessible by integration\n  status: 403,\n  headers: {\n    'x-accepted-github-permissions': 'pull_requests=write; issues=write'\n  }\n##[error]Unhandled error: HttpError: Resource not accessible by integration",
    "app-permission",
    /`GITHUB_TOKEN` lacks.*`pull-requests: write` at the job.*from a fork/s,
  ],
  [
    "a workflow whose token can never have it",
    "Run actions/github-script@v7\nHttpError: Resource not accessible by integration\n  'x-accepted-github-permissions': 'administration=write'",
    "app-permission",
    /can never have `administration:write`/,
  ],
  [
    "a called workflow that asks for more than its caller has",
    "Error calling workflow 'acme-sample/shared/.github/workflows/release.yml@v1'. The nested job 'release' is requesting 'contents: write', but is only allowed 'contents: read'.",
    "nested-permission",
    /`contents: write` at the job that calls it/,
  ],
  [
    "Actions and pull requests",
    "##[error]GitHub Actions is not permitted to create or approve pull requests.",
    "actions-pull-requests",
    /Workflow permissions/,
  ],
  [
    "no OIDC token",
    "##[error]Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable",
    "id-token",
    /`id-token: write`/,
  ],
  [
    "no OIDC token, without what a log sets before it",
    "Error: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable",
    "id-token",
    /`id-token: write`/,
  ],
  [
    "a job with neither token nor keys",
    "Error: Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers",
    "job-without-credentials",
    /`id-token: write`.*from a fork/s,
  ],
  [
    "a personal token, and GitHub does not say what it lacks",
    "gh: Resource not accessible by personal access token (HTTP 403)",
    "token-permission",
    /does not say which\n(?!add it).*no personal token is let in/s,
  ],
  [
    "a branch that may not deploy",
    'Branch "topic" is not allowed to deploy to production due to environment protection rules.',
    "environment",
    /`production` does not let `topic` deploy/,
  ],
  [
    "an action the policy keeps out",
    "sample/deploy@v1 is not allowed to be used in acme-sample/api. Actions in this workflow must be: within a repository owned by acme-sample.",
    "action-not-allowed",
    /`sample\/deploy@v1` run in `acme-sample\/api`/,
    { repository: "acme-sample/api" },
  ],
  [
    "GraphQL's answer as it is",
    '{"data":{"organization":null},"errors":[{"type":"FORBIDDEN","path":["organization"],"extensions":{"saml_failure":true},"message":"Resource protected by organization SAML enforcement."}]}',
    "single-sign-on-graphql",
    /not authorised for single sign-on/,
  ],
  [
    "the body alone",
    '{"message":"Must have admin rights to Repository.","documentation_url":"https://docs.github.com/rest"}',
    "repository-admin",
    /administer/,
  ],
  [
    "a Go client's line",
    "GET https://api.github.com/repos/acme-sample/api/keys: 403 Resource not accessible by integration []",
    "app-permission",
    /the app lacks a permission/,
    { call: "GET /repos/acme-sample/api/keys", repository: "acme-sample/api" },
  ],
];

describe("what people paste", () => {
  test.each(TEXTS.map((one) => [one[0], one] as const))("%s", (_name, [, text, signal, says, about = {}]) => {
    const found = refusalsIn(text);
    expect(found.map(({ verdict }) => verdict.signal)).toEqual([signal]);
    expect([found[0]?.verdict.reason, ...(found[0]?.verdict.next ?? [])].join("\n")).toMatch(says);
    expect(found[0]?.about).toMatchObject(about);
  });

  test("line ends of Windows, colours and indentation are no obstacle", () => {
    const text = GH013.split("\n")
      .map((line) => `\u001b[31m  ${line}\u001b[0m`)
      .join("\r\n");
    expect(refusalsIn(text).map(({ verdict }) => verdict.signal)).toEqual(["ruleset"]);
  });

  test.each([
    ["the log of a run", (line: string) => `2026-11-20T10:00:00.1234567Z ${line}`],
    ["`gh run view --log`", (line: string) => `release\tPush the tag\t2026-11-20T10:00:00.1234567Z ${line}`],
  ])("%s is read behind its prefixes", (_name, write) => {
    expect(
      refusalsIn(GH013.split("\n").map(write).join("\n")).map(({ line, verdict }) => [line, verdict.signal]),
    ).toEqual([[2, "ruleset"]]);
  });

  test("several refusals in one log are several, with their lines", () => {
    const log = `starting\nHttpError: Resource not accessible by integration - https://docs.github.com/rest\ngoing on\n##[error]GitHub Actions is not permitted to create or approve pull requests.\n`;
    expect(refusalsIn(log).map(({ line, verdict }) => [line, verdict.signal])).toEqual([
      [2, "app-permission"],
      [4, "actions-pull-requests"],
    ]);
  });

  test("a list of answers gives one each", () => {
    const of = (message: string) => ({ status: 403, message, documentation_url: "https://docs.github.com/rest" });
    const text = JSON.stringify([
      of("Must have admin rights to Repository."),
      of("This installation has been suspended"),
    ]);
    expect(refusalsIn(text).map(({ verdict }) => verdict.signal)).toEqual([
      "repository-admin",
      "installation-suspended",
    ]);
  });

  test.each([
    ["AWS", "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject"],
    ["AWS with a status", "Service: S3, Status Code: 403, Request ID: X, AccessDenied: amazonaws.com"],
    [
      "AWS in the log of a workflow",
      "Run aws-actions/configure-aws-credentials@v4\nhttps://github.com/acme-sample\n##[error]Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity (status code: 403)",
    ],
    ["another server", "HTTP/1.1 404 Not Found\nserver: sample\n\nNot Found"],
    ["a limit of somebody", "Rate limit exceeded"],
    ["a successful answer", "HTTP/2 200 \nserver: github.com\n\n[]"],
    ["nothing", ""],
  ])("%s is not taken for GitHub", (_name, text) => {
    expect(refusalsIn(text)).toEqual([]);
  });
});

describe("what may be a secret", () => {
  const SECRETS = [
    "ghp_sampleSampleSampleSampleSampleSampleSa",
    "github_pat_11SAMPLE0_sampleSampleSample",
    "gho_sampleSampleSample",
    "ghu_sampleSampleSample",
    "ghs_sampleSampleSample",
    "ghr_sampleSampleSample",
    "v1.0123456789abcdef0123456789abcdef01234567",
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2FtcGxl",
  ];
  test.each(SECRETS)("%s is taken out", (secret) => {
    for (const text of [secret, `token=${secret}`, `"${secret}"`, `https://x-access-token:${secret}@github.com/a/b`])
      expect(withoutSecrets(text)).not.toContain(secret.slice(0, 12));
  });

  test.each([
    ["Authorization: Bearer 0123456789abcdef0123456789abcdef01234567", "Authorization: [hidden]"],
    ["> authorization: token 0123456789abcdef", "> authorization: [hidden]"],
    ["authorization: 'Basic c2FtcGxlOnNhbXBsZQ=='", "authorization: '[hidden]'"],
    ['"Authorization": "sample-opaque"', '"Authorization": "[hidden]"'],
    ["Set-Cookie: _gh_sess=sample; path=/", "Set-Cookie: [hidden]"],
    ["https://robin:sample@github.com/a/b.git", "https://github.com/a/b.git"],
    ["GH_TOKEN=sample gh api user", "GH_TOKEN=[hidden] gh api user"],
  ])("%s", (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });

  test("what is no secret stays", () => {
    const text =
      "Encoded authorization failure message: abcDEF. commit 0123456789abcdef0123456789abcdef01234567, token expired, basic permissions, https://github.com/orgs/a/sso?authorization_request=SAMPLE";
    expect(withoutSecrets(text)).toBe(text);
  });
});
