import type { Forecast } from "../../../src/contracts/connector.ts";
import { QUERIES } from "../queries.ts";
import type { OpenOctokit } from "./open-octokit.ts";

/** What GitHub says about itself and the organization in one cheap question. */
export interface Size {
  readonly viewer: string;
  readonly isMember: boolean;
  readonly isOwner: boolean;
  readonly members: number;
  readonly teams: number;
  readonly repositories: number;
  /** GraphQL points: those left, and when there will be more. */
  readonly points: { readonly remaining: number; readonly limit: number; readonly resetAt: string } | null;
}

/** Asks for it; throws what the SDK throws. */
export async function sizeOf({ octokit, settings, baseUrl }: OpenOctokit): Promise<Size> {
  const { data } = await octokit.request("POST /graphql", {
    baseUrl: baseUrl.replace(/\/v3\/?$/, ""),
    query: QUERIES.size,
    variables: { organization: settings.organization },
  });
  const answer = (data as { data: RawSize }).data;
  const { organization } = answer;
  return {
    viewer: answer.viewer.login,
    isMember: organization.viewerIsAMember,
    isOwner: organization.viewerCanAdminister,
    members: organization.membersWithRole.totalCount,
    teams: organization.teams.totalCount,
    repositories: organization.repositories.totalCount,
    points: answer.rateLimit,
  };
}

interface RawSize {
  readonly viewer: { readonly login: string };
  readonly rateLimit: Size["points"];
  readonly organization: {
    readonly viewerIsAMember: boolean;
    readonly viewerCanAdminister: boolean;
    readonly membersWithRole: { readonly totalCount: number };
    readonly teams: { readonly totalCount: number };
    readonly repositories: { readonly totalCount: number };
  };
}

/** Rows a GraphQL page starts with; the pacing of the throttling plugin is one GraphQL call a second. */
const PAGE = 50;
const REST_CALLS_A_SECOND = 8;
/** Seen in practice: a fifth of the repositories have deploy keys. */
const WITH_KEYS = 5;
/** Steps that are one list: organization, collaborators from outside (twice), apps, invitations, tokens, audit log. */
const LISTS = 8;

/** Calls, points and time for these organizations; the sizes that could not be read are left out and said. */
export function forecastOf(sizes: readonly (Size | undefined)[]): Forecast {
  const known = sizes.filter((size) => size !== undefined);
  const sum = (of: (size: Size) => number): number => known.reduce((total, size) => total + of(size), 0);
  const pages = sum(
    ({ members, teams, repositories }) =>
      Math.ceil(members / PAGE) + Math.ceil(teams / PAGE) + Math.ceil(repositories / PAGE) * 2,
  );
  // Nested lists count by the requests they would take: a page of fifty repositories with collaborators is one point.
  const points = sum(
    ({ members, teams, repositories }) =>
      Math.ceil(members / PAGE) + Math.ceil(teams / PAGE) * 2 + Math.ceil(repositories / PAGE) * 2,
  );
  const rest = LISTS * sizes.length + sum(({ repositories }) => Math.ceil(repositories / WITH_KEYS));
  const left = Math.min(...known.map(({ points: own }) => own?.remaining ?? Number.POSITIVE_INFINITY));
  const unread = sizes.length - known.length;
  const basis = [
    `${sum(({ members }) => members)} members, ${sum(({ teams }) => teams)} teams, ${sum(({ repositories }) => repositories)} repositories, a fifth of them with deploy keys`,
    `${rest} REST calls and ${points} GraphQL points${Number.isFinite(left) ? ` of ${left} left` : ""}`,
    ...(unread === 0 ? [] : [`the size of ${unread} of ${sizes.length} organizations could not be read`]),
  ];
  return { calls: pages + rest, seconds: Math.ceil(pages + rest / REST_CALLS_A_SECOND), basis: basis.join("; ") };
}
