import { createHash } from "node:crypto";
import type { Clock } from "../../../src/contracts/clock.ts";
import { daysBetween, type Instant } from "../../../src/model/instant.ts";
import type { KeptAnswer, KeptAnswers } from "../../shared/kept-answers.ts";
import { AUDIT_LOG_ROUTE, withLateEntries } from "../audit-log.ts";
import { isSignIn, Refused } from "./refused.ts";
import type { RestReader } from "./rest-reader.ts";

const KEY = "changes";
/** A log that is longer than this names more repositories than would be saved. */
const MOST_PAGES = 50;
/** Kept answers are asked for again after so many days at the latest: the log does not name every change. */
const LONGEST_DAYS = 7;
const DAY = 86_400_000;

/** What happens all day and changes no setting (GitHub's audit log events, by category). */
const NOISE = ["workflows", "pull_request", "pull_request_review", "pull_request_review_comment", "checks", "git"];

/** Settings of the organization or the enterprise that show in the answers about every repository. */
const EVERYWHERE = /^(org|business|enterprise)\..*(workflow|fork|oidc|actions_settings|actions_enabled|set_actions)/;

/** Every step that keeps answers about repositories. */
const ALL = "*";

/**
 * What an event about a repository can have changed, by the names of GitHub's audit log events; the first that fits counts, and what
 * fits none may have changed anything. Who is in, who may do what and what branches demand is read every time anyway.
 */
const CONCERNS: readonly (readonly [action: RegExp, steps: readonly string[]])[] = [
  [/^hook\./, ["webhooks"]],
  [/^repository_ruleset\./, ["rulesets"]],
  [/^environment\./, ["environments", "secrets", "variables"]],
  [/^repo\.\w+_(actions|integration)_secret$/, ["secrets"]],
  [/^repo\.(set_|update_actions_(settings|access)|actions_enabled)/, ["actions-settings"]],
  [/^repo\.\w+_actions_variable$/, ["variables"]],
  [/^repo\.(add|remove|update)_member$/, []],
  [/^repo\.((add|remove)_topic|pages_|change_merge_setting|staff_unlock|code_scanning_|advanced_security_)/, []],
  [/^(protected_branch|public_key|team|repository_invitation|repository_image)\./, []],
  [/^(repository_vulnerability_alert|repository_dependency_graph|dependabot_|secret_scanning|code_scanning)/, []],
  [/^(issue|issue_comment|issues|discussion|discussion_post|discussion_comment|project|release|codespaces)\./, []],
];

/** What the log says happened since the last run, as it is kept for a run that is cut off. */
interface ChangeList {
  /** Moment up to which the last run had read the log; null where it could not be read since. */
  readonly since: Instant | null;
  /** Steps whose answers may have changed, by `owner/name` in lower case and by GitHub's numbers as `#123`. */
  readonly repositories: Readonly<Record<string, readonly string[]>>;
}

/** One repository of the sweep. */
export interface NamedRepository {
  /** `owner/name`. */
  readonly name: string;
  readonly databaseId: number | null;
}

interface RawEvent {
  readonly action?: string;
  readonly repo?: string | readonly string[] | null;
  readonly repo_id?: number | readonly number[] | null;
  /** Beside these or instead of them, by the event. */
  readonly repository?: string | readonly string[] | null;
  readonly repository_id?: number | readonly number[] | null;
}

/** Which repositories changed since the last run, by the organization's audit log (GitHub Enterprise Cloud, shown to owners). */
export class ChangeLog {
  readonly #list: ChangeList;
  readonly #startedAt: Instant;

  private constructor(list: ChangeList, startedAt: Instant) {
    this.#list = list;
    this.#startedAt = startedAt;
  }

  /**
   * Reads the log from where the last run ended. A log that cannot be read whole says nothing: then every kept answer has to be
   * confirmed by GitHub. Throws {@link Refused} only where the token itself is not accepted.
   */
  static async read(
    rest: RestReader,
    org: string,
    kept: KeptAnswers,
    { startedAt, clock }: { readonly startedAt: Instant; readonly clock: Clock },
  ): Promise<ChangeLog> {
    const before = kept.get(KEY);
    // This run was cut off and goes on: what it found out then is what it decides by.
    if (before !== undefined && before.at >= startedAt) return new ChangeLog(before.data as ChangeList, startedAt);
    const list = before === undefined ? UNKNOWN : await changesSince(rest, org, before.checked);
    const now = clock.now();
    await kept.keep({ key: KEY, at: now, checked: startedAt, etag: null, next: null, gap: null, data: list });
    await kept.end();
    return new ChangeLog(list, startedAt);
  }

  /** Up to when a step's kept answer about a repository is known to hold; null where GitHub has to be asked. */
  holds(step: string, answer: KeptAnswer, { name, databaseId }: NamedRepository): Instant | null {
    const { since, repositories } = this.#list;
    if (since === null || answer.checked < since) return null;
    const changed = [name.toLowerCase(), `#${databaseId}`].flatMap((one) => repositories[one] ?? []);
    if (changed.includes(step) || changed.includes(ALL)) return null;
    const days = daysBetween(answer.at, this.#startedAt);
    if (days >= LONGEST_DAYS) return null;
    // A seventh every day: else all of them would be due on one.
    return days >= 1 && turnOf(name) === Math.floor(Date.parse(this.#startedAt) / DAY) % LONGEST_DAYS
      ? null
      : this.#startedAt;
  }
}

const UNKNOWN: ChangeList = { since: null, repositories: {} };

async function changesSince(rest: RestReader, org: string, since: Instant): Promise<ChangeList> {
  const phrase = [`created:>=${withLateEntries(since)}`, ...NOISE.map((category) => `-action:${category}`)].join(" ");
  try {
    const { requests, gaps } = await rest.list(
      AUDIT_LOG_ROUTE,
      { org, include: "web", phrase },
      // Nothing of the log but what changed is kept.
      { keep: (rows) => rows.map((row) => about(row as RawEvent)), maximumPages: MOST_PAGES },
    );
    if (gaps.length > 0) return UNKNOWN;
    const events = requests.flatMap(({ answer }) => answer as readonly RawEvent[]);
    const everywhere = events.some(
      ({ action = "", repo }) => [repo ?? []].flat().length === 0 && EVERYWHERE.test(action),
    );
    if (everywhere) return UNKNOWN;
    const changed = new Map<string, Set<string>>();
    for (const { action = "", repo, repo_id: id } of events) {
      const steps = CONCERNS.find(([pattern]) => pattern.test(action))?.[1] ?? [ALL];
      for (const one of [
        ...[repo ?? []].flat().map((name) => name.toLowerCase()),
        ...[id ?? []].flat().map((number) => `#${number}`),
      ])
        changed.set(one, new Set([...(changed.get(one) ?? []), ...steps]));
    }
    const repositories = [...changed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([one, steps]) => [one, [...steps]]);
    return { since, repositories: Object.fromEntries(repositories) as ChangeList["repositories"] };
  } catch (error) {
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    return UNKNOWN;
  }
}

const about = ({ action, repo, repo_id, repository, repository_id }: RawEvent): RawEvent => ({
  ...(action === undefined ? {} : { action }),
  repo: [repo ?? [], repository ?? []].flat(),
  repo_id: [repo_id ?? [], repository_id ?? []].flat(),
});

/** The day of the week on which a repository is asked whatever the log says. */
const turnOf = (name: string): number =>
  createHash("sha256").update(name.toLowerCase()).digest().readUInt32BE(0) % LONGEST_DAYS;
