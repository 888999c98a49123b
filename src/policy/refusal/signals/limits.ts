import { headerOf } from "../answer.ts";
import type { Seen, Signal } from "../signal.ts";
import { waiting, waitWords } from "../waiting.ts";

const wait = ({ headers }: Seen): readonly string[] => [`${waitWords(waiting(headers))}, then ask again`];
const retry = ({ headers }: Seen) => waiting(headers);

/** Too many calls (GitHub REST API: "Rate limits"). None of it is a matter of access. */
export const LIMITS: readonly Signal[] = [
  {
    id: "edge-throttle",
    kind: "limit",
    shows: ({ status, html }) => status === 429 && html,
    reason: "GitHub's edge throttles: it answered with a page for people",
    next: wait,
    retry,
  },
  {
    id: "secondary-limit",
    kind: "limit",
    words: /secondary rate limit|abuse detection|was submitted too quickly|temporarily blocked from content creation/i,
    own: true,
    reason: "GitHub's secondary rate limit was reached: too many calls at once",
    next: (seen) => [...wait(seen), "ask for less at once: who goes on meanwhile may be shut out"],
    retry,
  },
  {
    id: "primary-limit",
    kind: "limit",
    words: /API rate limit (already )?exceeded|rate limit exceeded for|^You've used your/i,
    shows: ({ status, headers, type }) =>
      type === "RATE_LIMITED" ||
      status === 429 ||
      (status === 403 && headerOf(headers, "x-ratelimit-remaining") === "0"),
    reason: ({ headers }) => {
      const resource = headerOf(headers, "x-ratelimit-resource");
      const limit = headerOf(headers, "x-ratelimit-limit");
      const which = resource === undefined ? "" : ` of \`${resource}\``;
      return `GitHub's rate limit${which} was reached${limit === undefined ? "" : `: ${limit} calls`}`;
    },
    next: (seen) => [
      ...wait(seen),
      ...(/Authenticated requests get a higher rate limit/i.test(seen.message)
        ? ["sign in: without a token GitHub counts by address"]
        : []),
    ],
    retry,
  },
];
