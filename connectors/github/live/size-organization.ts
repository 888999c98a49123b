import type { Forecast } from "../../../src/contracts/connector.ts";
import { counted } from "../../../src/text/counted.ts";
import type { Instant } from "../../../src/model/instant.ts";
import { KeptAnswers } from "../../shared/kept-answers.ts";
import { QUERIES } from "../queries.ts";
import type { GitHubStep, StepCost } from "../step.ts";
import { STEPS } from "../steps/index.ts";
import { keptPlace } from "./kept-pages.ts";
import type { OpenOctokit } from "./open-octokit.ts";
import { refusalOf } from "./refused.ts";

/** What GitHub says about itself and the organization in one cheap question. */
export interface Size {
  readonly viewer: string;
  readonly isMember: boolean;
  readonly isOwner: boolean;
  readonly members: number;
  readonly teams: number;
  readonly repositories: number;
  /** Whether the audit log is shown; null where GitHub could not say just now. */
  readonly auditLog: boolean | null;
  /** Answers about single repositories that were kept, by step: those that hold are not asked for. */
  readonly kept?: ReadonlyMap<string, number>;
  /** GraphQL points: those left, and when there will be more. */
  readonly points: { readonly remaining: number; readonly limit: number; readonly resetAt: string } | null;
}

/** Asks for it, and whether the audit log is shown; throws what the SDK throws of the former. */
export async function sizeOf({ octokit, settings, baseUrl }: OpenOctokit): Promise<Size> {
  const { data } = await octokit.request("POST /graphql", {
    baseUrl: baseUrl.replace(/\/v3\/?$/, ""),
    query: QUERIES.size,
    variables: { organization: settings.organization },
  });
  const auditLog = await octokit.request("GET /orgs/{org}/audit-log", { org: settings.organization, per_page: 1 }).then(
    () => true,
    // A bad moment says nothing of what is shown.
    (error: unknown) => (refusalOf(error).verdict.kind === "temporary" ? null : false),
  );
  const answer = (data as { data: RawSize }).data;
  const { organization } = answer;
  return {
    viewer: answer.viewer.login,
    isMember: organization.viewerIsAMember,
    isOwner: organization.viewerCanAdminister,
    members: organization.membersWithRole.totalCount,
    teams: organization.teams.totalCount,
    repositories: organization.repositories.totalCount,
    auditLog,
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

/** The throttling plugin makes one GraphQL call a second. */
const REST_CALLS_A_SECOND = 8;

/** Of kept answers, a seventh is asked for on any day, and about one repository in twenty changes from one day to the next. */
const ASKED_AGAIN = 1 / 7 + 1 / 20;

/** How many answers are kept of those steps that ask again only what changed. */
export async function keptCounts(
  folder: string,
  { settings: { organization }, baseUrl }: OpenOctokit,
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  const steps = STEPS.filter(({ untilChanged }) => untilChanged === true).map(({ manifest }) => manifest.id);
  return new Map(
    await Promise.all(
      steps.map(
        async (step) =>
          [step, (await KeptAnswers.open(folder, `${keptPlace(baseUrl, organization)}/${step}`, now)).size] as const,
      ),
    ),
  );
}

/** What a step will cost where some of its answers are kept. */
function costOf({ manifest, cost }: GitHubStep, size: Size): StepCost {
  const whole = cost(size);
  // Without the log nothing says what holds.
  const kept = size.auditLog === true ? Math.min(size.kept?.get(manifest.id) ?? 0, whole.rest) : 0;
  // A run that was not cut off within the step counted what there is; half of what is assumed tells the two apart.
  const others = kept * 2 >= whole.rest ? 0 : whole.rest - kept;
  return { ...whole, rest: others + Math.ceil(kept * ASKED_AGAIN) };
}

/** Calls, points and time for these organizations; the sizes that could not be read are left out and said. */
export function forecastOf(sizes: readonly (Size | undefined)[]): Forecast {
  const known = sizes.filter((size) => size !== undefined);
  const sum = (of: (size: Size) => number): number => known.reduce((total, size) => total + of(size), 0);
  const costs = known.flatMap((size) => STEPS.map((step) => costOf(step, size)));
  const [rest, graphql, points] = (["rest", "graphql", "points"] as const).map((what) =>
    costs.reduce((total, cost) => total + cost[what], 0),
  ) as [number, number, number];
  const left = Math.min(...known.map(({ points: own }) => own?.remaining ?? Number.POSITIVE_INFINITY));
  const unread = sizes.length - known.length;
  const kept = sum((size) => [...(size.kept?.values() ?? [])].reduce((total, count) => total + count, 0));
  const basis = [
    `${sum(({ members }) => members)} members, ${sum(({ teams }) => teams)} teams, ${sum(({ repositories }) => repositories)} repositories; what they hold is assumed`,
    `${rest} REST calls and ${points} GraphQL points${Number.isFinite(left) ? ` of ${left} left` : ""}`,
    ...(kept === 0
      ? []
      : [`${counted(kept, "answer")} kept: those that the audit log says still hold are not asked for`]),
    ...(unread === 0 ? [] : [`the size of ${unread} of ${sizes.length} organizations could not be read`]),
  ];
  return { calls: graphql + rest, seconds: Math.ceil(graphql + rest / REST_CALLS_A_SECOND), basis: basis.join("; ") };
}
