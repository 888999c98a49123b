import type { Signal } from "../signal.ts";

const named = (caught: RegExpExecArray | null): string => {
  const name = caught?.groups?.["organization"];
  return name === undefined ? "the organization" : `the organization \`${name}\``;
};

/** What an organization decided about the ways into it, whatever the person may do. */
export const ORGANIZATION_POLICY: readonly Signal[] = [
  {
    id: "ip-allow-list",
    kind: "denied",
    words:
      /(?:[`'"](?<organization>[\w.-]+)[`'"] )?(?:organization|enterprise|repository owner) has an IP allow list enabled(?:, and (?<address>[\da-f.:]+) is not)?|IP address is not permitted/i,
    own: true,
    reason: (_, caught) => {
      const address = caught?.groups?.["address"];
      return `the IP allow list of ${named(caught)} refuses ${address === undefined ? "this address" : `\`${address}\``}`;
    },
    next: ["let the address in there, or come from one that is in it: it holds for public repositories as well"],
    whom: ["organization-owner"],
  },
  {
    id: "oauth-app-restricted",
    kind: "denied",
    words:
      /(?:[`'"](?<organization>[\w.-]+)[`'"] )?organization has (?:enabled|restricted) OAuth App(?:lication)? access(?: restrictions)?|OAuth App access restrictions|third-party application restrictions/i,
    own: true,
    reason: (_, caught) => `${named(caught)} restricts OAuth apps, and this one is not approved`,
    next: (_, caught) => {
      const name = caught?.groups?.["organization"];
      const where =
        name === undefined
          ? "in the organization's settings"
          : `at https://github.com/organizations/${name}/settings/oauth_application_policy`;
      return [`an owner has to approve this one ${where}, or use a token the restriction does not cover`];
    },
    whom: ["organization-owner"],
  },
  {
    id: "token-lifetime",
    kind: "denied",
    words:
      /(?:[`'"](?<organization>[\w.-]+)[`'"] )?(?:organization |enterprise )?forbids access via (?:an? )?(?:fine-grained )?personal access tokens? (?:\(classic\) )?(?:if|whose) (?:the token's )?lifetime(?: is greater than (?<days>\d+) days)?/i,
    own: true,
    reason: (_, caught) => {
      const days = caught?.groups?.["days"];
      return `${named(caught)} does not let tokens in that live ${days === undefined ? "so long" : `longer than ${days} days`}`;
    },
    next: ({ message }) => {
      const page = /https:\/\/[^\s"']+\/settings\/personal-access-tokens\/\d+/.exec(message)?.[0];
      return [`make one that expires sooner${page === undefined ? "" : `: ${page}`}`];
    },
    whom: ["token-owner"],
  },
  {
    id: "classic-token-forbidden",
    kind: "denied",
    words:
      /(?:[`'"](?<organization>[\w.-]+)[`'"] )?(?:organization |enterprise )?forbids access via (?:an? )?personal access tokens? \(classic\)/i,
    own: true,
    reason: (_, caught) => `${named(caught)} does not let classic tokens in`,
    next: ["use another kind: a fine-grained token of the organization, or a GitHub App"],
    whom: ["token-owner"],
  },
  {
    id: "fine-grained-token-forbidden",
    kind: "denied",
    words:
      /(?:[`'"](?<organization>[\w.-]+)[`'"] )?(?:organization |enterprise )?forbids access via (?:an? )?fine-grained personal access tokens?/i,
    own: true,
    reason: (_, caught) => `${named(caught)} does not let fine-grained tokens in`,
    next: ["use another kind: a GitHub App, or ask an owner to allow them"],
    whom: ["organization-owner"],
  },
  {
    id: "installation-suspended",
    kind: "denied",
    words: /installation has been suspended/i,
    own: true,
    reason: "the app is suspended in the organization",
    next: ["unsuspend it in the organization's settings, under installed GitHub Apps"],
    whom: ["organization-owner"],
  },
  {
    id: "action-not-allowed",
    kind: "denied",
    words:
      /(?<action>[\w.-]+\/[\w./-]+@[\w./-]+) is not allowed (?:to be used )?in (?<repository>[\w.-]+\/[\w-]+(?:\.[\w-]+)*)/i,
    own: true,
    reason: (_, caught) =>
      `the policy for Actions does not let \`${caught?.groups?.["action"] ?? "the action"}\` run in \`${caught?.groups?.["repository"] ?? "the repository"}\``,
    next: ["use an action the policy allows, or have it added in the settings under Actions, General"],
    whom: ["organization-owner", "repository-admin"],
  },
  {
    id: "governed-elsewhere",
    kind: "governed",
    words:
      /team synchronization|externally managed|external group|identity provider|managed by (?:an? |your )?(?:IdP|enterprise)|Enterprise Managed Users?/i,
    reason: "the identity provider decides about it",
    next: ["change it there"],
    whom: ["identity-provider"],
  },
];
