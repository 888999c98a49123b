import { expect, test } from "vitest";
import { parseAwsSettings } from "../../connectors/aws/settings.ts";
import { parseGitHubSettings } from "../../connectors/github/settings.ts";
import type { AuditError } from "../../src/model/audit-error.ts";

const faultOf = (parse: () => unknown): readonly [string, string | undefined] => {
  try {
    parse();
  } catch (error) {
    const { message, hint } = error as AuditError;
    return [message, hint];
  }
  throw new Error("the settings were taken");
};

test.each<[string, () => unknown, string, string]>([
  [
    "a key of a connector that is not known",
    () => parseAwsSettings({ organisation: true }),
    "`connectors.aws` has no key `organisation`",
    "did you mean `organization`?",
  ],
  [
    "one inside a list",
    () => parseAwsSettings({ tenants: [{ tenant: "111122223333", rolArn: "x" }] }),
    "`connectors.aws.tenants[0]` has no key `rolArn`",
    "did you mean `roleArn`?",
  ],
  [
    "one that is like none",
    () => parseGitHubSettings({ organizations: [{ organization: "acme-sample", colour: "red" }] }),
    "`connectors.github.organizations[0]` has no key `colour`",
    "known are `organization`, `tokenFrom`, `app`, `ownApps`, `enterprise`, `baseUrl`",
  ],
  [
    "a token beside an app",
    () =>
      parseGitHubSettings({
        organizations: [
          { organization: "acme-sample" },
          { organization: "acme-two", tokenFrom: "A", app: { id: 1, privateKeyFrom: "B" } },
        ],
      }),
    "`connectors.github.organizations[1]`: names both `tokenFrom` and `app`: leave one of them out, an app signs in without a token",
    "connectors: { github: { organizations: [{ organization: your-org, tokenFrom: GITHUB_TOKEN }] } }",
  ],
  [
    "a misspelt key is told before what is missing for it",
    () => parseGitHubSettings({ organisations: [] }),
    "`connectors.github` has no key `organisations`",
    "did you mean `organizations`?",
  ],
  [
    "a value of another kind",
    () => parseAwsSettings({ tenants: [{ tenant: 111122223333 }] }),
    "`connectors.aws.tenants[0].tenant`: write the 12 digits in quotes",
    "connectors/aws/README.md lists the settings",
  ],
])("%s", (_name, parse, message, hint) => {
  expect(faultOf(parse)).toEqual([message, hint]);
});

test("an organization without either is read with `GITHUB_TOKEN`", () => {
  const { organizations } = parseGitHubSettings({ organizations: [{ organization: "acme-sample" }] });
  expect(organizations[0]?.tokenFrom).toBe("GITHUB_TOKEN");
});
