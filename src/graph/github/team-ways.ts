import type { AccessGraph } from "../access-graph.ts";
import type { Grant } from "../../model/grant.ts";

/** A team and the way along the tree that leads to it, both ends included. */
export interface TeamWay {
  readonly teamId: string;
  /** From the team somebody is in up to the one that holds the grant. */
  readonly via: readonly string[];
}

/** Who is in which team, and which teams have what others have. A child has what its parents have. */
export interface TeamWays {
  /** The team itself and all above it, nearest first. */
  up(teamId: string): readonly TeamWay[];
  /** The team itself and all below it; `via` goes from each of them up to the team. */
  down(teamId: string): readonly TeamWay[];
  /** Membership grants of the team itself. */
  memberships(teamId: string): readonly Grant[];
  /** Membership grants of the person. */
  teamsOf(principalId: string): readonly { readonly teamId: string; readonly grant: Grant }[];
}

/** The teams of all organizations of the graph. Somebody may have made a circle of them: each is met once. */
export function teamWays(graph: AccessGraph): TeamWays {
  const parents = new Map<string, string[]>();
  const children = new Map<string, string[]>();
  for (const { kind, fromId, toId } of graph.snapshot.relations) {
    if (kind !== "parent-of" || graph.principal(fromId)?.kind !== "team" || graph.principal(toId)?.kind !== "team")
      continue;
    push(parents, toId, fromId);
    push(children, fromId, toId);
  }
  const members = new Map<string, Grant[]>();
  const teams = new Map<string, { readonly teamId: string; readonly grant: Grant }[]>();
  for (const grant of graph.snapshot.grants) {
    if (grant.kind !== "membership" || grant.system !== "github") continue;
    const teamId = graph.entitlement(grant.entitlementId)?.targetId;
    if (teamId === undefined) continue;
    push(members, teamId, grant);
    push(teams, grant.principalId, { teamId, grant });
  }
  const [ups, downs] = [new Map<string, readonly TeamWay[]>(), new Map<string, readonly TeamWay[]>()];
  const remembered = (cache: Map<string, readonly TeamWay[]>, next: Map<string, string[]>, id: string, up: boolean) => {
    let ways = cache.get(id);
    if (ways === undefined) cache.set(id, (ways = walk(next, id, up)));
    return ways;
  };
  return {
    up: (teamId) => remembered(ups, parents, teamId, true),
    down: (teamId) => remembered(downs, children, teamId, false),
    memberships: (teamId) => members.get(teamId) ?? [],
    teamsOf: (principalId) => teams.get(principalId) ?? [],
  };
}

function walk(next: ReadonlyMap<string, readonly string[]>, start: string, up: boolean): readonly TeamWay[] {
  const ways: TeamWay[] = [{ teamId: start, via: [start] }];
  const seen = new Set([start]);
  // The list grows while it is read: that is the queue.
  for (const { teamId, via } of ways)
    for (const id of next.get(teamId) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      ways.push({ teamId: id, via: up ? [...via, id] : [id, ...via] });
    }
  return ways;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
