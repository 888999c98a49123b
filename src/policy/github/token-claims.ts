import type { TokenDemand } from "../bridge/token-demand.ts";
import { isAnyName } from "../names/demands.ts";
import { findName, satisfies } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { conditional, no, unknownReach, yes } from "./combine-reach.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/** What a token says besides where it runs, and whether it can say so for this actor: who triggers it, by what event, other conditions. */
export function tokenClaims(actor: PushActor, controls: RepositoryControls, demand: TokenDemand): readonly Reach[] {
  const parts: Reach[] = [
    said(actor, "actor", demand.actor, actor.login),
    said(actor, "actor_id", demand.actorIds, actor.userId === null ? null : String(actor.userId)),
    triggered(controls, demand),
  ];
  // The name of a workflow is what its author writes; any that exists will do.
  if (demand.workflowName !== undefined && findName(demand.workflowName).state === "none")
    parts.push(no("no workflow can have the name that is asked for"));
  if (demand.needs.length > 0) parts.push(conditional(demand.needs, "the trust asks for more than the token says"));
  if (demand.missing.length > 0) parts.push(unknownReach(demand.missing, "how tokens are built was not read"));
  return parts;
}

/** Who triggers a run stands in its token. A deploy key's runs carry whoever added it, which nobody tells. */
function said(actor: PushActor, claim: string, demand: NameDemand | null, value: string | null): Reach {
  if (demand === null || isAnyName(demand)) return yes("");
  if (value === null)
    return unknownReach([`what tokens of \`${actor.name}\` say as \`${claim}\``], `the trust asks for \`${claim}\``);
  return satisfies(demand, value) ? yes("") : no(`the trust asks for another \`${claim}\` than \`${value}\``);
}

/**
 * Whoever edits a workflow decides what triggers it, as far as that runs on his ref: pushes, or pull requests. Other events need
 * something more, a manual run a workflow on the default branch that can be started so.
 */
function triggered(controls: RepositoryControls, demand: TokenDemand): Reach {
  const { event } = demand;
  if (event === null) return yes("");
  const pull = demand.job === "pull-request" || demand.pullRequest !== undefined;
  if (satisfies(event, pull ? "pull_request" : "push")) return yes("");
  const name = pull ? undefined : OTHER_EVENTS.find((other) => satisfies(event, other));
  if (name === undefined) {
    const found = pull ? { state: "none" as const } : findName(event);
    if (found.state !== "found") return no("no event that triggers such a job will do");
    return conditional([`a run that \`${found.name}\` triggers`], "the trust asks for an event");
  }
  const { workflows } = controls;
  const starts = workflows.known && workflows.value.some((one) => one.enabled && one.events.includes(name));
  if (name === "workflow_dispatch" && starts) return yes("");
  return conditional([`a run that \`${name}\` triggers`], "the trust asks for an event");
}

const OTHER_EVENTS: readonly string[] = [
  "workflow_dispatch",
  "create",
  "release",
  "schedule",
  "repository_dispatch",
  "workflow_run",
];
