import { ANY_NAME } from "../names/demands.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { approvals, type JobToken, type Others } from "./approvals.ts";
import { canCreateRef } from "./can-create-ref.ts";
import { canEditWorkflow } from "./can-edit-workflow.ts";
import { canPushRef } from "./can-push-ref.ts";
import { allOf, anyOf, no, unknownReach } from "./combine-reach.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import { reachRef } from "./reach-ref.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { writesTo } from "./writes-to.ts";

/**
 * Whether the actor may bring a change of a workflow file into a branch whose name satisfies the demand by a pull request that he
 * merges himself, and whose approval that takes. Merging needs write; deploy keys open no pull requests, and no pull request goes
 * into a tag. `path` is the file it changes, for its code owners.
 */
export function canLandViaPullRequest(
  actor: PushActor,
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  demand: NameDemand,
  others: Others,
  path = ".github/workflows/x.yml",
): Reach {
  if (refKind === "tag") return no("pull requests do not go into tags");
  if (actor.kind === "deploy-key") return no("deploy keys open no pull requests");
  const writes = writesTo(actor, controls);
  if (writes.state === "no") return writes;
  const opens = actor.opensPullRequests;
  if (opens?.known === true && !opens.value) return no(`\`${actor.name}\` may not open pull requests`);
  const judge = approvals(actor, controls, others, jobTokenOf(actor, controls), path);
  const landed = reachRef(actor, controls, refKind, demand, "merge", judge);
  if (opens === undefined || opens.known) return landed;
  return allOf([landed, unknownReach([opens.why], `whether \`${actor.name}\` may open pull requests`)]);
}

/** Whether a workflow of the actor's own, on whatever branch is open to him, may approve pull requests. */
function jobTokenOf(actor: PushActor, controls: RepositoryControls): JobToken {
  const { canApprovePullRequests: approves, enabled } = controls.settings;
  if ((approves.known && !approves.value) || (enabled.known && !enabled.value)) return "no";
  const branch = anyOf([
    canPushRef(actor, controls, "branch", ANY_NAME),
    canCreateRef(actor, controls, "branch", ANY_NAME),
  ]);
  const runs = allOf([canEditWorkflow(actor, controls), branch]);
  if (runs.state === "no" || runs.state === "conditional") return "no";
  return approves.known && runs.state === "yes" ? "approves" : "unknown";
}
