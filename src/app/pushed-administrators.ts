import type { Escalations } from "../analyse/escalations.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import { pushedRoles, type Administers } from "../graph/bridge/pushed-roles.ts";
import type { FourValued } from "../model/four-valued.ts";
import type { PushedRole } from "../model/pushed-role.ts";

const SUREST: readonly FourValued[] = ["yes", "conditional", "unknown"];

/** How surely a role administers some tenant, by what it holds or by a path. */
export function administersBy({ heldBy, pathsOf }: Pick<Escalations, "heldBy" | "pathsOf">): Administers {
  return (roleId) => {
    const states = [...heldBy(roleId), ...pathsOf(roleId)].map(({ state }): FourValued => state);
    return SUREST.find((state) => states.includes(state)) ?? "no";
  };
}

/** The roles among those that GitHub's tokens lead to which administer a tenant, or may. */
export function pushedAdministrators(graph: AccessGraph, escalations: Escalations): readonly PushedRole[] {
  const { escalation } = escalations;
  return pushedRoles(graph, escalation.bridge(), administersBy(escalations)).filter(
    ({ administers }) => administers !== "no",
  );
}
