import type { FourValued } from "../../model/four-valued.ts";
import type { PushedBy, PushedRole, PushPlace } from "../../model/pushed-role.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { Reach } from "../../policy/github/reach.ts";
import type { AccessGraph } from "../access-graph.ts";
import { isOfPlace, tokensThatBecame, type Became } from "./became.ts";
import { checkedCuts } from "./cuts.ts";
import type { BridgePlace, BridgeRole, GitHubBridge } from "./github-bridge.ts";

const RANK: Readonly<Record<FourValued, number>> = { yes: 0, conditional: 1, unknown: 2, no: 3 };

/** How surely a role administers its tenant, by holding it or by a path. */
export type Administers = (roleId: string) => FourValued;

/** Every role that trusts tokens of GitHub, with who comes to it by pushing where, administrators first. */
export function pushedRoles(graph: AccessGraph, bridge: GitHubBridge, administers: Administers): readonly PushedRole[] {
  return bridge.roles
    .map((one) => pushedRole(graph, one, administers(one.role.id)))
    .sort((a, b) => RANK[a.administers] - RANK[b.administers] || (a.role < b.role ? -1 : 1));
}

/** One of them. */
export function pushedRole(graph: AccessGraph, one: BridgeRole, administers: FourValued): PushedRole {
  const { role, unread } = one;
  const did = tokensThatBecame(graph, role);
  const places = [...merged(one.places, did ?? [])].sort((a, b) => RANK[a.state] - RANK[b.state]);
  return {
    role: role.locator,
    roleId: role.id,
    roleName: role.displayName,
    tenant: role.tenantId,
    tenantName: graph.tenant(role.tenantId)?.name ?? role.tenantId,
    administers,
    places,
    strangers: one.strangers,
    did,
    lastUsed: role.lastUsedAt.known ? role.lastUsedAt.value : `unknown (${role.lastUsedAt.why})`,
    unread,
    cuts: checkedCuts(graph, one).map(({ what, closes, policy }) => ({ what, closes, policy })),
  };
}

/** Jobs that people would call by the same words (an environment on a branch and on a tag) are one place. */
function merged(places: readonly BridgePlace[], did: readonly Became[]): readonly PushPlace[] {
  const groups = new Map<string, BridgePlace[]>();
  for (const place of places) {
    const key = `${place.repository.id} ${place.place}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return [...groups.values()].map((group) => placeOf(group, did));
}

interface Standing {
  readonly actor: PushActor;
  readonly place: BridgePlace;
  readonly reach: Reach;
  /** What is said without the name of whom it was found for. */
  readonly why: string;
}

function placeOf(group: readonly BridgePlace[], did: readonly Became[]): PushPlace {
  const best = new Map<string, Standing>();
  for (const place of group)
    for (const { actors, representative, reach } of place.classes) {
      const why = reach.why.replaceAll(`\`${representative.name}\``, "the actor");
      for (const actor of actors) {
        const before = best.get(actor.id);
        if (before === undefined || RANK[reach.state] < RANK[before.reach.state])
          best.set(actor.id, { actor, place, reach, why });
      }
    }
  const by = new Map<string, { -readonly [K in keyof PushedBy]: PushedBy[K] }>();
  for (const { actor, reach, why } of best.values()) {
    // Those for whom the same holds are told together, whatever made them classes of their own.
    const key = JSON.stringify([reach.state, reach.needs, reach.missing, why]);
    const { state, needs, missing } = reach;
    const one = by.get(key);
    if (one === undefined) by.set(key, { state, who: [actor.name], ids: [actor.id], needs, missing, why });
    else {
      one.who = [...one.who, actor.name];
      one.ids = [...one.ids, actor.id];
    }
  }
  const ordered = [...by.values()].sort((a, b) => RANK[a.state] - RANK[b.state]);
  const surest = ordered[0]?.state ?? "no";
  const open = group.filter(({ door }) => door.state !== "no");
  const missing = [...new Set(open.flatMap((place) => place.missing))];
  const standing = [...best.values()].find(({ reach }) => reach.state === surest);
  const told = standing?.place ?? open[0] ?? group[0];
  if (told === undefined) throw new RangeError("a place of nothing");
  return {
    repository: told.repository.locator,
    repositoryId: told.repository.id,
    place: told.place,
    subject: standing === undefined ? told.subject : told.subjectFor(standing.reach),
    // Where nobody is known who could, somebody may be whom nobody could read.
    state: surest === "no" && missing.length > 0 ? "unknown" : surest,
    by: ordered,
    missing,
    lastDid: did.find(({ subject }) => group.some((place) => isOfPlace(subject, place)))?.lastAt ?? null,
  };
}
