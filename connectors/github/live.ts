import type { Octokit } from "@octokit/rest";
import type { Clock } from "../../src/contracts/clock.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { NOT_SWEPT, type GitHubClient, type StepAnswer, type SweepContext } from "./client.ts";
import { liveChanges } from "./live/changes.ts";
import { GraphReader } from "./live/graph-reader.ts";
import { notFoundProbe, type ProbeSettings } from "./live/probe.ts";
import { isSignIn, Refused } from "./live/refused.ts";
import { RestReader } from "./live/rest-reader.ts";
import { stepOf } from "./steps/index.ts";

/** Reasons a coverage row names before it becomes unreadable. */
const GAPS_SHOWN = 3;

/** The promise to one organization, kept by the network: every refusal is an answer, a wrong token throws `sign-in`. */
export function liveClient(
  octokit: Octokit,
  organization: string,
  baseUrl: string,
  clock: Clock,
  enterprise: string | null = null,
  credential: ProbeSettings["credential"] = "unknown",
): GitHubClient {
  const rest = new RestReader(octokit, baseUrl);
  const probe = notFoundProbe(rest, { organization, credential });
  // Ids survive renaming: the sweep told them.
  let swept: SweepContext = NOT_SWEPT;
  rest.explainMissing = async (repository, { verdict: { needs } }) => {
    const id = swept.repositories.find(({ name }) => name === repository)?.databaseId ?? null;
    const { reason } = await probe({
      repository,
      ...(id === null ? {} : { repositoryId: id }),
      ...(needs === undefined ? {} : { needs }),
    });
    return reason;
  };
  const graph = new GraphReader(octokit, organization, baseUrl);

  return {
    organization,
    async read(step, context): Promise<StepAnswer> {
      swept = context;
      const { read, needsRepositories, needsEnterprise, usually: words } = stepOf(step);
      if (needsEnterprise === true && enterprise === null)
        return { state: "skipped", reason: "no enterprise is named in the settings" };
      if (needsRepositories === true && !context.listed)
        return { state: "skipped", reason: `the repositories are not known: ${context.gap ?? "none was listed"}` };
      try {
        const { requests, gaps } = await read({ organization, enterprise, rest, graph, sweep: context, clock });
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
        const usually = error.verdict.kind === "temporary" ? "" : (words ?? "");
        return { state: "denied", reason: `${usually}${error.verdict.reason}` };
      }
    },
    ...liveChanges(rest, graph, organization, enterprise === null ? {} : { enterprise }),
  };
}
