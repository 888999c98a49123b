// Longer than most: every kind of change is one declaration of how it is made and how it is said, and they are read side by side.
import type { DeploymentEnvironment } from "../../model/deployment-environment.ts";
import { known } from "../../model/observed.ts";
import type { Protection } from "../../model/protection.ts";
import type { PushCut } from "../../model/pushed-role.ts";
import type { Resource } from "../../model/resource.ts";
import { parsePolicy } from "../../policy/aws/parse-policy.ts";
import { listedNames } from "../../policy/bridge/mistakes/admitted.ts";
import { limitedTo } from "../../policy/bridge/mistakes/pins.ts";
import { strangers } from "../../policy/bridge/strangers.ts";
import { wordsOf } from "../../policy/github/layers.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import type { AccessGraph } from "../access-graph.ts";
import { repositoryControls } from "../github/repository-controls.ts";
import { closedBy, waysIn, type Way } from "./closed-ways.ts";
import type { BridgeRole } from "./github-bridge.ts";
import { IDLE_DAYS, mistakeFacts } from "./mistake-facts.ts";
import type { BridgeChange } from "./places-in.ts";

/** What would be changed, for whoever wants to make the change and look. */
export type CutChange =
  | { readonly kind: "trust"; readonly policy: string }
  /** The trust, and the environment it is limited to with it. */
  | { readonly kind: "environment"; readonly policy: string; readonly environment: DeploymentEnvironment }
  | { readonly kind: "approval"; readonly protection: Protection }
  | { readonly kind: "reviewers"; readonly environment: DeploymentEnvironment }
  | { readonly kind: "bypass"; readonly protections: readonly Protection[] }
  | { readonly kind: "no-skipping"; readonly environments: readonly string[] }
  | { readonly kind: "administrators"; readonly ids: readonly string[] }
  | { readonly kind: "no-trust" };

/** A cut that was worked out again with the change made. */
export interface CheckedCut extends PushCut {
  readonly change: CutChange;
  /** The repository it is about; null for the trust. */
  readonly repositoryId: string | null;
}

/** Repositories that are looked at for cuts, those with most ways first. */
const MOST_REPOSITORIES = 3;
/** Cuts that are told. */
const MOST_CUTS = 4;
const FEW_NAMES = 5;

/**
 * The changes that close ways to a role, those that close most first. Each was made in a copy and the ways worked out again: what
 * holds already closes nothing and is not offered. Where nothing else closes a way, taking the trust away does.
 */
export function checkedCuts(graph: AccessGraph, role: BridgeRole): readonly CheckedCut[] {
  const before = waysIn(role.places);
  const open = before.filter(({ state }) => state !== "no");
  const cuts = [...correction(graph, role, before)];
  const byRepository = [...Map.groupBy(open, ({ place }) => place.repository)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  for (const [repository, ways] of byRepository.slice(0, MOST_REPOSITORIES)) {
    const own = before.filter(({ place }) => place.repository === repository);
    const controls = repositoryControls(graph)(repository.id);
    if (controls === undefined) continue;
    const asked: Asked = { graph, role, repository, controls, before: own, open: ways };
    if (byRepository.length === 1 && role.corrected === null) cuts.push(...oneEnvironment(asked));
    cuts.push(
      ...approvals(asked),
      ...reviewers(asked),
      ...emptiedBypasses(asked),
      ...noSkipping(asked),
      ...fewerAdministrators(asked),
    );
  }
  if (cuts.length === 0 && open.length > 0) cuts.push(noTrust(role, open));
  return cuts.sort((a, b) => b.closes - a.closes).slice(0, MOST_CUTS);
}

/** What a cut of one repository is looked for in. */
interface Asked {
  readonly graph: AccessGraph;
  readonly role: BridgeRole;
  readonly repository: Resource;
  readonly controls: RepositoryControls;
  /** All ways of the repository, and those that are open. */
  readonly before: readonly Way[];
  readonly open: readonly Way[];
}

function closedWith({ role, repository, before }: Asked, change: BridgeChange): readonly Way[] {
  return closedBy(before, waysIn(role.placesWith(repository, change)));
}

function* correction(graph: AccessGraph, role: BridgeRole, before: readonly Way[]): Generator<CheckedCut> {
  const { corrected } = role;
  const parsed = corrected === null ? undefined : parsePolicy(corrected.policy);
  if (corrected === null || parsed?.known !== true) return;
  const trust = parsed.value;
  const open = [...new Set(before.flatMap(({ place, state }) => (state === "no" ? [] : [place.repository])))];
  const after = waysIn(open.flatMap((repository) => role.placesWith(repository, { trust })));
  const closes = closedBy(before, after).length;
  const shutOut = role.strangers !== null && !openToAnybody(graph, { ...role, trust });
  if (closes > 0 || shutOut)
    yield {
      what: `correct the trust policy of \`${role.role.displayName}\`: ${corrected.what}`,
      closes,
      policy: corrected.policy,
      change: { kind: "trust", policy: corrected.policy },
      repositoryId: null,
    };
}

function openToAnybody(graph: AccessGraph, role: Pick<BridgeRole, "role" | "trust" | "provider">): boolean {
  const owners = graph.snapshot.tenants.filter(({ system }) => system === "github").map(({ name }) => name);
  return role.trust !== null && strangers(role.trust, role.provider, owners).some(({ anybody }) => anybody);
}

/** The trust limited to one environment that has reviewers, or gets them. */
function* oneEnvironment(asked: Asked): Generator<CheckedCut> {
  const { graph, role, repository, controls, open } = asked;
  const facts = mistakeFacts(graph, role, IDLE_DAYS);
  if (facts === null || !controls.environments.known) return;
  const there = controls.environments.value;
  const guarded = there.find((one) => one.reviewers.length > 0);
  const environment = guarded ?? reviewed(there.find(({ name }) => name === ENVIRONMENT) ?? NEW, repository);
  const index = open[0]?.place.demand.statement;
  const statement = facts.trust.statements.find((one) => one.index === index);
  if (statement === undefined) return;
  const policy = limitedTo(facts, statement, [
    { repository: controls, environment: environment.name, branch: controls.defaultBranch ?? "main" },
  ]);
  const trust = policy === null ? undefined : parsePolicy(policy);
  if (policy === null || trust?.known !== true) return;
  const closes = closedWith(asked, { trust: trust.value, controls: withEnvironment(environment) }).length;
  const given = guarded === undefined ? "with reviewers it is to be given" : "which has reviewers";
  if (closes > 0)
    yield {
      what: `limit the trust policy of \`${role.role.displayName}\` to environment \`${environment.name}\` of \`${repository.locator}\`, ${given}: nobody gets there alone`,
      closes,
      policy,
      change: { kind: "environment", policy, environment },
      repositoryId: repository.id,
    };
}

/** An approval for branches that the trust names one by one. */
function* approvals(asked: Asked): Generator<CheckedCut> {
  const { repository, open } = asked;
  const branches = [
    ...new Set(open.flatMap(({ place: { demand } }) => (demand.refKind === "branch" ? listedNames(demand.ref) : []))),
  ];
  if (branches.length === 0 || branches.length > FEW_NAMES) return;
  const protection: Protection = {
    source: "ruleset",
    level: "repository",
    name: "an approval",
    target: "branch",
    enforcement: "active",
    include: branches.map((name) => name.replace(/[\\*?[\]{}]/g, "\\$&")),
    exclude: [],
    repositories: null,
    rules: [
      {
        kind: "pull-request",
        approvals: 1,
        dismissStale: true,
        codeOwners: false,
        lastPushApproval: true,
        bypass: known([]),
      },
    ],
  };
  const closes = closedWith(asked, {
    controls: (controls) => ({
      ...controls,
      protections: controls.protections.known
        ? known([...controls.protections.value, protection])
        : controls.protections,
    }),
  }).length;
  const named = branches.map((name) => `branch \`${name}\``).join(" and ");
  if (closes > 0)
    yield {
      what: `in \`${repository.locator}\`, require an approval for ${named}: nobody gets there alone`,
      closes,
      policy: null,
      change: { kind: "approval", protection },
      repositoryId: repository.id,
    };
}

/** Reviewers for environments that have none and that the trust names one by one. */
function* reviewers(asked: Asked): Generator<CheckedCut> {
  const { repository, controls, open } = asked;
  if (!controls.environments.known) return;
  const there = controls.environments.value;
  const names = new Set(
    open.flatMap(({ place: { demand } }) => (demand.environment === null ? [] : listedNames(demand.environment))),
  );
  for (const name of [...names].slice(0, FEW_NAMES)) {
    const one = there.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (one !== undefined && one.reviewers.length > 0) continue;
    const environment = reviewed(one ?? { ...NEW, name }, repository);
    const closes = closedWith(asked, { controls: withEnvironment(environment) }).length;
    if (closes > 0)
      yield {
        what: `in \`${repository.locator}\`, require reviewers for environment \`${environment.name}\`: nobody gets there alone`,
        closes,
        policy: null,
        change: { kind: "reviewers", environment },
        repositoryId: repository.id,
      };
  }
}

/** The bypasses of protections taken away: only those that let somebody through, or may. */
function* emptiedBypasses(asked: Asked): Generator<CheckedCut> {
  const { repository, controls } = asked;
  if (!controls.protections.known) return;
  const without = (emptied: readonly Protection[]): readonly Way[] =>
    closedWith(asked, {
      controls: (read) => ({
        ...read,
        protections: read.protections.known
          ? known(read.protections.value.map((one) => (emptied.includes(one) ? withoutBypass(one) : one)))
          : read.protections,
      }),
    });
  let emptied = controls.protections.value.filter(
    ({ enforcement, rules }) =>
      enforcement === "active" && rules.some(({ bypass }) => !bypass.known || bypass.value.length > 0),
  );
  if (emptied.length === 0) return;
  const closes = without(emptied).length;
  if (closes === 0) return;
  for (const one of emptied) {
    const fewer = emptied.filter((each) => each !== one);
    if (fewer.length > 0 && without(fewer).length === closes) emptied = fewer;
  }
  yield {
    what: `in \`${repository.locator}\`, let nobody bypass ${emptied.map(bypassInWords).join(" and ")}`,
    closes,
    policy: null,
    change: { kind: "bypass", protections: emptied },
    repositoryId: repository.id,
  };
}

/** Administrators kept from skipping what environments ask for. */
function* noSkipping(asked: Asked): Generator<CheckedCut> {
  const { repository, controls } = asked;
  if (!controls.environments.known) return;
  const skipped = controls.environments.value
    .filter(({ adminsBypass }) => !adminsBypass.known || adminsBypass.value)
    .map(({ name }) => name);
  const without = (names: readonly string[]): readonly Way[] =>
    closedWith(asked, {
      controls: (read) => ({
        ...read,
        environments: read.environments.known
          ? known(
              read.environments.value.map((one) =>
                names.includes(one.name) ? { ...one, adminsBypass: known(false) } : one,
              ),
            )
          : read.environments,
      }),
    });
  const environments = skipped.filter((name) => without([name]).length > 0);
  const closes = environments.length === 0 ? 0 : without(environments).length;
  if (closes > 0)
    yield {
      what: `in \`${repository.locator}\`, do not let administrators skip the rules of ${environments.map((name) => `environment \`${name}\``).join(" and ")}`,
      closes,
      policy: null,
      change: { kind: "no-skipping", environments },
      repositoryId: repository.id,
    };
}

/** Where protections hold but for those who administer, and can change them first, only fewer of those help. */
function* fewerAdministrators(asked: Asked): Generator<CheckedCut> {
  const { repository, open } = asked;
  const closedWithout = (ids: ReadonlySet<string>): readonly Way[] =>
    closedWith(asked, { actor: (actor) => (ids.has(actor.id) ? withoutAdministration(actor) : actor) });
  const all = new Set(open.filter(({ actor }) => changesProtection(actor)).map(({ actor }) => actor.id));
  const helps = new Set((all.size === 0 ? [] : closedWithout(all)).map(({ actor }) => actor.id));
  const closed = helps.size === 0 ? [] : closedWithout(helps);
  if (closed.length === 0) return;
  const people = [...new Map(closed.map(({ actor }) => [actor.id, actor])).values()];
  const isOwner = ({ kind, organizationOwner }: PushActor): boolean => kind === "user" && organizationOwner;
  const logins = new Set(people.flatMap(({ kind, login }) => (kind === "user" && login !== null ? [login] : [])));
  // What a token may goes with its owner.
  const others = people.filter(
    (actor) => !isOwner(actor) && !(actor.kind === "token" && actor.login !== null && logins.has(actor.login)),
  );
  const owners = people.filter(isOwner);
  const who = [
    ...(others.length === 0 ? [] : [`${named(others)} of \`${repository.locator}\``]),
    ...(owners.length === 0 ? [] : [`${named(owners)} as owners of the organization`]),
  ];
  yield {
    what: `let fewer administer: ${who.join(", and ")} can change what holds for others`,
    closes: closed.length,
    policy: null,
    change: { kind: "administrators", ids: [...helps].sort() },
    repositoryId: repository.id,
  };
}

function changesProtection({ role, administers, organizationOwner, enterpriseOwner, permissions }: PushActor): boolean {
  if (role === "admin" || administers || organizationOwner) return true;
  if (enterpriseOwner.known && enterpriseOwner.value) return true;
  return permissions.known && permissions.value.some((one) => EDITS.has(one));
}

/** Closes everything, and breaks what uses the role: only where nothing else helps. */
function noTrust({ role }: BridgeRole, open: readonly Way[]): CheckedCut {
  const alone = open.some(({ state }) => state === "yes");
  return {
    what: `take the trust in GitHub's tokens from \`${role.displayName}\` if nothing needs it: ${alone ? "no single change of a protection closes a way" : "what is open needs somebody else already, or was not read"}`,
    closes: open.length,
    policy: null,
    change: { kind: "no-trust" },
    repositoryId: null,
  };
}

const ENVIRONMENT = "production";
const NEW: DeploymentEnvironment = {
  name: ENVIRONMENT,
  reviewers: [],
  preventSelfReview: true,
  waitMinutes: 0,
  refs: { kind: "any" },
  adminsBypass: known(false),
  gates: [],
};

/** With reviewers who are nobody of those who push: a team that is yet to be named. */
function reviewed(environment: DeploymentEnvironment, repository: Resource): DeploymentEnvironment {
  const reviewer = { type: "team", id: `${repository.id}#reviewers`, name: "reviewers" } as const;
  return { ...environment, reviewers: [reviewer], preventSelfReview: true, adminsBypass: known(false) };
}

function withEnvironment(environment: DeploymentEnvironment): NonNullable<BridgeChange["controls"]> {
  return (controls) => {
    if (!controls.environments.known) return controls;
    const others = controls.environments.value.filter(({ name }) => name !== environment.name);
    return { ...controls, environments: known([...others, environment]) };
  };
}

function withoutBypass(protection: Protection): Protection {
  return { ...protection, rules: protection.rules.map((rule) => ({ ...rule, bypass: known([]) })) };
}

function withoutAdministration(actor: PushActor): PushActor {
  const { role, permissions } = actor;
  return {
    ...actor,
    role: role === "admin" ? "write" : role,
    administers: false,
    organizationOwner: false,
    enterpriseOwner: known(false),
    permissions: permissions.known ? known(permissions.value.filter((one) => !EDITS.has(one))) : known([]),
  };
}

const EDITS: ReadonlySet<string> = new Set(["edit_repo_protections", "manage_organization_ref_rules"]);

function bypassInWords(protection: Protection): string {
  const actors = protection.rules.flatMap(({ bypass }) => (bypass.known ? bypass.value.map(({ name }) => name) : []));
  const unread = protection.rules.some(({ bypass }) => !bypass.known);
  const names = [...new Set(actors)].map((name) => `\`${name}\``).join(", ");
  const who = [...(names === "" ? [] : [names]), ...(unread ? ["whom GitHub did not show"] : [])].join(" and ");
  return `${wordsOf(protection)} (now ${who})`;
}

function named(actors: readonly PushActor[]): string {
  const names = actors.slice(0, FEW_NAMES).map(({ name }) => `\`${name}\``);
  const more = actors.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
