import type { Workflow, WorkflowJob } from "../../model/workflow.ts";
import type { TokenDemand } from "../bridge/token-demand.ts";
import { satisfies } from "../names/find-name.ts";
import { conditional, no, unknownReach } from "./combine-reach.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/**
 * Whether a workflow that is there already asks for such a token, so that whoever pushes the code it runs gets at it without touching
 * a workflow. Conditional, never yes: filters of branches and what the steps do with the code were not read.
 */
export function existingWorkflows(controls: RepositoryControls, demand: TokenDemand): Reach {
  const why = "no workflow that is there asks for such a token";
  if (!controls.workflows.known) return unknownReach([controls.workflows.why], "workflows were not read");
  const unread: string[] = [];
  for (const workflow of controls.workflows.value) {
    if (!workflow.enabled || (demand.workflow !== null && !satisfies(demand.workflow, workflow.path))) continue;
    if (workflow.unreadable !== null) unread.push(`\`${workflow.path}\`: ${workflow.unreadable}`);
    else if (workflow.jobs.some((job) => asks(workflow, job, demand)))
      return conditional([`\`${workflow.path}\` to run what was pushed`], `\`${workflow.path}\` asks for such a token`);
  }
  return unread.length > 0 ? unknownReach(unread, why) : no(why);
}

function asks(workflow: Workflow, job: WorkflowJob, demand: TokenDemand): boolean {
  return (
    job.mintsToken &&
    workflow.events.some((event) => triggers(event, demand)) &&
    (demand.workflowName === undefined || satisfies(demand.workflowName, workflow.name)) &&
    runsIn(job.environment, demand) &&
    (demand.jobWorkflow === null || calls(job.calls, demand.jobWorkflow))
  );
}

/** Events that run on what was pushed; a pull request's jobs run for no other event. */
function triggers(event: string, demand: TokenDemand): boolean {
  const pull = demand.job === "pull-request" || demand.pullRequest !== undefined;
  const runs = pull ? event === "pull_request" : PUSHED.has(event);
  return runs && (demand.event === null || satisfies(demand.event, event));
}

const PUSHED = new Set(["push", "workflow_dispatch", "create", "schedule", "release", "repository_dispatch"]);

function runsIn(environment: string | null, demand: TokenDemand): boolean {
  if (demand.environment === null) return environment === null;
  // An expression may come to any name.
  return environment !== null && (environment.includes("${{") || satisfies(demand.environment, environment));
}

/** A workflow says `@main` where the token says `@refs/heads/main`. */
function calls(called: string | null, demand: NonNullable<TokenDemand["jobWorkflow"]>): boolean {
  if (called === null) return false;
  const [path = "", ref = ""] = called.split("@");
  return [ref, `refs/heads/${ref}`, `refs/tags/${ref}`].some((spelling) => satisfies(demand, `${path}@${spelling}`));
}
