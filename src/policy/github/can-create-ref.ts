import type { NameDemand } from "../names/name-pattern.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import { reachRef } from "./reach-ref.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/**
 * Whether there is a new branch or tag whose name satisfies the demand and that the actor may create, content of his own included.
 * Rules about pushes to refs that exist do not stand in the way (`update`, required pull requests): a branch `release/x` is created
 * under a ruleset that asks for a pull request into `release/*`.
 */
export function canCreateRef(
  actor: PushActor,
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  demand: NameDemand,
): Reach {
  return reachRef(actor, controls, refKind, demand, "create");
}
