import type { Escalations } from "../analyse/escalations.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import type { BridgePlace } from "../graph/bridge/github-bridge.ts";
import type { FourValued } from "../model/four-valued.ts";
import { administersBy } from "./pushed-administrators.ts";

/** A role in AWS that somebody on GitHub, or somebody who pushes to a repository, becomes; the surest way to it. */
export interface LedRole {
  readonly role: string;
  /** As people call it. */
  readonly tenant: string;
  /** How surely it administers a tenant. */
  readonly administers: FourValued;
  readonly state: "yes" | "conditional" | "unknown";
  /** ``branch `main` of acme/infra``. */
  readonly place: string;
}

const RANK = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/** The roles that tokens lead to from a repository (whoever pushes there), or by what one actor pushes; administrators first. */
export function leadsTo(
  graph: AccessGraph,
  escalations: Pick<Escalations, "heldBy" | "pathsOf" | "escalation">,
  from: { readonly repositoryId: string } | { readonly actorId: string },
): readonly LedRole[] {
  const bridge = escalations.escalation.bridge();
  const administers = administersBy(escalations);
  const ways = "actorId" in from ? bridge.waysOf(from.actorId) : [];
  return bridge.roles
    .flatMap((one): LedRole[] => {
      const { role, places } = one;
      const reached: readonly { readonly place: BridgePlace; readonly state: FourValued }[] =
        "actorId" in from
          ? ways.filter((way) => way.role === one).map(({ place, reach: { state } }) => ({ place, state }))
          : places
              .filter(({ repository }) => repository.id === from.repositoryId)
              .flatMap((place) => place.classes.map(({ reach: { state } }) => ({ place, state })));
      const [best] = reached.filter(({ state }) => state !== "no").sort((a, b) => RANK[a.state] - RANK[b.state]);
      if (best === undefined || best.state === "no") return [];
      return [
        {
          role: role.locator,
          tenant: graph.tenant(role.tenantId)?.name ?? role.tenantId,
          administers: administers(role.id),
          state: best.state,
          place: `${best.place.place} of ${best.place.repository.locator}`,
        },
      ];
    })
    .sort(
      (a, b) =>
        RANK[a.administers] - RANK[b.administers] || RANK[a.state] - RANK[b.state] || (a.role < b.role ? -1 : 1),
    );
}
