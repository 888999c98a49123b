import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readCsv } from "../../src/text/csv.ts";
import { matchesPattern } from "../../src/text/pattern.ts";
import { acmeFiles } from "../tools/make-acme.ts";
import { NOW, readSample, SAMPLE, type ReadSample } from "./read-sample.ts";

const written = new Map(
  readdirSync(SAMPLE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(SAMPLE, path), readFileSync(path, "utf8")] as const),
);
const text = (path: string): string => written.get(path) ?? "";
const TENANTS = ["111122223333", "222233334444", "333344445555"];

describe("the files of the sample company", () => {
  test("are what their generator writes, every time", () => {
    const made = acmeFiles();
    expect([...written.keys()].sort()).toEqual([...made.keys()].sort());
    for (const [path, content] of made) expect(written.get(path) === content, `${path} differs`).toBe(true);
    expect([...acmeFiles()]).toEqual([...made]);
  });

  test("stay small enough to ship with the product", () => {
    const bytes = [...written.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    expect(bytes).toBeLessThan(1_500_000);
    expect(bytes).toBeGreaterThan(100_000);
  });

  test.each([...written].filter(([path]) => path.endsWith(".json")))("%s is JSON", (_path, content) => {
    expect(() => JSON.parse(content) as unknown).not.toThrow();
  });

  test("hold nothing that looks like a secret, and no name or address that could be somebody's", () => {
    for (const [path, content] of written) {
      expect(content, path).not.toMatch(
        /gh[pousr]_[A-Za-z0-9]|github_pat_|-----BEGIN|SecretAccessKey|SessionToken|AKIA(?!SAMPLE)[A-Z0-9]{16}|temp_clone_token/,
      );
      // The form of an AWS secret key: forty characters of base64 in a row.
      const long = (content.match(/(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g) ?? []).filter(
        (word) => !/^arn|\//.test(word),
      );
      expect(long, path).toEqual([]);
      const hosts = [...content.matchAll(/@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)].map(([, host]) => host);
      expect(
        [...new Set(hosts)].filter((host) => host?.endsWith(".example") !== true),
        path,
      ).toEqual([]);
      const sites = [...content.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map(([, host]) => host ?? "");
      const allowed = /\.invalid$|^signin\.aws\.amazon\.com$/;
      expect(
        [...new Set(sites)].filter((host) => !allowed.test(host)),
        path,
      ).toEqual([]);
    }
  });

  test("say nothing that happened after they were recorded", () => {
    // What is still to come: ends of approvals, contracts, tokens and certificates.
    const coming = /end_date|expires|Expiration|ValidUntil|token_expires_at/;
    for (const [path, content] of written) {
      if (/approvals\.csv|roster\.csv|decisions\.json/.test(path)) continue;
      for (const line of content.split("\n").filter((one) => !coming.test(one))) {
        for (const [moment] of line.matchAll(/20\d\d-\d\d-\d\dT[\d:]+(?:Z|\+00:00)/g)) {
          expect(Date.parse(moment) <= Date.parse(NOW), `${path}: ${moment}`).toBe(true);
        }
        const stamp = /"created_at": (\d{13})/.exec(line);
        if (stamp !== null) expect(Number(stamp[1])).toBeLessThanOrEqual(Date.parse(NOW));
      }
    }
  });

  test.each(TENANTS)("ids of tenant %s have AWS's form and stand there once", (digits) => {
    const sweep = JSON.parse(text(`aws/${digits}/account-authorization-details.json`)) as Record<
      "UserDetailList" | "GroupDetailList" | "RoleDetailList" | "Policies",
      Readonly<Record<string, unknown>>[]
    >;
    const ids = [
      ...sweep.UserDetailList.map(({ UserId }) => ["AIDA", UserId]),
      ...sweep.GroupDetailList.map(({ GroupId }) => ["AGPA", GroupId]),
      ...sweep.RoleDetailList.map(({ RoleId }) => ["AROA", RoleId]),
      ...sweep.Policies.map(({ PolicyId }) => ["ANPA", PolicyId]),
    ].map(([prefix, id]) => [String(prefix), String(id)] as const);
    expect(ids.filter(([prefix, id]) => !new RegExp(`^${prefix}SAMPLE[A-Z0-9]{11}$`).test(id))).toEqual([]);
    const keys = JSON.parse(text(`aws/${digits}/access-keys.json`)) as Record<string, { AccessKeyId: string }[]>;
    const keyIds = Object.values(keys).flatMap((list) => list.map(({ AccessKeyId }) => AccessKeyId));
    expect(keyIds.filter((id) => !/^AKIASAMPLE\d{10}$/.test(id))).toEqual([]);
    const all = [...ids.map(([, id]) => id), ...keyIds];
    expect(new Set(all).size).toBe(all.length);
    // The files beside the sweep are about the same users.
    const users = sweep.UserDetailList.map(({ UserName }) => String(UserName)).sort();
    for (const file of ["access-keys", "login-profiles", "mfa-devices", "ssh-public-keys", "signing-certificates"]) {
      const about = Object.keys(JSON.parse(text(`aws/${digits}/${file}.json`)) as object).sort();
      expect(about, file).toEqual(users);
    }
    const report = readCsv(text(`aws/${digits}/credential-report.csv`)).rows.map(({ cells }) => cells[0]);
    expect(report.sort()).toEqual(["<root_account>", ...users].sort());
  });
});

describe("the company in the files", () => {
  let sample: ReadSample;
  beforeAll(async () => void (sample = await readSample()));

  test("has the size that was promised", () => {
    const { identities, tenants, resources, principals } = sample.graph.snapshot;
    const employed = (what: string): number => identities.filter(({ employment }) => employment === what).length;
    expect(identities.length).toBe(60);
    expect([employed("left"), employed("leaving"), employed("external")]).toEqual([3, 2, 4]);
    expect(new Set(identities.map(({ department }) => department)).size).toBeGreaterThan(5);
    expect(identities.filter(({ managerId }) => managerId === null).map(({ id }) => id)).toEqual(["identity:p001"]);
    expect(tenants.map(({ name }) => name).sort()).toEqual([
      "acme-management",
      "acme-production",
      "acme-sample",
      "acme-sandbox",
      "roster",
    ]);
    expect(resources.filter(({ kind }) => kind === "repository").length).toBe(40);
    expect(principals.length).toBeGreaterThan(120);
  });

  test("is read whole, but for the resources of the sandbox, which nobody listed, whom rulesets of the enterprise leave out, licenses, and what is asked for nowhere", () => {
    const gaps = sample.graph.snapshot.coverage.filter(({ state }) => state !== "complete");
    expect(gaps.map(({ tenantId, kind, state }) => [tenantId, kind, state])).toEqual([
      ["aws:333344445555", "resource-policy", "skipped"],
      ["aws:333344445555", "running-as", "skipped"],
      ["github:O_sample0001", "bypass-actor", "partial"],
      ["github:O_sample0001", "classic-token", "skipped"],
      ["github:O_sample0001", "license", "denied"],
      ["github:O_sample0001", "oauth-app", "skipped"],
      ["github:O_sample0001", "oauth-grant", "skipped"],
      ["github:O_sample0001", "other-secret", "skipped"],
      ["github:O_sample0001", "personal-key", "skipped"],
      ["github:O_sample0001", "repository-runner", "skipped"],
      ["github:O_sample0001", "unused-variable", "skipped"],
    ]);
    expect(sample.warnings).toEqual([]);
  });

  test("has last uses over twelve months and more", () => {
    const { credentials, principals, usage } = sample.graph.snapshot;
    const used = [...credentials, ...principals, ...usage]
      .flatMap(({ lastUsedAt }) => (lastUsedAt.known && lastUsedAt.value !== "never" ? [lastUsedAt.value] : []))
      .map((at) => at.slice(0, 7));
    expect(new Set(used.filter((month) => month >= "2025-11")).size).toBeGreaterThan(8);
  });

  test.each([
    ["a formula as a group's name", '=HYPERLINK("https://sample.invalid","analysts")'],
    ["a person with umlauts", "Björn Umläut"],
  ])("has names that try something: %s", (_what, name) => {
    const { principals, identities } = sample.graph.snapshot;
    expect([...principals, ...identities].map(({ displayName }) => displayName)).toContain(name);
  });

  test("has markup where people look: in a tag and in the title of a key", () => {
    const { credentials, principals } = sample.graph.snapshot;
    expect(credentials.map(({ displayHint }) => displayHint)).toContain("<b>trial</b> key");
    const tags = principals.flatMap(({ tags: all }) => (all.known ? Object.values(all.value) : []));
    expect(tags).toEqual(expect.arrayContaining([expect.stringMatching(/^=/), expect.stringContaining("<script>")]));
  });

  test("every owner, approver and mapped person is somebody of the roster", () => {
    const { identities, owners, approvals, relations } = sample.graph.snapshot;
    const known = new Set(identities.flatMap(({ id, email }) => [id.slice("identity:".length), email ?? ""]));
    const named = [
      ...owners.flatMap(({ businessOwner, technicalOwner }) => [businessOwner, technicalOwner]),
      ...approvals.map(({ approvedBy }) => approvedBy),
      ...relations.filter(({ kind }) => kind === "identity-map").map(({ fromId }) => fromId.slice("identity:".length)),
    ];
    expect(named.filter((who) => who !== null && who !== "" && !known.has(who))).toEqual([]);
  });

  test("every row of the lists means something that is there", () => {
    const { owners, approvals, principals, resources, relations } = sample.graph.snapshot;
    const things = [...principals, ...resources].flatMap(({ displayName, locator }) => [displayName, locator]);
    const meant = (pattern: string): boolean => things.some((thing) => matchesPattern(pattern, thing));
    expect(owners.map(({ native }) => native).filter((native) => !meant(native))).toEqual([]);
    expect(approvals.map(({ principal }) => principal).filter((principal) => !meant(principal))).toEqual([]);
    const mapped = relations.filter(({ kind }) => kind === "identity-map").map(({ toId }) => toId.split("|")[2] ?? "");
    expect(mapped.filter((native) => !meant(native))).toEqual([]);
  });
});

/** Ways to become an administrator in more than one step: open, blocked and under a condition. Their parts must stay. */
describe("paths to administration of production", () => {
  const sweep = text("aws/222233334444/account-authorization-details.json");
  test.each([
    [
      "one hop: a developer may change the code of a function that runs as an administrator",
      ["oz.promiset", "report-developers", "lambda:UpdateFunctionCode", "function:nightly-report"],
    ],
    [
      "two hops: a developer may become the role that may pass the administrator's role on",
      ["cal.iterato", "role/build-runner", "iam:PassRole", "lambda:CreateFunction", "role/nightly-report"],
    ],
    [
      "blocked: somebody may attach policies to itself, but for the boundary",
      ["xen.currier", "self-service", "iam:AttachUserPolicy", "PermissionsBoundaryArn"],
    ],
    ["conditional: with a second factor only", ["pia.foobar", "payments-admin", "aws:MultiFactorAuthPresent"]],
    ["from GitHub: whoever may push to a repository", ["github-infrastructure", "repo:acme-sample/infrastructure:*"]],
  ])("%s", (_name, parts) => {
    for (const one of parts) expect(sweep).toContain(one);
  });

  test("the function runs as the administrator", () => {
    const resources = JSON.parse(text("aws/222233334444/resources.json")) as { arn: string; roleArn?: string }[];
    expect(resources.find(({ arn }) => arn.endsWith(":function:nightly-report"))?.roleArn).toMatch(
      /role\/nightly-report$/,
    );
  });
});
