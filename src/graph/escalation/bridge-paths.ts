import type { Principal } from "../../model/principal.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { known, unknown } from "../../model/observed.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { BridgeRole, BridgeWay, GitHubBridge } from "../bridge/github-bridge.ts";
import { accessGrants } from "../bridge/access-grants.ts";
import type { EscalationPath, PathHop, PathState } from "./paths.ts";

const RANK: Readonly<Record<PathState, number>> = { yes: 0, conditional: 1, unknown: 2 };
/** Repositories that are told per source and role; a role that trusts a whole organization has thousands, all alike. */
const MOST_REPOSITORIES = 12;
const BY_RANK: readonly PathState[] = ["yes", "conditional", "unknown"];

/** Those on GitHub from whom a way to some role begins, as sources of paths: people, apps, and keys and tokens as themselves. */
export function bridgeSources(bridge: GitHubBridge, graph: AccessGraph): readonly Principal[] {
  return bridge.actors.flatMap(({ id, name }) => {
    const principal = graph.principal(id);
    if (principal !== undefined) return [principal];
    const credential = graph.credential(id);
    if (credential === undefined) return [];
    return [
      {
        id,
        system: credential.system,
        tenantId: credential.tenantId,
        kind: "app",
        nativeType: credential.kind,
        nativeId: credential.nativeId,
        locator: name,
        displayName: name,
        email: known(null),
        createdAt: credential.createdAt,
        lastUsedAt: credential.lastUsedAt,
        secondFactor: known(null),
        tags: unknown("a credential has no tags"),
        attributes: {},
      } satisfies Principal,
    ];
  });
}

/**
 * Ways of somebody on GitHub to a target: what he pushes, the role whose trust lets the token in, and the role's own way on.
 * `onwards` tells the role's best way; undefined where it has none, and no hops where the role is the target. The surest and shortest
 * for every role and repository.
 */
export function bridgePaths(
  source: Principal,
  bridge: GitHubBridge,
  graph: AccessGraph,
  onwards: (role: Principal) => EscalationPath | undefined,
): { readonly paths: readonly EscalationPath[]; readonly omitted: number } {
  const best = new Map<string, { readonly way: BridgeWay; readonly on: EscalationPath; readonly state: PathState }>();
  const told = new Map<string, number>();
  let omitted = 0;
  // Surest first: the first way to a role from a repository is the one to tell.
  for (const way of bridge.waysOf(source.id)) {
    const roleId = way.role.role.id;
    const on = onwards(way.role.role);
    if (on === undefined || way.reach.state === "no") continue;
    const key = `${roleId} ${way.place.repository.id}`;
    const count = told.get(roleId) ?? 0;
    if (best.has(key) || count >= MOST_REPOSITORIES) {
      omitted += 1;
      continue;
    }
    told.set(roleId, count + 1);
    best.set(key, { way, on, state: BY_RANK[Math.max(RANK[way.reach.state], RANK[on.state])] ?? "unknown" });
  }
  const paths = [...best.values()]
    .map(({ way, on, state }): EscalationPath => {
      return { ...on, principal: source, state, hops: [...hopsOf(source, way, graph), ...on.hops] };
    })
    .sort((x, y) => RANK[x.state] - RANK[y.state] || x.hops.length - y.hops.length);
  return { paths, omitted };
}

/**
 * The roles that each actor becomes at least as surely as a level, by the actor's id. What gives access to the repository is not told
 * with them: an actor may have it in several ways.
 */
export function rolesBecome(bridge: GitHubBridge, level: OpenTruth): ReadonlyMap<string, readonly BridgeRole[]> {
  const found = new Map<string, Set<BridgeRole>>();
  for (const role of bridge.roles)
    for (const { classes } of role.places)
      for (const { actors, reach } of classes) {
        if (reach.state === "no" || RANK[reach.state] >= level) continue;
        for (const { id } of actors) {
          const own = found.get(id);
          if (own === undefined) found.set(id, new Set([role]));
          else own.add(role);
        }
      }
  return new Map([...found].map(([id, roles]) => [id, [...roles]]));
}

function hopsOf(source: Principal, { role, place, reach }: BridgeWay, graph: AccessGraph): readonly PathHop[] {
  const { repository } = place;
  const subject = place.subjectFor(reach);
  const state: PathState = reach.state === "no" ? "unknown" : reach.state;
  const hangsOn = reach.state === "conditional" ? reach.needs : reach.missing;
  const note = [reach.why, ...(hangsOn.length === 0 ? [] : [`${NOTE[state]} ${hangsOn.join(", ")}`])];
  return [
    {
      from: source.locator,
      fromId: source.id,
      to: repository.locator,
      toId: repository.id,
      technique: { id: "github-can-mint", name: `runs a job for ${place.place} of` },
      grants: accessGrants(graph, source.id, repository.id),
      permissions: [],
      conditions: [],
      state,
      note: note.filter((one) => one !== "").join("; "),
    },
    {
      from: repository.locator,
      fromId: repository.id,
      to: role.role.locator,
      toId: role.role.id,
      technique: { id: "github-can-assume", name: "brings its token and assumes the role" },
      grants: [role.grantId],
      permissions: ["sts:AssumeRoleWithWebIdentity"],
      conditions: [],
      state: place.door.state === "no" ? "unknown" : place.door.state,
      ...(subject === null ? {} : { note: `subject \`${subject}\`` }),
    },
  ];
}

const NOTE: Readonly<Record<PathState, string>> = { yes: "with", conditional: "needs", unknown: "not known:" };
