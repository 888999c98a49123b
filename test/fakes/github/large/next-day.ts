import type { GitHubState } from "../github-state.ts";
import { controlsOf } from "../slices/controls-state.ts";
import { peopleOf } from "../slices/people-state.ts";
import { auditWriter, type Happening } from "./audit.ts";
import { Chance } from "./chance.ts";
import { NOW } from "./organization.ts";
import { deployKey, hook } from "./people.ts";

const DAY = 86_400_000;

/** Changes one repository; the rest of its audit entry. `id` is given out once. */
type Change = (state: GitHubState, name: string, at: string, id: number) => Pick<Happening, "action" | "more">;

/** A change, and which repositories it can be made in. */
interface Kind {
  readonly change: Change;
  readonly fits: (state: GitHubState, name: string) => boolean;
}

const anywhere = (): boolean => true;
const hasWorkflows = (state: GitHubState, name: string): boolean =>
  Object.keys(controlsOf(state).files[name] ?? {}).some((path) => path.startsWith(".github/workflows/"));

/** What a working day changes; the actions are named as in GitHub's "Audit log events for your organization". */
const KINDS: readonly Kind[] = [
  {
    fits: anywhere,
    change(state, name, at, id) {
      (peopleOf(state).repositoryHooks[name] ??= []).push(hook(id, at));
      return { action: "hook.create", more: { hook_id: id } };
    },
  },
  {
    fits: (state, name) => (controlsOf(state).rulesets[name] ?? []).length > 0,
    change(state, name, at) {
      const [first, ...others] = controlsOf(state).rulesets[name] ?? [];
      if (first === undefined) throw new RangeError(`${name} has no ruleset`);
      const rules = [...(first.rules ?? []), { type: "required_signatures" }];
      controlsOf(state).rulesets[name] = [{ ...first, rules, updated_at: at }, ...others];
      return { action: "repository_ruleset.update", more: { ruleset_id: first.id, ruleset_name: first.name } };
    },
  },
  {
    fits: (state, name) => (controlsOf(state).environments[name] ?? []).length > 0,
    change(state, name, at, id) {
      const controls = controlsOf(state);
      const [first, ...others] = controls.environments[name] ?? [];
      if (first === undefined) throw new RangeError(`${name} has no environment`);
      const deployment_branch_policy = { protected_branches: false, custom_branch_policies: true };
      controls.environments[name] = [{ ...first, updated_at: at, deployment_branch_policy }, ...others];
      (controls.branchPolicies[`${name} ${first.name}`] ??= []).push({ name: `hotfix-${id}/*` });
      return { action: "environment.update_protection_rule", more: { environment_name: first.name } };
    },
  },
  {
    fits: hasWorkflows,
    change(state, name, at, id) {
      const secret = { name: `NEW_SECRET_${id}`, created_at: at, updated_at: at };
      (peopleOf(state).repositorySecrets[name] ??= []).push(secret);
      return { action: "repo.create_actions_secret", more: { key: secret.name } };
    },
  },
  {
    fits: hasWorkflows,
    change(state, name) {
      const actions = controlsOf(state).actions[name];
      if (actions === undefined) throw new RangeError(`${name} has no Actions settings`);
      const before = actions.workflow.default_workflow_permissions;
      const workflow = {
        ...actions.workflow,
        default_workflow_permissions: before === "read" ? ("write" as const) : ("read" as const),
      };
      controlsOf(state).actions[name] = { ...actions, workflow };
      return { action: "repo.set_default_workflow_permissions" };
    },
  },
  {
    fits: anywhere,
    change(state, name, at, id) {
      state.deployKeys.set(name, [...(state.deployKeys.get(name) ?? []), { ...deployKey(id, at), last_used: null }]);
      return { action: "public_key.create", more: { title: `deployment ${id}` } };
    },
  },
  {
    fits: anywhere,
    change(state, name, at) {
      const one = state.repositories.find(({ nameWithOwner }) => nameWithOwner === name);
      if (one !== undefined) one.pushedAt = at;
      return { action: "git.push" };
    },
  },
];

/** How a day goes. */
export interface DayOptions {
  /** Repositories that are changed, one change each. */
  readonly changed?: number;
  /** Which day after 2026-11-20T08:00Z it is, from one. */
  readonly day?: number;
}

/**
 * One working day in a large organization: some people who were not seen for a while do something, and repositories are changed, each
 * with its entry in the audit log. Returns the names (`owner/name`) of those that were changed, in alphabetical order.
 */
export function nextDay(state: GitHubState, { changed = 100, day = 1 }: DayOptions = {}): readonly string[] {
  const chance = new Chance(1_000 + day);
  const names = state.repositories.map(({ nameWithOwner }) => nameWithOwner);
  const logins = state.members.flatMap(({ node }) => (node === null ? [] : [node.login]));
  const start = NOW + (day - 1) * DAY;
  const moment = (): number => start + 1_000 + Math.floor(chance.next() * (DAY / 1_000 - 2)) * 1_000;
  const happenings: Happening[] = [];

  const left = new Set(names);
  const kinds = KINDS.length;
  for (let i = 0, passed = 0; i - passed < changed && passed < kinds * 2; i += 1) {
    const kind = KINDS[i % kinds] as Kind;
    const candidates = [...left].filter((name) => kind.fits(state, name));
    if (candidates.length === 0) {
      passed += 1;
      continue;
    }
    const name = chance.one(candidates);
    left.delete(name);
    const at = moment();
    const written = new Date(at).toISOString().replace(".000Z", "Z");
    const done = kind.change(state, name, written, 20_000_000 + day * 10_000 + i);
    happenings.push({ ...done, actor: chance.one(logins), at, repo: name });
  }

  // Sixty of fifteen hundred, who work in repositories that need not be among the changed.
  for (const actor of chance.some(logins, Math.ceil(logins.length / 25)))
    for (const action of ["git.fetch", "workflows.created_workflow_run", "pull_request.create"])
      happenings.push({ action, actor, at: moment(), repo: chance.one(names) });

  const write = auditWriter(state);
  const entries = happenings
    .toSorted((a, b) => b.at - a.at)
    .map((one, i) => write(one, 1_000_000 * day + happenings.length - i));
  state.audit.unshift(...entries);
  return names.filter((name) => !left.has(name)).toSorted();
}
