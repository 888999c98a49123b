import type { DeploymentEnvironment } from "../../model/deployment-environment.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import { ANY_NAME, NO_NAME, oneOfPatterns } from "../names/demands.ts";
import type { NameDemand, NamePattern } from "../names/name-pattern.ts";
import { layersOf } from "./layers.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/**
 * Which refs may deploy to an environment: branches, tags, or what a pull request runs on (`refs/pull/7/merge`). Protected branches
 * are those that a classic rule protects, and every branch where the repository has none; tags are then no protected branches.
 * Source: "Managing environments for deployment", GitHub documentation.
 */
export function environmentRefs(
  environment: DeploymentEnvironment,
  controls: RepositoryControls,
  trigger: "branch" | "tag" | "pull-request",
): Observed<NameDemand> {
  const { refs } = environment;
  if (refs.kind !== "patterns") {
    if (refs.kind === "any") return known(ANY_NAME);
    if (!controls.protections.known) return controls.protections;
    const { classic } = layersOf(controls, "branch");
    if (classic.length === 0) return known(ANY_NAME);
    return known(trigger === "branch" ? oneOfPatterns(classic.flatMap(({ include }) => include)) : NO_NAME);
  }
  if (!refs.patterns.known) return unknown(`${refs.patterns.why} (which refs may deploy to \`${environment.name}\`)`);
  const type = trigger === "tag" ? "tag" : "branch";
  const patterns = refs.patterns.value.filter((one) => one.type === type);
  return known(oneOfPatterns(patterns.map(({ pattern }): NamePattern => ({ syntax: "fnmatch", pattern }))));
}
