import { SCIM_ROUTE as ROUTE, scimUsers as convert } from "../convert/scim-users.ts";
import type { ReadAnswer } from "../live/refused.ts";
import { rawScimUsers, type RawScimUsers } from "../raw-people.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { only } from "./only.ts";

const AT_ONCE = 100;

/** Whom the identity provider provisioned, and whether it has suspended them: SCIM of an organization. */
export const scimUsers: GitHubStep = {
  manifest: {
    id: "scim-users",
    title: "users provisioned by SCIM",
    provides: ["scim-user"],
    permissions: ["members: read"],
    dependsOn: ["organization", "members", "single-sign-on-identities"],
  },
  shapes: { [ROUTE]: rawScimUsers },
  usually: "GitHub shows users of SCIM to owners of an organization of Enterprise Cloud that is provisioned by it; ",
  async read(reader) {
    const requests: ReadAnswer["requests"] = [];
    const gaps: string[] = [];
    let total = Number.POSITIVE_INFINITY;
    // SCIM counts from one, and says in the answer how many there are instead of naming the next page.
    for (let start = 1; start <= total; start += AT_ONCE) {
      const page = await pageOf(reader, start);
      requests.push(...page.requests);
      gaps.push(...page.gaps);
      const [answer] = page.requests.map((request) => request.answer as RawScimUsers);
      total = answer === undefined || answer.Resources.length === 0 ? 0 : answer.totalResults;
    }
    return { requests, gaps };
  },
  convert,
  cost: ({ members }) => restCalls(Math.max(1, Math.ceil(members / AT_ONCE))),
};

/** Names and e-mails are in the identities already; here it is whether they are active. */
const row = only("id", "userName", "active", "meta");

const pageOf = ({ rest, organization: org }: StepReader, start: number): Promise<ReadAnswer> =>
  rest.one(ROUTE, { org, startIndex: String(start), count: String(AT_ONCE) }, { member: "Resources", row });
