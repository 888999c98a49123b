import { headerOf } from "../answer.ts";
import { firstSentence } from "../first-sentence.ts";
import type { Seen, Signal } from "../signal.ts";
import { LATER, waiting } from "../waiting.ts";

const HIDES = `GitHub answers "not found", which also hides what the token may not see`;

/** What the thing asked for is, or is not. */
export const STATE: readonly Signal[] = [
  {
    id: "legal",
    kind: "denied",
    words: /Repository access blocked|DMCA|trade controls/i,
    shows: ({ status }) => status === 451,
    reason: "GitHub closed it for legal reasons or for a breach of its terms",
    next: ["the page of the repository says which"],
  },
  {
    id: "branch-not-protected",
    kind: "none",
    words: /Branch not protected/i,
    own: true,
    reason: "the branch has no classic protection; rulesets may hold all the same",
    next: [],
  },
  {
    id: "branch-gone",
    kind: "gone",
    words: /Branch not found|Reference does not exist|No commit found for/i,
    status: [404, 422],
    reason: "there is no such branch in a repository that can be seen",
    next: ["look at the name: it may have been deleted or renamed since"],
  },
  {
    id: "empty-repository",
    kind: "none",
    words: /Git Repository is empty/i,
    own: true,
    reason: "the repository is empty",
    next: [],
  },
  {
    id: "moved",
    kind: "moved",
    words: /Moved Permanently|This repository moved|Temporary Redirect|repository has moved/i,
    status: [301, 302, 307, 308],
    shows: ({ status }) => status === 301 || status === 307 || status === 308,
    reason: ({ headers, message }) => {
      const to = headerOf(headers, "location") ?? /https:\/\/\S*github\S*/.exec(message)?.[0];
      return `the repository or its organization was renamed or transferred${to === undefined ? "" : `: it is at ${to}`}`;
    },
    next: [
      "ask under the new name",
      "look at trust policies that name it: since July 2026 its OIDC subject carries ids once it was renamed or transferred",
    ],
  },
  {
    // Only GitHub's SSH says it in these words; over HTTPS the line names github.com.
    id: "hidden-or-gone-ssh",
    kind: "gone",
    words: /^\s*ERROR: Repository not found\b/m,
    own: true,
    reason: HIDES,
    next: [
      "look whether it exists under this name: `git remote -v` shows which is asked for",
      "`ssh -T git@github.com` tells whose key is offered: a deploy key opens one repository only, and a login has to have access",
    ],
    whom: ["repository-admin"],
  },
  {
    id: "hidden-or-gone",
    kind: "gone",
    words:
      /^(?:Not Found|Could not resolve to (?:an? )?\w+.*|Repository not found)\b|remote: Repository not found|ERROR: Repository not found/i,
    status: [404],
    shows: ({ status, type }) => status === 404 || type === "NOT_FOUND",
    reason: HIDES,
    next: (seen) => [
      "look whether it exists under this name, and whether the token or the app has it among its repositories",
      ...(seen.where === "git" ? ["`ssh -T git@github.com` or `gh auth status` tells who is asking"] : []),
    ],
    whom: ["repository-admin"],
  },
  {
    id: "removed",
    kind: "not-applicable",
    shows: ({ status }) => status === 410,
    reason: "GitHub no longer has it, or the feature is switched off in the repository",
    next: [],
  },
];

const outage = ({ status }: Seen): string =>
  `GitHub could not answer${status === null ? "" : ` (${status})`}: the fault is not with the token`;

/** What is no matter of access: a question that is wrong, work that is not done, GitHub being ill. */
export const OTHER: readonly Signal[] = [
  {
    id: "taken-not-done",
    kind: "async",
    shows: ({ status }) => status === 202,
    reason: "GitHub took it and is not done",
    next: ["ask again until it answers 200"],
    retry: ({ headers }) => (headerOf(headers, "retry-after") === undefined ? LATER : waiting(headers)),
  },
  {
    id: "too-deep",
    kind: "outage",
    words:
      /couldn't respond to your request in time|Something went wrong while executing your query|MAX_NODE_LIMIT_EXCEEDED|exceeds the maximum limit of [\d,]+ (?:total )?nodes/i,
    status: [200, 502, 504],
    shows: ({ status, type }) =>
      status === 502 || status === 504 || type === "MAX_NODE_LIMIT_EXCEEDED" || type === "RESOURCE_LIMITS_EXCEEDED",
    reason: ({ status }) =>
      `GitHub could not answer in time${status === null || status === 200 ? "" : ` (${status})`}: it was asked for too much at once`,
    next: ["halve the page and ask again"],
    retry: () => LATER,
  },
  {
    id: "outage",
    kind: "outage",
    words: /^Server Error$|No server is currently available|Internal Server Error|Service Unavailable/i,
    status: [500, 503],
    shows: ({ status }) => status !== null && status >= 500,
    reason: outage,
    next: ["ask again later; https://www.githubstatus.com says whether it is GitHub"],
    retry: ({ headers }) => (headerOf(headers, "retry-after") === undefined ? LATER : waiting(headers)),
  },
  {
    id: "filter-for-owners",
    kind: "denied",
    words: /2fa_(?:disabled|insecure)|Only (?:organization )?owners can (?:use|filter)/i,
    status: [422],
    reason: "who has no second factor is shown to owners of the organization only",
    role: "owner of the organization",
    whom: ["organization-owner"],
  },
  {
    id: "invalid-request",
    kind: "invalid",
    words: /Validation Failed|Problems parsing JSON|Invalid request|Body should be a JSON/i,
    status: [400, 422],
    // GraphQL's own complaints about a query have codes like `undefinedField`.
    shows: ({ status, type }) => status === 422 || status === 400 || /^[a-z]\w+$/.test(type ?? ""),
    reason: ({ message, html }) => `GitHub does not offer it here: ${firstSentence(message, html)}`,
    next: ["look at the call: something in it is wrong, or the feature is off"],
  },
  {
    id: "conflict",
    kind: "invalid",
    shows: ({ status }) => status === 409,
    reason: ({ message, html }) => `something stands against it: ${firstSentence(message, html)}`,
    next: [],
  },
  {
    id: "user-agent",
    kind: "invalid",
    words: /Request forbidden by administrative rules/i,
    own: true,
    reason: "GitHub does not answer calls without `User-Agent`",
    next: ["send one"],
  },
  {
    id: "refused",
    kind: "denied",
    shows: ({ status, type }) => status === 403 || type !== null,
    reason: ({ message, html }) => `GitHub refused: ${firstSentence(message, html)}`,
    next: [],
  },
];
