import type { Octokit } from "@octokit/rest";
import type { Clock } from "../../src/contracts/clock.ts";
import type { Instant } from "../../src/model/instant.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { KeptAnswers } from "../shared/kept-answers.ts";
import { NOT_SWEPT, type GitHubClient, type StepAnswer, type SweepContext } from "./client.ts";
import { ChangeLog, type NamedRepository } from "./live/change-log.ts";
import { liveChanges } from "./live/changes.ts";
import { GraphReader } from "./live/graph-reader.ts";
import { keptPlace, type KeptPages } from "./live/kept-pages.ts";
import { notFoundProbe, type ProbeSettings } from "./live/probe.ts";
import { isSignIn, Refused } from "./live/refused.ts";
import { RestReader, type ReaderSettings } from "./live/rest-reader.ts";
import { Spending } from "./live/spending.ts";
import type { StepId } from "./raw.ts";
import { stepOf } from "./steps/index.ts";

/** Reasons a coverage row names before it becomes unreadable. */
const GAPS_SHOWN = 3;

/** What the network is asked for, and by whom. */
export interface LiveOrganization {
  /** Its login. */
  readonly organization: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Slug of its enterprise; null where the settings name none. */
  readonly enterprise?: string | null;
  readonly credential?: ProbeSettings["credential"];
  /** Where answers are kept from one run to the next, and when this run began; left out: everything is asked for. */
  readonly kept?: { readonly folder: string; readonly startedAt: Instant };
  readonly spending?: Spending;
}

/**
 * The promise to one organization, kept by GitHub itself. What a token may not see is denied coverage; a token that is no longer
 * accepted ends the run, and what was read before is kept.
 */
export function liveClient(octokit: Octokit, live: LiveOrganization): GitHubClient {
  const { organization, baseUrl, clock, enterprise = null, credential = "unknown", kept } = live;
  const spending = live.spending ?? new Spending();
  const plain = new RestReader(octokit, baseUrl);
  const probe = notFoundProbe(plain, { organization, credential });
  const graph = new GraphReader(octokit, organization, baseUrl, (points) => {
    spending.points += points;
  });
  // Ids survive renaming: the sweep told them.
  let swept: SweepContext = NOT_SWEPT;
  const repositoryCalled = (name: string): NamedRepository => ({
    name,
    databaseId: swept.repositories.find((one) => one.name === name)?.databaseId ?? null,
  });

  const explainMissing: ReaderSettings["explainMissing"] = async (repository, { verdict: { needs } }) => {
    const { databaseId } = repositoryCalled(repository);
    const { reason } = await probe({
      repository,
      ...(databaseId === null ? {} : { repositoryId: databaseId }),
      ...(needs === undefined ? {} : { needs }),
    });
    return reason;
  };

  let log: Promise<ChangeLog> | undefined;
  /** Read once in a run, and only where something kept depends on it. */
  const changeLog = async (folder: string, startedAt: Instant): Promise<ChangeLog> =>
    ChangeLog.read(plain, organization, await openKept(folder, "changes"), { startedAt, clock });

  const openKept = (folder: string, step: string): Promise<KeptAnswers> =>
    KeptAnswers.open(folder, `${keptPlace(baseUrl, organization)}/${step}`, clock.now());

  async function keptOf(step: StepId): Promise<KeptPages | undefined> {
    if (kept === undefined) return undefined;
    const { folder, startedAt } = kept;
    const answers = await openKept(folder, step);
    const { untilChanged = false, holdsOnly = () => true } = stepOf(step);
    // The first run reads it too: the second starts from where the first began.
    const changes = untilChanged ? await (log ??= changeLog(folder, startedAt)) : undefined;
    const databaseIds = new Map(swept.repositories.map(({ name, databaseId }) => [name, databaseId]));
    const repositoryOf = ({ owner, repo }: Readonly<Record<string, unknown>>): NamedRepository | undefined => {
      const name = `${String(owner)}/${String(repo)}`;
      return owner === undefined ? undefined : { name, databaseId: databaseIds.get(name) ?? null };
    };
    return {
      answers,
      clock,
      holds(answer, about) {
        // What GitHub left something out of is asked for until it does not.
        if (answer.gap !== null || !holdsOnly(answer.data)) return null;
        // Of this run, which was cut off. Half a list may have moved since: it is asked for from its beginning.
        if (answer.at >= startedAt) return answer.next === null ? answer.checked : null;
        const repository = repositoryOf(about);
        return repository === undefined ? null : (changes?.holds(step, answer, repository) ?? null);
      },
      identity(about) {
        const id = repositoryOf(about)?.databaseId ?? null;
        return id === null ? "" : `#${id}`;
      },
      onKept(how) {
        if (how === "again") spending.again += 1;
        else spending.notModified += 1;
      },
    };
  }

  return {
    organization,
    async read(step, context): Promise<StepAnswer> {
      swept = context;
      const { read, needsRepositories, needsEnterprise, usually: words } = stepOf(step);
      if (needsEnterprise === true && enterprise === null)
        return {
          state: "skipped",
          reason: "no enterprise is named in the settings (`enterprise: <slug>` under the organization)",
        };
      if (needsRepositories === true && !context.listed)
        return { state: "skipped", reason: `the repositories are not known: ${context.gap ?? "none was listed"}` };
      try {
        const pages = await keptOf(step);
        const rest = new RestReader(octokit, baseUrl, {
          explainMissing,
          ...(pages === undefined ? {} : { kept: pages }),
        });
        const { requests, gaps } = await read({
          organization,
          enterprise,
          rest,
          graph,
          sweep: context,
          clock,
          kept: pages?.answers ?? null,
        });
        await pages?.answers.end();
        const reason = [...new Set(gaps)].slice(0, GAPS_SHOWN).join("; ");
        return gaps.length === 0 ? { state: "complete", requests } : { state: "partial", requests, reason };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.unreachable)
          throw new AuditError("provider-answer", "github-unreachable", `${baseUrl}: ${error.verdict.reason}`, {
            hint: "check the network, the proxy and `baseUrl`; what was read is kept",
            cause: error,
          });
        if (isSignIn(error)) {
          throw new AuditError(
            "sign-in",
            "github-sign-in",
            `GitHub does not accept the token for \`${organization}\`: ${error.verdict.reason}`,
            { hint: "make a new token and put it where `tokenFrom` names it; what was read is kept", cause: error },
          );
        }
        const { kind, reason, signal = "", needs } = error.verdict;
        // Who may is said already; that GitHub names no permission adds a wrong way on.
        if (
          words?.startsWith("only ") === true &&
          signal.endsWith("-permission") &&
          (needs?.permissions.length ?? 0) === 0
        )
          return { state: "denied", reason: words.replace(/; $/, "") };
        return { state: "denied", reason: `${kind === "temporary" ? "" : (words ?? "")}${reason}` };
      }
    },
    ...liveChanges(plain, graph, organization, enterprise === null ? {} : { enterprise }),
  };
}
