import { acceptedPermissions, NO_NEEDS, permissionWords, scopeWords, type Needs } from "../needs.ts";
import type { Seen, Signal } from "../signal.ts";
import { workflowSteps } from "../workflow-permissions.ts";

const lacks =
  (what: string) =>
  (seen: Seen): string =>
    seen.needs.permissions.length > 0
      ? `${what} lacks ${permissionWords(seen.needs.permissions)}`
      : `${what} lacks a permission, and GitHub does not say which`;

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/['"`]([\w:]+)['"`]/g)].map(([, one = ""]) => one);

/** Permissions of apps and fine-grained tokens, scopes of classic ones (GitHub: "Troubleshooting the REST API"). */
export const PERMISSION: readonly Signal[] = [
  {
    id: "workflow-scope",
    kind: "denied",
    words:
      /refusing to allow an? (?<who>GitHub App|OAuth App|Personal Access Token|[\w -]+?) to create or update workflow\s+[`'"]?(?<file>[^`'"\s]+)?[`'"]?\s*without [`'"]?workflows?[`'"]?/i,
    own: true,
    reason: (_, caught) =>
      `${credentialOf(caught)} may not change workflow files${caught?.groups?.["file"] === undefined ? "" : ` (\`${caught.groups["file"]}\`)`}`,
    next: (seen, caught) => {
      if (/app/i.test(caught?.groups?.["who"] ?? "") && !/oauth/i.test(caught?.groups?.["who"] ?? ""))
        return seen.where === "actions"
          ? ["`GITHUB_TOKEN` can never have it: push with an app or a fine-grained token that has `workflows:write`"]
          : ["give the app `workflows:write`, and let an owner of the organization accept it"];
      return [
        "give the token the scope `workflow`, or `workflows:write` where it is fine-grained (`gh auth refresh -s workflow` for GitHub's command line)",
      ];
    },
    needs: (_, caught): Needs =>
      /OAuth|Personal/i.test(caught?.groups?.["who"] ?? "")
        ? { permissions: [], scopes: ["workflow"] }
        : { permissions: [[{ name: "workflows", level: "write" }]], scopes: [] },
    whom: ["token-owner", "organization-owner"],
  },
  {
    id: "nested-permission",
    kind: "denied",
    words:
      /(?:nested job '(?<job>[^']+)'|workflow) is requesting '(?<wanted>[^']+)', but is only allowed '(?<allowed>[^']+)'/i,
    own: true,
    reason: (_, caught) =>
      `the called workflow asks for \`${caught?.groups?.["wanted"] ?? ""}\`, and the one that calls it may only pass on \`${caught?.groups?.["allowed"] ?? ""}\``,
    next: (_, caught) => [
      `write \`permissions:\` with \`${(caught?.groups?.["wanted"] ?? "").split(",").join("`, `")}\` at the job that calls it`,
    ],
    needs: (_, caught) => ({ permissions: acceptedPermissions(caught?.groups?.["wanted"] ?? ""), scopes: [] }),
    whom: ["repository-admin"],
  },
  {
    id: "id-token",
    kind: "denied",
    words:
      /Unable to get ACTIONS_ID_TOKEN_REQUEST_URL|ACTIONS_ID_TOKEN_REQUEST_(?:URL|TOKEN)\b.*(?:not set|missing|undefined)|set the `?id-token`? permission/i,
    own: true,
    reason: "the job may not ask GitHub for an OIDC token: it lacks `id-token:write`",
    next: [
      "write `permissions:` with `id-token: write` at the job; a called workflow gets no more than its caller has",
    ],
    needs: () => ({ permissions: [[{ name: "id-token", level: "write" }]], scopes: [] }),
    whom: ["repository-admin"],
  },
  {
    // The action looks for keys where nothing lets it ask for a token (`aws-actions/configure-aws-credentials`).
    id: "job-without-credentials",
    kind: "denied",
    words: /Credentials could not be loaded, please check your action inputs/i,
    own: true,
    reason: "the job has neither a token for AWS nor keys: with `role-to-assume` alone it lacks `id-token:write`",
    next: [
      "write `permissions:` with `id-token: write` (and `contents: read`) at the job; a called workflow gets no more than its caller has",
      "a pull request from a fork or by Dependabot gets neither token nor secrets: run it on a push instead",
      "where keys are meant, look whether the secrets exist there and are passed to the action",
    ],
    needs: () => ({ permissions: [[{ name: "id-token", level: "write" }]], scopes: [] }),
    whom: ["repository-admin"],
  },
  {
    id: "actions-pull-requests",
    kind: "denied",
    words: /GitHub Actions is not permitted to create or approve pull requests/i,
    own: true,
    reason: "the settings do not let Actions open or approve pull requests, whatever the job's permissions",
    next: [
      "open it with an app's token, or switch it on under Actions, General, Workflow permissions: whoever can write a workflow can then approve with it",
    ],
    whom: ["repository-admin", "organization-owner"],
  },
  {
    id: "app-permission",
    kind: "denied",
    words: /Resource not accessible by integration/i,
    own: true,
    reason: (seen) => lacks(seen.where === "actions" ? "`GITHUB_TOKEN`" : "the app")(seen),
    next: (seen) =>
      seen.where === "actions"
        ? workflowSteps(seen.needs)
        : seen.needs.permissions.length > 0
          ? ["add it in the app's settings, then let an owner of the organization accept it"]
          : [
              "compare the app's permissions with the page of this call in GitHub's documentation: it may also be closed to apps",
            ],
    whom: ["app-owner", "organization-owner"],
  },
  {
    id: "token-permission",
    kind: "denied",
    words: /Resource not accessible by personal access token/i,
    own: true,
    reason: lacks("the token"),
    next: ({ needs }) =>
      needs.permissions.length > 0
        ? [
            "add it to the token, whose resource owner must be the organization",
            "have the repository among those selected",
          ]
        : [
            "look at the page of this call in GitHub's documentation: it names the permission, or says that no personal token is let in",
            "where one is, the token's resource owner must be the organization, and the repository among those selected",
          ],
    whom: ["token-owner"],
  },
  {
    id: "missing-scope",
    kind: "denied",
    words:
      /required scopes? to execute|requires one of the following scopes?:?|API operation needs the ["'`](?<scope>[\w:]+)["'`] scope|missing (?:the )?(?:required )?scopes?\b/i,
    shows: ({ type }) => type === "INSUFFICIENT_SCOPES",
    reason: ({ message }) => {
      const field = /The '([^']+)' field/.exec(message)?.[1];
      return `the token lacks the scope for ${field === undefined ? "what was asked" : `\`${field}\``}`;
    },
    next: (seen, caught) => {
      const { scopes } = scopesIn(seen, caught);
      return scopes.length === 0 ? [] : [`give it ${scopeWords(scopes)} at https://github.com/settings/tokens`];
    },
    needs: scopesIn,
    whom: ["token-owner"],
  },
];

function scopesIn({ message }: Seen, caught: RegExpExecArray | null): Needs {
  const one = caught?.groups?.["scope"];
  if (one !== undefined) return { permissions: [], scopes: [one] };
  const listed = /following scopes?:?\s*\[?([^\]]*?)(?:\]|, but\b|$)/i.exec(message)?.[1];
  return listed === undefined ? NO_NEEDS : { permissions: [], scopes: quoted(listed) };
}

function credentialOf(caught: RegExpExecArray | null): string {
  const who = (caught?.groups?.["who"] ?? "").toLowerCase();
  if (who.includes("oauth")) return "the OAuth app's token";
  if (who.includes("personal")) return "the personal token";
  return "the app";
}
