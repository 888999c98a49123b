import type { TokenDemand } from "../bridge/token-demand.ts";
import { bothDemands } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import { environmentRefs } from "./environment-refs.ts";
import { no, unknownReach, yes } from "./combine-reach.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { WORKFLOW_FILES } from "./workflow-files.ts";
import { ROLES } from "./writes-to.ts";

/**
 * Whether a pull request from a fork of the actor's own gets the token. Only private repositories can be set to give forks tokens
 * that write; whoever may read one may then fork it and changes workflows there as he likes. Source: "Managing GitHub Actions
 * settings for a repository", GitHub documentation.
 */
export function forkToken(actor: PushActor, controls: RepositoryControls, demand: TokenDemand): Reach {
  const why = "pull requests of forks get no token";
  const { forksGetWriteTokens: gets } = controls.settings;
  const person = actor.kind === "user" || actor.kind === "token";
  if (!person || ROLES.indexOf(actor.role) < READ) return no(`\`${actor.name}\` cannot fork \`${controls.name}\``);
  if (controls.visibility === "public" || (gets.known && !gets.value)) return no(why);
  if (demand.jobWorkflow !== null || environmentRules(controls, demand)) return no(why);
  if (demand.workflow !== null && findName(bothDemands(WORKFLOW_FILES, demand.workflow)).state === "none")
    return no("no workflow file can have the path that is asked for");
  if (!gets.known) return unknownReach([gets.why], "whether pull requests of forks get tokens that write");
  return yes("pull requests of forks get tokens that write");
}

const READ = 1;

/** Whether an environment keeps the jobs of a pull request out; forks meet no reviewer of their own. */
function environmentRules(controls: RepositoryControls, demand: TokenDemand): boolean {
  if (demand.job !== "environment") return false;
  const { environments } = controls;
  if (!environments.known) return true;
  return environments.value.some((one) => {
    const refs = environmentRefs(one, controls, "pull-request");
    return one.reviewers.length > 0 || one.gates.length > 0 || !refs.known || refs.value.all.length > 0;
  });
}
