import type { Workflow, WorkflowJob } from "../../model/workflow.ts";
import { conditional } from "./combine-reach.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/** A way to a token that takes a weakness of a workflow which is there, rather than a push. */
export interface PassiveWay {
  readonly kind: "checks-out-head" | "injection" | "manual-run" | "self-hosted-runner" | "unpinned-action";
  /** Path of the workflow, and the job. */
  readonly workflow: string;
  readonly job: string;
  /** Who could take it: whoever may open a pull request, whoever writes, or whoever owns what runs. */
  readonly who: "anybody" | "writers" | "outsiders";
  /** Always conditional. */
  readonly reach: Reach;
}

/**
 * Ways to a token of the repository that need a workflow of its own to be weak: it checks out a stranger's pull request, puts a
 * stranger's words into a script, can be started by hand on any ref, runs on machines that keep what ran before, or uses an action
 * that its author can change. Of enabled jobs that may ask for tokens; empty where workflows were not read, which is not "none".
 */
export function passiveWays(controls: RepositoryControls): readonly PassiveWay[] {
  if (!controls.workflows.known || controls.archived) return [];
  const owner = controls.name.split("/")[0] ?? "";
  return controls.workflows.value
    .filter(({ enabled, unreadable }) => enabled && unreadable === null)
    .flatMap((workflow) =>
      workflow.jobs.filter(({ mintsToken }) => mintsToken).flatMap((job) => waysOf(workflow, job, owner)),
    );
}

function waysOf(workflow: Workflow, job: WorkflowJob, owner: string): readonly PassiveWay[] {
  const ways: PassiveWay[] = [];
  const add = (kind: PassiveWay["kind"], who: PassiveWay["who"], needs: string, why: string): void => {
    ways.push({ kind, workflow: workflow.path, job: job.id, who, reach: conditional([needs], why) });
  };
  const place = `job \`${job.id}\` of \`${workflow.path}\``;
  if (job.checksOutHead)
    add(
      "checks-out-head",
      "anybody",
      `${place} to run what a pull request brings`,
      "it checks out a stranger's pull request",
    );
  const [expression] = job.injectable;
  if (expression !== undefined)
    add(
      "injection",
      "anybody",
      `a script of ${place} to take in \`${expression}\``,
      "it puts a stranger's words into a script",
    );
  if (workflow.events.includes("workflow_dispatch"))
    add(
      "manual-run",
      "writers",
      `${place} to do harm with inputs or on another ref`,
      "whoever writes may start it by hand",
    );
  if (job.runsOn.includes("self-hosted"))
    add(
      "self-hosted-runner",
      "writers",
      `the runner of ${place} to keep what ran before`,
      "it runs on machines of one's own",
    );
  for (const action of job.uses)
    if (isForeign(action, owner) && !isPinned(action))
      add(
        "unpinned-action",
        "outsiders",
        `whoever owns \`${action}\` to change it`,
        "it uses an action by a name that moves",
      );
  return ways;
}

/** GitHub's own actions are trusted as far as GitHub is. */
function isForeign(action: string, owner: string): boolean {
  const publisher = action.split("/")[0]?.toLowerCase() ?? "";
  return !action.startsWith("./") && ![owner.toLowerCase(), "actions", "github"].includes(publisher);
}

function isPinned(action: string): boolean {
  return /@(?:[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64})$/i.test(action);
}
