import { daysBetween } from "../../model/instant.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import type { MistakeFacts } from "../../policy/bridge/mistakes/mistake.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import type { AccessGraph } from "../access-graph.ts";
import { repositoryControls } from "../github/repository-controls.ts";
import { formerNames } from "./former-names.ts";
import type { BridgeRole } from "./github-bridge.ts";

/** Idle for so long is unused: the threshold of idle roles; a correction does not hang on it. */
export const IDLE_DAYS = 90;

const shared = new WeakMap<
  AccessGraph,
  Pick<MistakeFacts, "owners" | "repositories" | "formerNames" | "membersCreateRepositories">
>();

/** The same object for the same role: the checks remember by it what they worked out. */
const remembered = new WeakMap<AccessGraph, Map<string, MistakeFacts>>();

/**
 * What is known when a role's trust is judged; null where its trust could not be read. `idleDays`: a role that was not used for so
 * long is unused.
 */
export function mistakeFacts(
  graph: AccessGraph,
  { role, trust, provider }: Pick<BridgeRole, "role" | "trust" | "provider">,
  idleDays: number,
): MistakeFacts | null {
  if (trust === null) return null;
  let known = remembered.get(graph);
  if (known === undefined) remembered.set(graph, (known = new Map()));
  const key = `${idleDays} ${role.id} ${provider.arn}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let facts = shared.get(graph);
  if (facts === undefined) shared.set(graph, (facts = ofOrganizations(graph)));
  const made = { trust, provider, roleArn: role.locator, ...facts, unused: isUnused(graph, role, idleDays) };
  known.set(key, made);
  return made;
}

function isUnused(graph: AccessGraph, { lastUsedAt }: BridgeRole["role"], idleDays: number): Observed<boolean> {
  if (!lastUsedAt.known) return lastUsedAt;
  if (lastUsedAt.value === "never") return known(true);
  return known(daysBetween(lastUsedAt.value, graph.snapshot.asOf) >= idleDays);
}

function ofOrganizations(graph: AccessGraph): NonNullable<ReturnType<typeof shared.get>> {
  const tenants = graph.snapshot.tenants.filter(({ system }) => system === "github");
  const controlsOf = repositoryControls(graph);
  const gaps = tenants.flatMap(({ id, name }) => {
    const coverage = graph.coverage(id, "repository");
    return coverage?.state === "complete" ? [] : [`not every repository of \`${name}\` was read`];
  });
  const repositories = graph.snapshot.resources.flatMap(({ id, system, kind }): RepositoryControls[] => {
    const controls = system === "github" && kind === "repository" ? controlsOf(id) : undefined;
    return controls === undefined ? [] : [controls];
  });
  const [gap = "no organization of GitHub was read"] = gaps;
  const create = tenants.map(({ attributes }) => attributes["membersCanCreateRepositories"]);
  return {
    owners: tenants.map(({ name }) => name),
    repositories: tenants.length > 0 && gaps.length === 0 ? known(repositories) : unknown(gap),
    formerNames: tenants.map((tenant) => formerNames(graph, tenant)),
    membersCreateRepositories: create.includes(true)
      ? known(true)
      : create.length > 0 && create.every((one) => one === false)
        ? known(false)
        : unknown("GitHub shows to owners only whether members create repositories"),
  };
}
