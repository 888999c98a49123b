import type { TokenDemand } from "../bridge/token-demand.ts";
import { ANY_NAME, bothDemands } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { runsInEnvironment } from "./can-use-environment.ts";
import { allOf, conditional, no, unknownReach, yes } from "./combine-reach.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { WORKFLOW_FILES } from "./workflow-files.ts";
import { ROLES } from "./writes-to.ts";

/**
 * Whether a pull request from a fork of the actor's own gets the token. Only private repositories can be set to give forks tokens
 * that write; whoever may read one may then fork it, unless that is forbidden, and changes workflows there as he likes. Who does not
 * write may have to wait for an approval of the run. Source: "Managing GitHub Actions settings for a repository", GitHub documentation.
 */
export function forkToken(actor: PushActor, controls: RepositoryControls, demand: TokenDemand): Reach {
  if (!forksMayGetTokens(controls)) return no("pull requests of forks get no token");
  const person = (actor.kind === "user" || actor.kind === "token") && actor.gitOnly !== true;
  if (!person || ROLES.indexOf(actor.role) < READ) return no(`\`${actor.name}\` cannot fork \`${controls.name}\``);
  if (demand.jobWorkflow !== null && findName(bothDemands(demand.jobWorkflow, ofMerge(controls))).state === "none")
    return no("the job would be one of a workflow that a fork does not decide");
  if (demand.workflow !== null && findName(bothDemands(WORKFLOW_FILES, demand.workflow)).state === "none")
    return no("no workflow file can have the path that is asked for");
  const gets = yes("pull requests of forks get tokens that write");
  return allOf([
    ...unreadSettings(controls),
    gets,
    ...approval(actor, controls),
    ...(demand.job === "environment"
      ? [
          runsInEnvironment(actor, controls, demand.environment ?? ANY_NAME, {
            kind: "pull-request",
            demand: demand.ref,
            reach: () => gets,
          }),
        ]
      : []),
  ]);
}

/** Whether reading the repository may be enough to get a token by a pull request: certain where the settings were read. */
export function forksMayGetTokens({ visibility, settings, forking }: RepositoryControls): boolean {
  const { forksGetWriteTokens: gets } = settings;
  if (visibility === "public" || (gets.known && !gets.value)) return false;
  return forking?.known !== true || forking.value;
}

/** What holds the jobs of a workflow that a pull request brings along. */
function ofMerge({ name }: RepositoryControls): NameDemand {
  return { all: [[{ syntax: "aws", pattern: `${name}/.github/workflows/*@refs/pull/*/merge` }]], none: [] };
}

const READ = 1;
const WRITE = ROLES.indexOf("write");

function unreadSettings({ name, settings, forking }: RepositoryControls): readonly Reach[] {
  const parts: Reach[] = [];
  if (!settings.forksGetWriteTokens.known)
    parts.push(
      unknownReach([settings.forksGetWriteTokens.why], "whether pull requests of forks get tokens that write"),
    );
  if (forking?.known === false) parts.push(unknownReach([forking.why], `whether \`${name}\` may be forked`));
  return parts;
}

/** Runs of those who write need none. */
function approval(actor: PushActor, { name, settings }: RepositoryControls): readonly Reach[] {
  const { forksNeedApproval: needed } = settings;
  if (ROLES.indexOf(actor.role) >= WRITE || (needed?.known === true && !needed.value)) return [];
  const may = needed?.known === true ? "" : ", where one is asked for";
  return [
    conditional(
      [`somebody who writes to \`${name}\` to approve the run of a fork's pull request${may}`],
      "pull requests of forks get tokens that write, once their run is approved",
    ),
  ];
}
