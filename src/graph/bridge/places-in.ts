import type { Resource } from "../../model/resource.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import { compilePolicy } from "../../policy/aws/compile-policy.ts";
import { decide } from "../../policy/aws/evaluate.ts";
import { GivenContext } from "../../policy/aws/given-context.ts";
import type { ParsedPolicy } from "../../policy/aws/parse-policy.ts";
import { PolicySet } from "../../policy/aws/policy-set.ts";
import { requestPrincipal } from "../../policy/aws/request-principal.ts";
import { tokenContext } from "../../policy/bridge/aws-claims.ts";
import type { TokenDemand } from "../../policy/bridge/token-demand.ts";
import { tokenDemands } from "../../policy/bridge/token-demands.ts";
import { witness, type PreferredNames } from "../../policy/bridge/witness.ts";
import { canMint, type OtherRepository } from "../../policy/github/can-mint.ts";
import { allOf, conditional, no, unknownReach, yes } from "../../policy/github/combine-reach.ts";
import { forksMayGetTokens } from "../../policy/github/fork-token.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { Reach } from "../../policy/github/reach.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import type { AccessGraph } from "../access-graph.ts";
import { classesOf, type ActorClass } from "../github/actor-classes.ts";
import { pushActorsOf } from "../github/push-actors.ts";
import { repositoryControls } from "../github/repository-controls.ts";
import { policyReader } from "../principal-policies.ts";
import type { BridgePlace, PlaceClass, TrustingRole } from "./github-bridge.ts";
import { placeInWords } from "./place-in-words.ts";

/** Something that would be otherwise than it was read. */
export interface BridgeChange {
  readonly trust?: ParsedPolicy;
  readonly controls?: (controls: RepositoryControls) => RepositoryControls;
  readonly actor?: (actor: PushActor) => PushActor;
}

const ASSUME = "sts:assumerolewithwebidentity";
const SUREST = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/**
 * The places of one repository whose tokens a role lets in, and who stands how to each; as it was read, or as it would be with a
 * change. `demands` are those of the trust, where they were worked out already.
 */
export function placesIn(
  graph: AccessGraph,
  table: ActionTable,
  role: TrustingRole,
  repository: Resource,
  change: BridgeChange = {},
  demands?: readonly TokenDemand[],
): readonly BridgePlace[] {
  const read = repositoryControls(graph)(repository.id);
  const one = change.trust === undefined ? role : { ...role, trust: change.trust };
  if (read === undefined || one.trust === null) return [];
  const controls = change.controls?.(read) ?? read;
  const asked = demands ?? tokenDemands(one.trust, one.provider, controls);
  if (asked.length === 0) return [];
  const pushers = pushActorsOf(graph);
  const changed = (those: readonly PushActor[]): readonly PushActor[] =>
    change.actor === undefined ? those : those.map(change.actor);
  const [writers, missing] = [changed(pushers.of(repository.id)), pushers.missing(repository.id)];
  const others = { approvers: writers, missing };
  const forks = asked.some(isPullRequest) && forksMayGetTokens(controls);
  const readers = forks ? without(changed(pushers.readers(repository.id)), writers) : [];
  const otherRepository = otherRepositories(graph);
  return asked.map((demand): BridgePlace => {
    const { door, token } = doorOf(graph, table, one, controls, demand);
    const byPerson = demand.actor !== null || demand.actorIds !== null || demand.jobWorkflow !== null;
    const apart = byPerson || demand.job === "environment";
    const all = [
      ...classesOf(writers, controls, { byPerson }),
      ...(isPullRequest(demand) ? (apart ? classesOf(readers, controls, { byPerson }) : alike(readers)) : []),
    ];
    const classes = all.map(({ representative, actors: list }): PlaceClass => {
      if (door.state === "no") return { actors: list, representative, reach: door };
      const minted = canMint(representative, controls, demand, others, {
        otherRepository: (name) => {
          const other = otherRepository(name);
          const actor = other?.others.approvers.find(({ id }) => id === representative.id) ?? null;
          return other === undefined ? undefined : { ...other, actor };
        },
      });
      const reach = allOf([minted, door]);
      // Teams and roles that were not all read may hold what would open the way.
      const open = reach.state === "no" && representative.missing.length > 0;
      return {
        actors: list,
        representative,
        reach: open ? unknownReach(representative.missing, reach.why) : reach,
      };
    });
    const subjectFor = subjectsLike(demand, controls, token);
    return {
      roleId: role.role.id,
      repository,
      place: placeInWords(demand),
      demand,
      get subject() {
        return subjectFor(surest(classes));
      },
      subjectFor,
      door,
      classes,
      missing,
    };
  });
}

function otherRepositories(graph: AccessGraph): (name: string) => OtherRepository | undefined {
  const pushers = pushActorsOf(graph);
  return (name) => {
    const other = graph.snapshot.resources.find(
      ({ system, kind, locator }) =>
        system === "github" && kind === "repository" && locator.toLowerCase() === name.toLowerCase(),
    );
    const controls = other === undefined ? undefined : repositoryControls(graph)(other.id);
    return other === undefined || controls === undefined
      ? undefined
      : { controls, actor: null, others: { approvers: pushers.of(other.id), missing: pushers.missing(other.id) } };
  };
}

function surest(classes: readonly PlaceClass[]): Reach | null {
  let best: Reach | null = null;
  for (const { reach } of classes) if (best === null || SUREST[reach.state] < SUREST[best.state]) best = reach;
  return best;
}

/** Subjects of the names that a way was found with, so that what is told of one way names one ref. */
function subjectsLike(
  demand: TokenDemand,
  controls: RepositoryControls,
  usual: Readonly<Record<string, string>> | undefined,
): (reach: Reach | null) => string | null {
  const known = new Map<string, string | null>();
  return (reach) => {
    const [ref, environment] = reach === null ? [undefined, undefined] : namesOf(reach);
    if (ref === undefined && environment === undefined) return usual?.["sub"] ?? null;
    const key = JSON.stringify([ref, environment]);
    let subject = known.get(key);
    if (subject === undefined) {
      const names: PreferredNames = {
        refs: [ref, controls.defaultBranch].flatMap((name) => name ?? []),
        ...(environment === undefined ? {} : { environments: [environment, "production"] }),
      };
      known.set(key, (subject = witness(demand, controls, names)?.tokens[0]?.["sub"] ?? null));
    }
    return subject;
  };
}

/** The ref and the environment a way was found with. */
function namesOf({ example, why }: Reach): readonly [ref: string | undefined, environment: string | undefined] {
  return [
    /^refs\/(?:heads|tags)\/(.+)$/.exec(example ?? "")?.[1] ?? /\b(?:branch|tag) `([^`]+)`/.exec(why)?.[1],
    /^environment (.+)$/.exec(example ?? "")?.[1] ?? /\benvironment `([^`]+)`/.exec(why)?.[1],
  ];
}

const isPullRequest = ({ pullRequest }: TokenDemand): boolean => pullRequest !== undefined;

/** Whoever may hold more than is certain is among both. */
function without(readers: readonly PushActor[], writers: readonly PushActor[]): readonly PushActor[] {
  const ids = new Set(writers.map(({ id }) => id));
  return readers.filter(({ id }) => !ids.has(id));
}

/** Readers with a fork, whom nothing tells apart but whether they may have more: no protection is in their way. */
function alike(readers: readonly PushActor[]): readonly Pick<ActorClass, "representative" | "actors">[] {
  return [...Map.groupBy(readers, ({ missing }) => missing.join("\n")).values()].flatMap((actors) =>
    actors[0] === undefined ? [] : [{ representative: actors[0], actors }],
  );
}

/** Asks AWS's side about a token that meets the demand: what denies it (an RCP, a denial of the trust) closes the place. */
function doorOf(
  graph: AccessGraph,
  table: ActionTable,
  { role, provider, trust }: TrustingRole,
  controls: RepositoryControls,
  demand: TokenDemand,
): { readonly door: Reach; readonly token: Readonly<Record<string, string>> | undefined } {
  const open = demandReach(demand);
  const example = witness(demand, controls, { refs: controls.defaultBranch === null ? [] : [controls.defaultBranch] });
  const [token] = example?.tokens ?? [];
  const principal = requestPrincipal(provider.arn);
  if (token === undefined || principal === undefined || trust === null) return { door: open, token };
  const tenant = graph.tenant(role.tenantId)?.nativeId ?? null;
  const { rcps } = policyReader(graph).tenantLimits(role.tenantId);
  const set = new PolicySet({
    resource: { policies: [{ name: `${role.id}/trust`, policy: compilePolicy(trust) }] },
    ...(rcps === undefined ? {} : { rcps }),
  });
  const context = new GivenContext(tokenContext(provider, token), principal, tenant, true);
  const { decision, decidedBy, conditions } = decide(
    set,
    { principal, action: ASSUME, resource: role.locator, resourceTenant: tenant, context },
    table,
  );
  if (decision === "explicitly-denied" || decision === "implicitly-denied")
    return {
      door: no(
        decidedBy === "rcp"
          ? "a resource control policy of the organization does not let the token in"
          : `the trust policy of \`${role.displayName}\` does not let such a token in`,
      ),
      token,
    };
  if (decision === "conditional" && open.state === "yes")
    return {
      door: conditional(
        conditions.map(
          ({ key, operator, values }) => `\`${key}\` ${operator} ${values.map((v) => `\`${v}\``).join(", ")}`,
        ),
        "AWS asks for more than the token",
      ),
      token,
    };
  if (decision === "unknown" && open.state === "yes")
    return {
      door: unknownReach(["a policy of the organization that bears on the role"], "not every layer was read"),
      token,
    };
  return { door: open, token };
}

/** What a demand itself leaves open. */
function demandReach({ needs, missing }: TokenDemand): Reach {
  if (missing.length > 0) return unknownReach(missing, "not everything that decides the subject was read");
  return needs.length > 0 ? conditional(needs, "the trust asks for more than the token") : yes("");
}
