import { repositoryControls } from "../graph/github/repository-controls.ts";
import type { Resource } from "../model/resource.ts";
import type { RepositoryControls } from "../policy/github/repository-controls.ts";
import type { RuleContext } from "./rule.ts";

/** A repository that is not archived, with its controls. */
export interface LiveRepository {
  readonly repository: Resource;
  readonly controls: RepositoryControls;
}

/** Repositories that were read and are not archived: in an archived one nothing changes and no job runs. */
export function liveRepositories({ graph, readable }: RuleContext): readonly LiveRepository[] {
  const controlsOf = repositoryControls(graph);
  return graph.snapshot.resources.flatMap((repository): readonly LiveRepository[] => {
    if (repository.kind !== "repository" || !readable(repository.tenantId)) return [];
    const controls = controlsOf(repository.id);
    return controls === undefined || controls.archived ? [] : [{ repository, controls }];
  });
}

/** Whether an enabled workflow may ask for an OIDC token; undefined where that was not read. */
export function mintsTokens({ workflows }: RepositoryControls): boolean | undefined {
  if (!workflows.known) return undefined;
  const enabled = workflows.value.filter((workflow) => workflow.enabled);
  if (enabled.some(({ jobs }) => jobs.some((job) => job.mintsToken))) return true;
  return enabled.some(({ unreadable }) => unreadable !== null) ? undefined : false;
}
