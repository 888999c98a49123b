import { describe, expect, onTestFinished, test } from "vitest";
import { collect, openFake } from "../../connectors/github/open-fake.ts";
import { startFakeGitHub } from "./fake-github.ts";
import type { GitHubState } from "./github-state.ts";
import { largeState, nextDay } from "./large-state.ts";
import { controlsOf } from "./slices/controls-state.ts";
import { peopleOf } from "./slices/people-state.ts";

const NOW = Date.parse("2026-11-20T08:00:00Z");
const DAY = 86_400_000;

interface Entry {
  readonly action: string;
  readonly actor: string;
  readonly created_at: number;
  readonly repo?: string;
  readonly repo_id?: number;
}

const shown = (state: GitHubState): string =>
  JSON.stringify([state, [...state.collaborators], [...state.deployKeys], [...state.outside.withoutSecondFactor]]);
const entries = (state: GitHubState): readonly Entry[] => state.audit as readonly Entry[];
const size = (of: object): number => Object.keys(of).length;
const total = (lists: Readonly<Record<string, readonly unknown[]>>): number => Object.values(lists).flat().length;
const filesOf = (state: GitHubState) => Object.values(controlsOf(state).files);
const workflowsIn = (files: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Object.entries(files).flatMap(([path, text]) => (path.startsWith(".github/workflows/") ? [text] : []));

/** What is planned, and how it is counted. */
const PLAN: readonly (readonly [what: string, count: number, of: (state: GitHubState) => number])[] = [
  ["repositories", 2_000, ({ repositories }) => new Set(repositories.map(({ nameWithOwner }) => nameWithOwner)).size],
  ["private ones", 1_400, ({ repositories }) => repositories.filter((one) => one.visibility === "PRIVATE").length],
  ["internal ones", 500, ({ repositories }) => repositories.filter((one) => one.visibility === "INTERNAL").length],
  ["public ones", 100, ({ repositories }) => repositories.filter((one) => one.visibility === "PUBLIC").length],
  ["archived ones", 0, ({ repositories }) => repositories.filter((one) => one.isArchived).length],
  ["members", 1_500, ({ members }) => members.length],
  ["owners", 10, ({ members }) => members.filter(({ role }) => role === "ADMIN").length],
  ["teams", 200, ({ teams }) => teams.length],
  ["outside collaborators", 60, ({ outside }) => outside.users.length],
  [
    "repositories with workflows",
    800,
    (state) => filesOf(state).filter((files) => workflowsIn(files).length > 0).length,
  ],
  [
    "repositories that ask for OIDC tokens",
    150,
    (state) => filesOf(state).filter((files) => JSON.stringify(files).includes("id-token: write")).length,
  ],
  ["repositories with a branch rule", 600, (state) => size(controlsOf(state).branchRules)],
  ["repositories with environments", 300, (state) => size(controlsOf(state).environments)],
  ["environments", 600, (state) => total(controlsOf(state).environments)],
  ["environments with branches of their own", 200, (state) => size(controlsOf(state).branchPolicies)],
  ["repositories with a deploy key", 400, ({ deployKeys }) => deployKeys.size],
  ["repositories with rulesets", 200, (state) => size(controlsOf(state).rulesets)],
  ["rulesets of repositories", 300, (state) => total(controlsOf(state).rulesets)],
  ["rulesets of the organization", 10, (state) => controlsOf(state).organizationRulesets.length],
  ["subject templates", 10, (state) => size(controlsOf(state).subjects)],
  ["repositories with a webhook", 100, (state) => size(peopleOf(state).repositoryHooks)],
  ["repositories with an invitation", 30, (state) => size(peopleOf(state).invitations)],
  ["fine-grained tokens", 400, ({ tokens }) => tokens.length],
  ["tokens for some repositories", 250, (state) => size(peopleOf(state).tokenRepositories ?? {})],
  ["authorizations", 1_800, (state) => peopleOf(state).authorizations.length],
  ["identities", 1_500, (state) => peopleOf(state).identities?.length ?? 0],
  ["installations", 150, ({ installations }) => installations.length],
  ["organization roles", 12, (state) => peopleOf(state).roles.length],
  ["runner groups", 20, (state) => peopleOf(state).runnerGroups.length],
  ["secrets of the organization", 40, (state) => peopleOf(state).secrets.actions.length],
  [
    "secrets for some repositories",
    20,
    (state) => peopleOf(state).secrets.actions.filter((one) => one.visibility === "selected").length,
  ],
  ["Copilot seats", 750, (state) => peopleOf(state).seats.length],
  ["audit log entries", 12_000, ({ audit }) => audit.length],
  ["people in the audit log", 1_300, (state) => new Set(entries(state).map(({ actor }) => actor)).size],
  ["entries of a day to come", 0, (state) => entries(state).filter((one) => one.created_at > NOW).length],
  ["entries older than the log", 0, (state) => entries(state).filter((one) => one.created_at < NOW - 180 * DAY).length],
  [
    "invitations in the audit log",
    30,
    (state) => entries(state).filter(({ action }) => action === "repository_invitation.create").length,
  ],
];

describe("the large organization", () => {
  const large = largeState();

  test.each(PLAN)("has the planned number of %s", (_what, count, of) => {
    expect(of(large)).toBe(count);
  });

  test("has teams of about seven people and a dozen repositories", () => {
    const average = (of: (team: GitHubState["teams"][number]) => number): number =>
      large.teams.reduce((sum, team) => sum + of(team), 0) / large.teams.length;
    expect(average(({ members }) => members.length)).toBeCloseTo(7, 0);
    expect(average(({ repositories }) => repositories.length)).toBeCloseTo(12, 0);
    expect(large.teams.filter(({ parentTeam }) => parentTeam !== null).length).toBeGreaterThan(20);
  });

  test("has an audit log of which a few hundred people make the most", () => {
    const counts = new Map<string, number>();
    for (const { actor } of entries(large)) counts.set(actor, (counts.get(actor) ?? 0) + 1);
    const busiest = [...counts.values()].toSorted((a, b) => b - a).slice(0, 350);
    expect(busiest.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10_000);
  });

  test("is the same whenever it is made", () => {
    expect(shown(largeState())).toBe(shown(large));
    const [a, b] = [largeState({ repositories: 60 }), largeState({ repositories: 60 })];
    expect([nextDay(a), shown(a)]).toEqual([nextDay(b), shown(b)]);
  });

  test("is smaller in proportion where only the repositories are given", () => {
    const { repositories, members, teams, audit, tokens } = largeState({ repositories: 40 });
    expect([repositories, members, teams, audit, tokens].map(({ length }) => length)).toEqual([40, 30, 4, 240, 8]);
    expect(largeState({ repositories: 40, members: 7 }).members.length).toBe(7);
  });

  test("is read by a session, and everything it answers holds against GitHub's description", async () => {
    const fake = await startFakeGitHub({}, { state: largeState({ repositories: 40 }) });
    onTestFinished(() => fake.close());
    const records = await collect((await openFake({}, { fake })).session);
    expect(fake.problems).toEqual([]);
    const kinds = new Set(records.coverage.filter(({ state }) => state === "complete").map(({ kind }) => kind));
    for (const kind of ["member", "team", "repository", "workflow", "environment", "ruleset", "activity", "webhook"])
      expect(kinds, kind).toContain(kind);
    expect(records.principals.filter(({ nativeType }) => nativeType === "organization-member").length).toBe(30);
  });
});

describe("the next day", () => {
  const EVENTS = [
    "environment.update_protection_rule",
    "git.push",
    "hook.create",
    "public_key.create",
    "repo.create_actions_secret",
    "repo.set_default_workflow_permissions",
    "repository_ruleset.update",
  ];

  test("changes so many repositories, each with its entry in the audit log", () => {
    const state = largeState();
    const before = largeState();
    const names = nextDay(state);
    expect(new Set(names).size).toBe(100);
    const added = entries(state).filter(({ created_at: at }) => at > NOW);
    expect(added.every(({ created_at: at }) => at < NOW + DAY)).toBe(true);
    const changes = added.filter(({ action }) => EVENTS.includes(action));
    expect(changes.map(({ repo }) => repo).toSorted()).toEqual(names);
    expect([...new Set(changes.map(({ action }) => action))].toSorted()).toEqual(EVENTS);
    const numbers = new Map(state.repositories.map((one) => [one.nameWithOwner, one.databaseId]));
    expect(changes.every(({ repo = "", repo_id: id }) => numbers.get(repo) === id)).toBe(true);
    const actors = new Set(added.filter((one) => !changes.includes(one)).map(({ actor }) => actor));
    expect(actors.size).toBe(60);
    expect(aboutEach(state, before)).toEqual(names);
  });

  test("comes after the day before", () => {
    const state = largeState({ repositories: 40 });
    nextDay(state, { changed: 5 });
    expect(nextDay(state, { changed: 5, day: 2 }).length).toBe(5);
    expect(new Set(state.audit.map((one) => (one as { _document_id: string })._document_id)).size).toBe(
      state.audit.length,
    );
    expect(entries(state)[0]?.created_at).toBeGreaterThan(NOW + DAY);
  });

  /** Repositories about which the two hold different things. */
  function aboutEach(now: GitHubState, before: GitHubState): readonly string[] {
    const of = (state: GitHubState, name: string): unknown => {
      const { rulesets, environments, branchPolicies, actions } = controlsOf(state);
      const { repositoryHooks, repositorySecrets } = peopleOf(state);
      const policies = Object.entries(branchPolicies).filter(([place]) => place.startsWith(`${name} `));
      const own = [rulesets, environments, actions, repositoryHooks, repositorySecrets].map((all) => all[name]);
      return [own, policies, state.deployKeys.get(name), state.repositories.find((one) => one.nameWithOwner === name)];
    };
    return now.repositories
      .map(({ nameWithOwner }) => nameWithOwner)
      .filter((name) => JSON.stringify(of(now, name)) !== JSON.stringify(of(before, name)))
      .toSorted();
  }
});
