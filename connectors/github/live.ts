import type { Octokit } from "@octokit/rest";
import type { Clock } from "../../src/contracts/clock.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { addDays, dayOf } from "../../src/model/instant.ts";
import { bounded } from "../shared/paging.ts";
import type { GitHubClient, StepAnswer, SweepContext } from "./client.ts";
import { liveChanges } from "./live/changes.ts";
import { GraphReader } from "./live/graph-reader.ts";
import { isSignIn, Refused, type ReadAnswer } from "./live/refused.ts";
import { RestReader } from "./live/rest-reader.ts";
import type { StepId } from "./raw.ts";

/** What GitHub keeps of the audit log of an organization. */
const AUDIT_LOG_DAYS = 180;
/** 50,000 entries: above it a busy organization would be read for hours. */
const AUDIT_LOG_PAGES = 500;
/** GitHub asks for no more than a hundred calls at once; the throttling plugin holds ten. */
const KEY_CALLS_AT_ONCE = 8;
/** Reasons a coverage row names before it becomes unreadable. */
const GAPS_SHOWN = 3;

/** What a refusal of these steps usually is, said before GitHub's own reason. */
const USUALLY: Readonly<Partial<Record<StepId, string>>> = {
  "fine-grained-tokens": "only a GitHub App may list fine-grained tokens; ",
  "audit-log": "the audit log is part of GitHub Enterprise Cloud and shown to owners only; ",
};

/** The promise to one organization, kept by the network: every refusal is an answer, a wrong token throws `sign-in`. */
export function liveClient(octokit: Octokit, organization: string, baseUrl: string, clock: Clock): GitHubClient {
  const org = { org: organization };
  const rest = new RestReader(octokit, baseUrl);
  const graph = new GraphReader(octokit, organization, baseUrl);

  const steps: Readonly<Record<StepId, (context: SweepContext) => Promise<ReadAnswer>>> = {
    organization: () => rest.one("GET /orgs/{org}", org),
    members: () => graph.members(),
    "outside-collaborators": () => outsideCollaborators(rest, org),
    teams: () => graph.teams(),
    repositories: () => graph.repositories(),
    collaborators: () => graph.collaborators(),
    "deploy-keys": (context) => deployKeys(rest, organization, context),
    installations: () => rest.list("GET /orgs/{org}/installations", org, { member: "installations" }),
    invitations: () => rest.list("GET /orgs/{org}/invitations", org),
    "fine-grained-tokens": () => rest.list("GET /orgs/{org}/personal-access-tokens", org),
    "audit-log": () => {
      const phrase = `created:>=${dayOf(addDays(clock.now(), -AUDIT_LOG_DAYS))}`;
      const options = { keep: newestOfEach, maximumPages: AUDIT_LOG_PAGES };
      return rest.list("GET /orgs/{org}/audit-log", { ...org, include: "all", phrase }, options);
    },
  };

  return {
    organization,
    async read(step, context): Promise<StepAnswer> {
      if (step === "deploy-keys" && !context.listed)
        return { state: "skipped", reason: `the repositories are not known: ${context.gap ?? "none was listed"}` };
      try {
        const { requests, gaps } = await steps[step](context);
        const reason = [...new Set(gaps)].slice(0, GAPS_SHOWN).join("; ");
        return gaps.length === 0 ? { state: "complete", requests } : { state: "partial", requests, reason };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (isSignIn(error)) {
          throw new AuditError(
            "sign-in",
            "github-sign-in",
            `GitHub does not accept the token for \`${organization}\`: ${error.verdict.reason}`,
            { hint: "make a new token and put it where `tokenFrom` names it", cause: error },
          );
        }
        const usually = error.verdict.kind === "temporary" ? "" : (USUALLY[step] ?? "");
        return { state: "denied", reason: `${usually}${error.verdict.reason}` };
      }
    },
    ...liveChanges(rest, graph, organization),
  };
}

async function outsideCollaborators(rest: RestReader, org: { org: string }): Promise<ReadAnswer> {
  const route = "GET /orgs/{org}/outside_collaborators";
  const all = await rest.list(route, org);
  try {
    const without = await rest.list(route, { ...org, filter: "2fa_disabled" });
    // A list of those without a second factor that was cut would call the rest safe.
    if (without.gaps.length > 0) return { requests: all.requests, gaps: [...all.gaps, ...without.gaps] };
    return { requests: [...all.requests, ...without.requests], gaps: all.gaps };
  } catch (error) {
    // Only owners may ask who has no second factor; who they are is known all the same.
    if (error instanceof Refused && !isSignIn(error)) return all;
    throw error;
  }
}

async function deployKeys(rest: RestReader, organization: string, context: SweepContext): Promise<ReadAnswer> {
  const answers = await bounded(
    context.repositoriesWithKeys,
    KEY_CALLS_AT_ONCE,
    async (repository): Promise<ReadAnswer> => {
      const [owner = organization, repo = ""] = repository.split("/");
      try {
        const { requests, gaps } = await rest.list("GET /repos/{owner}/{repo}/keys", { owner, repo });
        return { requests, gaps: gaps.map((gap) => `${repository}: ${gap}`) };
      } catch (error) {
        // A repository that went away since the sweep does not stop the others.
        if (!(error instanceof Refused) || isSignIn(error)) throw error;
        return { requests: [], gaps: [`${repository}: ${error.verdict.reason}`] };
      }
    },
  );
  const gaps = answers.flatMap((answer) => answer.gaps);
  const requests = answers.flatMap((answer) => answer.requests);
  const [first] = gaps;
  if (requests.length === 0 && first !== undefined) throw new Refused({ kind: "denied", reason: first });
  return { requests, gaps: context.gap === null ? gaps : [context.gap, ...gaps] };
}

/** The newest entry of each actor: nothing else of the log is needed, so nothing else is kept or recorded. */
function newestOfEach(rows: unknown[]): unknown[] {
  const newest = new Map<string, { readonly at: number; readonly row: unknown }>();
  for (const row of rows) {
    const {
      actor,
      created_at: created,
      "@timestamp": stamp,
    } = row as { actor?: string; created_at?: number; "@timestamp"?: number };
    const at = created ?? stamp ?? 0;
    if (actor === undefined || actor === null) continue;
    if (at >= (newest.get(actor)?.at ?? 0)) newest.set(actor, { at, row });
  }
  return [...newest.values()].map(({ row }) => row);
}
