import { allOf, anyOf, conditional, no, unknownReach, yes } from "./combine-reach.ts";
import { codeOwnersOf } from "./code-owner-of.ts";
import type { JudgePullRequest, PullRequestRule } from "./layer-effect.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { writesTo } from "./writes-to.ts";

/** Who else is there to approve: everybody who may write to the repository, the actor among them or not. */
export interface Others {
  readonly approvers: readonly PushActor[];
  /** Why these may not be all; empty or absent when they are. */
  readonly missing?: readonly string[];
}

/** What the job token adds, as far as the actor can make it run: it approves, or opens the pull request for the actor to approve. */
export type JobToken = "approves" | "no" | "unknown";

/**
 * What the reviews that rules ask for need, for a pull request of the actor that changes the workflow file. Nobody approves his own
 * pull request, and several tokens of one person are one approver. Source: "About protected branches", GitHub documentation.
 *
 * Ways without a second person: no approval is asked for; or Actions may approve pull requests, so that a workflow on any branch of
 * the actor gives one approval, or opens the pull request that the actor then approves (as its code owner too, unless the last
 * pusher may not). Where others are too few, an approved pull request of somebody else may be pushed to, unless that dismisses
 * approvals or the last push has to be approved. Where nobody else can approve there is no way.
 */
export function approvals(
  actor: PushActor,
  controls: RepositoryControls,
  others: Others,
  jobToken: JobToken,
  path: string,
): JudgePullRequest {
  const people = othersThan(actor, controls, others);
  return (rules, layer) => {
    const rule = strictest(rules);
    const owners = ableOwners(ownersFor(rule, controls, path), actor, people, others.missing ?? []);
    if (rule.approvals === 0 && owners === "none") return yes("pull requests need no approval");
    const who = layer === "" ? "the layers" : layer;
    const why = `${who} ${layer === "" ? "ask" : "asks"} for ${countOf(rule.approvals, owners)}`;
    const byPeople = peopleApprove(actor, rule, people, owners, others.missing ?? [], why);
    const byToken = tokenApproves(actor, rule, people, owners, jobToken, why);
    const hijack =
      // Of somebody else's pull request the actor is one who approves.
      !rule.dismissStale && !rule.lastPushApproval && people.count > 0 && rule.approvals <= people.count + 1
        ? [conditional(["somebody's approved pull request"], `${why}, but pushes after it keep the approval`)]
        : [];
    // In order of how much they ask of others: the token needs nobody, colleagues decide knowingly, a hijack is luck.
    return anyOf([...(byToken.state === "no" ? [] : [byToken]), byPeople, ...hijack]);
  };
}

type Owners = "none" | "unread" | readonly string[];

/** Rules of several layers add up: "the most restrictive version of the rule applies" ("About rulesets"). */
function strictest(rules: readonly PullRequestRule[]): Omit<PullRequestRule, "bypass" | "kind"> {
  return {
    approvals: Math.max(0, ...rules.map((rule) => rule.approvals)),
    dismissStale: rules.some((rule) => rule.dismissStale),
    codeOwners: rules.some((rule) => rule.codeOwners),
    lastPushApproval: rules.some((rule) => rule.lastPushApproval),
  };
}

function ownersFor(rule: { readonly codeOwners: boolean }, controls: RepositoryControls, path: string): Owners {
  if (!rule.codeOwners) return "none";
  if (!controls.codeOwners.known) return "unread";
  const owners = controls.codeOwners.value === null ? [] : codeOwnersOf(controls.codeOwners.value, path);
  return owners.length === 0 ? "none" : owners;
}

/** An owner who cannot write is not asked; where the people are not all known, nobody is left out. Source: "About code owners". */
function ableOwners(owners: Owners, actor: PushActor, people: People, missing: readonly string[]): Owners {
  if (typeof owners === "string" || missing.length > 0) return owners;
  const login = actor.login?.toLowerCase();
  const able = owners.filter((owner) => {
    const name = owner.slice(1).toLowerCase();
    return !isLogin(owner) || name === login || people.logins.has(name);
  });
  return able.length === 0 ? "none" : able;
}

function peopleApprove(
  actor: PushActor,
  rule: { readonly approvals: number },
  people: People,
  owners: Owners,
  missing: readonly string[],
  why: string,
): Reach {
  const parts: Reach[] = [];
  if (rule.approvals > people.count) {
    const few = people.count === 0 ? "nobody else can approve" : `only ${people.count} others can approve`;
    parts.push(missing.length > 0 ? unknownReach(missing, why) : no(`${why}, and ${few}`));
  } else if (rule.approvals > 0) {
    parts.push(conditional([`${approvalsOf(rule.approvals)} from ${people.words}`], why));
  }
  if (owners === "unread") parts.push(unknownReach(["CODEOWNERS was not read"], why));
  else if (owners !== "none") parts.push(ownersApprove(actor, people, owners, missing, why));
  return allOf(parts);
}

/** A team is taken to have somebody besides the actor; an owner by login has to be one of those who can approve. */
function ownersApprove(
  actor: PushActor,
  people: People,
  owners: readonly string[],
  missing: readonly string[],
  why: string,
): Reach {
  const able = owners.filter((owner) => {
    if (!isLogin(owner)) return people.count > 0;
    return people.logins.has(owner.slice(1).toLowerCase());
  });
  if (able.length > 0) return conditional([`approval of a code owner: ${quoted(able)}`], why);
  return missing.length > 0
    ? unknownReach(missing, why)
    : no(`${why}, and no code owner besides \`${actor.name}\` can`);
}

function tokenApproves(
  actor: PushActor,
  rule: { readonly approvals: number; readonly lastPushApproval: boolean },
  people: People,
  owners: Owners,
  jobToken: JobToken,
  why: string,
): Reach {
  if (jobToken === "no") return no(why);
  const said = "Actions may approve pull requests, and a workflow on another branch does";
  // The job token owns no code: the actor must be the owner, and approve what the token opened.
  const login = actor.login;
  const owns =
    owners === "none" ||
    (owners !== "unread" &&
      !rule.lastPushApproval &&
      login !== null &&
      owners.some((owner) => sameLogin(owner, login)));
  if (!owns) return no(why);
  if (jobToken === "unknown") return unknownReach(["whether Actions may approve pull requests"], why);
  const left = rule.approvals - 1;
  if (left > people.count) return no(why);
  return left > 0 ? conditional([`${approvalsOf(left)} from ${people.words}`], said) : yes(said);
}

/** Who can approve what the actor opened. */
interface People {
  readonly count: number;
  /** Their names, or how many there are. */
  readonly words: string;
  readonly logins: ReadonlySet<string>;
}

/** Those who write, are no keys, and are not the actor by another name. */
function othersThan(actor: PushActor, controls: RepositoryControls, others: Others): People {
  const able = ableIn(controls, others);
  const me = personOf(actor);
  const count = able.size - (able.has(me) ? 1 : 0);
  const rest = count > MOST_NAMES ? [] : [...able].filter(([person]) => person !== me).map(([, one]) => one.name);
  const words = count > MOST_NAMES ? `among ${count} people` : quoted(rest);
  const logins = loginsOf(able);
  const own = actor.login?.toLowerCase() ?? "";
  return { count, words, logins: logins.has(own) ? new Set([...logins].filter((login) => login !== own)) : logins };
}

const kept = new WeakMap<Others, WeakMap<RepositoryControls, ReadonlyMap<string, PushActor>>>();
const logins = new WeakMap<ReadonlyMap<string, PushActor>, ReadonlySet<string>>();

/** Everybody who can approve, by person: the same for every actor of a repository. */
function ableIn(controls: RepositoryControls, others: Others): ReadonlyMap<string, PushActor> {
  let here = kept.get(others);
  if (here === undefined) kept.set(others, (here = new WeakMap()));
  let able = here.get(controls);
  if (able === undefined) {
    const people = new Map<string, PushActor>();
    for (const other of others.approvers) {
      const person = personOf(other);
      if (other.kind === "deploy-key" || people.has(person)) continue;
      if (writesTo(other, controls).state === "yes") people.set(person, other);
    }
    here.set(controls, (able = people));
  }
  return able;
}

function loginsOf(able: ReadonlyMap<string, PushActor>): ReadonlySet<string> {
  let all = logins.get(able);
  if (all === undefined)
    logins.set(able, (all = new Set([...able.values()].map(({ login }) => login?.toLowerCase() ?? ""))));
  return all;
}

function personOf({ id, login, userId }: PushActor): string {
  return userId !== null ? `user ${userId}` : login !== null ? `login ${login.toLowerCase()}` : id;
}

function isLogin(owner: string): boolean {
  return owner.startsWith("@") && !owner.includes("/");
}

function sameLogin(owner: string, login: string): boolean {
  return owner.toLowerCase() === `@${login.toLowerCase()}`;
}

function countOf(count: number, owners: Owners): string {
  if (owners === "none") return approvalsOf(count);
  return count === 0 ? "a code owner's approval" : `${approvalsOf(count)}, a code owner's among them`;
}

function approvalsOf(count: number): string {
  return count === 1 ? "1 approval" : `${count} approvals`;
}

const MOST_NAMES = 3;

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
