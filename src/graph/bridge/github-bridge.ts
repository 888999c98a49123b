import type { Principal } from "../../model/principal.ts";
import type { Resource } from "../../model/resource.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import type { ParsedPolicy } from "../../policy/aws/parse-policy.ts";
import type { TokenProvider } from "../../policy/bridge/aws-claims.ts";
import type { TokenDemand } from "../../policy/bridge/token-demand.ts";
import { mistakesOf } from "../../policy/bridge/mistakes/index.ts";
import { strangers, type OutsideDemand } from "../../policy/bridge/strangers.ts";
import { tokenDemands } from "../../policy/bridge/token-demands.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { Reach } from "../../policy/github/reach.ts";
import type { AccessGraph } from "../access-graph.ts";
import { repositoryControls } from "../github/repository-controls.ts";
import { IDLE_DAYS, mistakeFacts } from "./mistake-facts.ts";
import { placesIn, type BridgeChange } from "./places-in.ts";

/** Actors of a repository who stand to a place in the same way. */
export interface PlaceClass {
  readonly actors: readonly PushActor[];
  /** The one of them who was asked about. */
  readonly representative: PushActor;
  /** What is said of it names the representative. */
  readonly reach: Reach;
}

/** One kind of job in one repository whose token a role lets in. */
export interface BridgePlace {
  readonly roleId: string;
  readonly repository: Resource;
  /** `branch main`, `environment production`. */
  readonly place: string;
  readonly demand: TokenDemand;
  /** A subject that is let in, as an example: one of the surest way; null where none could be told. */
  readonly subject: string | null;
  /** The same for a way to the place: of the ref and the environment it was found with. */
  subjectFor(reach: Reach): string | null;
  /** Whether AWS lets such a token in, every layer asked: the trust policy and the organization's RCPs. */
  readonly door: Reach;
  readonly classes: readonly PlaceClass[];
  /** Why there may be more actors than are told. */
  readonly missing: readonly string[];
}

/** A role that trusts GitHub's tokens. */
export interface BridgeRole {
  readonly role: Principal;
  readonly provider: TokenProvider;
  readonly trust: ParsedPolicy | null;
  /** Why its trust policy could not be read. */
  readonly unread: string | null;
  /** Grant of the trust: taking it away closes everything. */
  readonly grantId: string;
  readonly places: readonly BridgePlace[];
  /** The places of one repository as they would be with something changed: to check what a cut would do. */
  placesWith(repository: Resource, change: BridgeChange): readonly BridgePlace[];
  /** What is open to repositories of anybody on GitHub, in words; null where the trust names whose. */
  readonly strangers: string | null;
  /** The trust policy without its worst mistake, and what was changed; null where it has none that is known. */
  readonly corrected: { readonly what: string; readonly policy: string } | null;
}

/** One way of an actor to a role: CAN_MINT and CAN_ASSUME of the research's vocabulary. */
export interface BridgeWay {
  readonly actor: PushActor;
  readonly role: BridgeRole;
  readonly place: BridgePlace;
  readonly reach: Reach;
}

/** Who on GitHub can become which role, by what they may push where. */
export interface GitHubBridge {
  readonly roles: readonly BridgeRole[];
  role(roleId: string): BridgeRole | undefined;
  /** Everybody who has a way that is not closed, in order of id. */
  readonly actors: readonly PushActor[];
  /** Ways of an actor that are not closed, surest first, one per role and place. */
  waysOf(actorId: string): readonly BridgeWay[];
}

const RANK = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;
/** GitHub's own issuer, that of an enterprise below it, and that of GitHub Enterprise Server. */
const ISSUERS = /oidc-provider\/(token\.actions\.githubusercontent\.com(?:\/.+)?|[^/]+\/_services\/token)$/;

const remembered = new WeakMap<AccessGraph, GitHubBridge>();

/** The bridge of a graph; worked out once. */
export function githubBridge(graph: AccessGraph, table: ActionTable): GitHubBridge {
  let bridge = remembered.get(graph);
  if (bridge === undefined) remembered.set(graph, (bridge = build(graph, table)));
  return bridge;
}

function build(graph: AccessGraph, table: ActionTable): GitHubBridge {
  const repositories = graph.snapshot.resources.filter(
    ({ system, kind }) => system === "github" && kind === "repository",
  );
  const trusting = rolesThatTrust(graph);
  const demands = demandsOf(graph, trusting, repositories);
  const roles = trusting.map((one): BridgeRole => {
    // Paths ask who gets there; what is wrong with a trust only those do who tell of the role.
    let said: ReturnType<typeof judged> | undefined;
    const judge = (): ReturnType<typeof judged> => (said ??= judged(graph, one));
    return {
      ...one,
      places: repositories.flatMap((repository) => {
        const own = demands.get(one)?.get(repository.id);
        return own === undefined ? [] : placesIn(graph, table, one, repository, {}, own);
      }),
      placesWith: (repository, change) => placesIn(graph, table, one, repository, change),
      get strangers() {
        return judge().strangers;
      },
      get corrected() {
        return judge().corrected;
      },
    };
  });
  const ways = new Map<string, { readonly ways: WayOfClass[]; readonly as: PushActor[] }>();
  for (const role of roles)
    for (const place of role.places)
      for (const one of place.classes) {
        if (one.reach.state === "no") continue;
        const way = { role, place, one };
        for (const actor of one.actors) {
          let own = ways.get(actor.id);
          if (own === undefined) ways.set(actor.id, (own = { ways: [], as: [] }));
          own.ways.push(way);
          own.as.push(actor);
        }
      }
  const waysOf = (actorId: string): readonly BridgeWay[] => {
    const own = ways.get(actorId);
    return (own?.ways ?? [])
      .flatMap(({ role, place, one: { representative, reach } }, at): BridgeWay[] => {
        const actor = own?.as[at];
        return actor === undefined ? [] : [{ actor, role, place, reach: named(reach, representative, actor) }];
      })
      .sort((a, b) => RANK[a.reach.state] - RANK[b.reach.state]);
  };
  return {
    roles,
    role: (roleId) => roles.find(({ role }) => role.id === roleId),
    actors: [...ways.values()].flatMap(({ as }) => as.slice(0, 1)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    waysOf,
  };
}

/** A way of all in a class, which thousands share: it is told of one of them when somebody asks. */
interface WayOfClass {
  readonly role: BridgeRole;
  readonly place: BridgePlace;
  readonly one: PlaceClass;
}

/** What was found for one of a class, said of another. */
function named(reach: Reach, representative: PushActor, actor: PushActor): Reach {
  const name = `\`${representative.name}\``;
  const names = (text: string): boolean => text.includes(name);
  if (actor === representative || !(names(reach.why) || reach.needs.some(names) || reach.missing.some(names)))
    return reach;
  const said = (text: string): string => text.replaceAll(name, `\`${actor.name}\``);
  return { ...reach, why: said(reach.why), needs: reach.needs.map(said), missing: reach.missing.map(said) };
}

/** A role that trusts GitHub's tokens, before anybody asks who gets them. */
export type TrustingRole = Omit<BridgeRole, "places" | "placesWith" | "strangers" | "corrected">;

function rolesThatTrust(graph: AccessGraph): readonly TrustingRole[] {
  const found: TrustingRole[] = [];
  for (const grant of graph.snapshot.grants) {
    if (grant.kind !== "trust") continue;
    const party = graph.principal(grant.principalId);
    const issuer = party?.kind === "federated" ? ISSUERS.exec(party.nativeId)?.[1] : undefined;
    const role = graph.principal(graph.entitlement(grant.entitlementId)?.targetId ?? "");
    if (party === undefined || issuer === undefined || role === undefined) continue;
    const parsed = graph.parsed(`${role.id}/trust`);
    found.push({
      role,
      provider: { arn: party.nativeId, url: `https://${issuer}` },
      trust: parsed.known ? parsed.value : null,
      unread: parsed.known ? null : parsed.why,
      grantId: grant.id,
    });
  }
  return found.sort((a, b) => (a.role.id < b.role.id ? -1 : 1));
}

type Demands = ReadonlyMap<string, readonly TokenDemand[]>;

/** What each role asks of tokens, by repository; repository by repository, so that its tokens are made once for all roles. */
function demandsOf(
  graph: AccessGraph,
  roles: readonly TrustingRole[],
  repositories: readonly Resource[],
): ReadonlyMap<TrustingRole, Demands> {
  const controlsOf = repositoryControls(graph);
  const found = new Map(roles.map((role) => [role, new Map<string, readonly TokenDemand[]>()]));
  for (const { id } of repositories) {
    const controls = controlsOf(id);
    if (controls === undefined) continue;
    for (const role of roles) {
      if (role.trust === null) continue;
      const demands = tokenDemands(role.trust, role.provider, controls);
      if (demands.length > 0) found.get(role)?.set(id, demands);
    }
  }
  return found;
}

/** What the trust leaves open to strangers, and its worst mistake with the policy that corrects it. */
function judged(graph: AccessGraph, one: TrustingRole): Pick<BridgeRole, "strangers" | "corrected"> {
  const facts = mistakeFacts(graph, one, IDLE_DAYS);
  if (facts === null) return { strangers: null, corrected: null };
  const open = strangers(facts.trust, one.provider, facts.owners).find(({ anybody }) => anybody);
  for (const answer of mistakesOf(facts))
    if (answer.state === "found" && answer.corrected !== null)
      return {
        strangers: open === undefined ? null : strangersInWords(open),
        corrected: { what: answer.title, policy: answer.corrected },
      };
  return { strangers: open === undefined ? null : strangersInWords(open), corrected: null };
}

function strangersInWords({ example, needs }: OutsideDemand): string {
  return `repositories of anybody whose name fits, such as \`${example}\`${needs.length === 0 ? "" : `, with ${needs.join(", ")}`}`;
}
