import type { FourValued } from "../../model/four-valued.ts";
import type { PushCut, PushedBy, PushedRole, PushPlace } from "../../model/pushed-role.ts";
import type { AccessGraph } from "../access-graph.ts";
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
  const places = one.places.map(placeOf).sort((a, b) => RANK[a.state] - RANK[b.state]);
  return {
    role: role.locator,
    roleId: role.id,
    roleName: role.displayName,
    tenant: role.tenantId,
    tenantName: graph.tenant(role.tenantId)?.name ?? role.tenantId,
    administers,
    places,
    strangers: one.strangers,
    unread,
    cuts: cutsOf(one, places),
  };
}

function placeOf({ repository, place, subject, classes, door, missing }: BridgePlace): PushPlace {
  const groups = new Map<string, { -readonly [K in keyof PushedBy]: PushedBy[K] }>();
  for (const { actors, representative, reach } of classes) {
    // Those for whom the same holds are told together, whatever made them classes of their own.
    const shown = reach.why.replaceAll(`\`${representative.name}\``, "the actor");
    const key = JSON.stringify([reach.state, reach.needs, reach.missing, shown]);
    const group = groups.get(key);
    const names = actors.map(({ name }) => name);
    const ids = actors.map(({ id }) => id);
    if (group === undefined)
      groups.set(key, {
        state: reach.state,
        who: names,
        ids,
        needs: reach.needs,
        missing: reach.missing,
        why: shown,
      });
    else {
      group.who = [...group.who, ...names];
      group.ids = [...group.ids, ...ids];
    }
  }
  const by = [...groups.values()].sort((a, b) => RANK[a.state] - RANK[b.state]);
  const best = by[0]?.state ?? "no";
  // Where nobody is known who could, somebody may be whom nobody could read.
  const state = best === "no" && missing.length > 0 && door.state !== "no" ? "unknown" : best;
  return { repository: repository.locator, repositoryId: repository.id, place, subject, state, by, missing };
}

function cutsOf({ role, corrected, strangers }: BridgeRole, places: readonly PushPlace[]): readonly PushCut[] {
  const open = places.filter(({ state }) => state !== "no");
  const waysOf = ({ by }: PushPlace): number =>
    by.reduce((sum, { state, who }) => sum + (state === "no" ? 0 : who.length), 0);
  const ways = open.reduce((sum, place) => sum + waysOf(place), 0);
  if (ways === 0 && strangers === null) return [];
  const cuts: PushCut[] = [
    {
      what:
        corrected === null
          ? `limit the trust policy of \`${role.displayName}\` to one environment with reviewers: one edit instead of ${ways === 1 ? "one change" : `${ways} changes`} on GitHub`
          : `correct the trust policy of \`${role.displayName}\`: ${corrected.what}`,
      closes: ways,
      policy: corrected?.policy ?? null,
    },
  ];
  const byRepository = new Map<string, number>();
  for (const place of open)
    byRepository.set(place.repository, (byRepository.get(place.repository) ?? 0) + waysOf(place));
  for (const [repository, closes] of [...byRepository].sort(([, a], [, b]) => b - a).slice(0, 3)) {
    const where = open.filter((place) => place.repository === repository).map(({ place }) => place);
    cuts.push({
      what: `in \`${repository}\`, require an approval for ${[...new Set(where)].slice(0, 3).join(", ")}: nobody gets there alone`,
      closes,
      policy: null,
    });
  }
  return cuts;
}
