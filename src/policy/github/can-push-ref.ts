import type { NameDemand } from "../names/name-pattern.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import { reachRef } from "./reach-ref.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/**
 * Whether there is a branch or tag whose name satisfies the demand and that the actor may move by a direct push. Required checks and
 * deployments make it conditional: a commit passes them on another ref first. A signature is asked of everybody and is everybody's
 * own, so it is no obstacle.
 */
export function canPushRef(
  actor: PushActor,
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  demand: NameDemand,
): Reach {
  return reachRef(actor, controls, refKind, demand, "push");
}
