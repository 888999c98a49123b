import type { AccessGraph } from "../graph/access-graph.ts";
import { isEverywhere, type AccessSource } from "../graph/github/access-source.ts";
import { pushActorsOf } from "../graph/github/push-actors.ts";
import { repositoryAccess, type RepositoryAccess } from "../graph/github/repository-access.ts";
import { rankOf, type RepositoryRole } from "../graph/github/repository-role.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";

/** One reason for access to a repository. */
export interface ExplainedSource {
  /** Certain; `none` where it was not read what it gives. */
  readonly role: RepositoryRole;
  /** Completes the role: `through team platform, child of engineering`, `by base permission`. */
  readonly how: string;
  /** Grants that justify it: removing any one takes it away. */
  readonly grants: readonly string[];
}

/** What somebody has on a repository: the highest role that is certain, every reason, and what was not read and could give more. */
export interface ExplainedAccess {
  /** The repository, or the person, as people call it. */
  readonly name: string;
  readonly role: RepositoryRole;
  readonly sources: readonly ExplainedSource[];
  readonly missing: readonly string[];
}

/** What a person or team has on the repositories of an organization. */
export interface ExplainedRepositories {
  /** What holds on every repository alike. */
  readonly everywhere: readonly ExplainedSource[];
  /** Repositories of which more is to be said than that, the highest role first. */
  readonly on: readonly ExplainedAccess[];
  /** What was not read and could give more, in words. */
  readonly notRead: readonly string[];
}

/** Who has access to a repository. */
export interface ExplainedPeople {
  readonly people: readonly ExplainedAccess[];
  /** Members who have what every member has and nothing else; `role` is null where the base permission was not read. */
  readonly otherMembers: { readonly role: RepositoryRole | null; readonly count: number };
  /** Apps, deploy keys and tokens that change it or may. */
  readonly machines: readonly {
    readonly kind: "app" | "deploy-key" | "token";
    readonly name: string;
    /** `contents`, `workflows`, `administration`: what it writes, as far as it is known. */
    readonly writes: readonly string[];
    readonly missing: readonly string[];
  }[];
  readonly notRead: readonly string[];
}

/** For a person or team of GitHub; null for any other principal. */
export function explainRepositories(principal: Principal, graph: AccessGraph): ExplainedRepositories | null {
  if (principal.system !== "github" || (principal.kind !== "user" && principal.kind !== "team")) return null;
  const { everywhere, repositories, missing } = repositoryAccess(graph).accessOf(principal.id);
  const isTeam = principal.kind === "team";
  const told = (sources: readonly AccessSource[]) => sources.map((source) => explained(source, graph, isTeam));
  return {
    everywhere: told(everywhere),
    on: repositories
      .filter(({ sources }) => !sources.every(isEverywhere))
      .map((one) => ({
        name: graph.resource(one.repositoryId)?.locator ?? one.repositoryId,
        role: one.role,
        sources: told(one.sources),
        missing: one.missing,
      }))
      .sort(highestFirst),
    notRead: missing,
  };
}

/** Who has access to the repository and why. Members with nothing but the base permission are counted. */
export function explainPeople({ id, tenantId, attributes }: Resource, graph: AccessGraph): ExplainedPeople {
  const access = repositoryAccess(graph);
  const { people } = access.accessTo(id);
  const { members, base } = access.organization(tenantId);
  const role = base === "none" && attributes["visibility"] === "internal" ? "read" : base;
  const more = people.filter(({ sources }) => !sources.every(isEverybodys));
  const apart = new Set(more.map(({ principalId }) => principalId));
  const others = [...members.keys()].filter((member) => !apart.has(member));
  const actors = pushActorsOf(graph);
  return {
    people: more.map((one) => person(one, graph)).sort(highestFirst),
    otherMembers: { role, count: others.length },
    machines: actors.of(id).flatMap(({ kind, name, writesContents, editsWorkflows, administers, missing }) => {
      if (kind === "user") return [];
      const writes = [
        ...(writesContents ? ["contents"] : []),
        ...(editsWorkflows.known && editsWorkflows.value ? ["workflows"] : []),
        ...(administers ? ["administration"] : []),
      ];
      return [{ kind, name, writes, missing }];
    }),
    notRead: actors.missing(id),
  };
}

function person({ principalId, role, sources, missing }: RepositoryAccess, graph: AccessGraph): ExplainedAccess {
  return {
    name: graph.principal(principalId)?.locator ?? principalId,
    role,
    sources: sources.map((source) => explained(source, graph, false)),
    missing,
  };
}

/** What every member has alike. */
function isEverybodys({ kind }: AccessSource): boolean {
  return kind === "base-permission" || kind === "internal-visibility";
}

function explained(source: AccessSource, graph: AccessGraph, isTeam: boolean): ExplainedSource {
  return { role: source.role, how: howOf(source, graph, isTeam), grants: source.grants };
}

/** A team's own sources come from its parents or were given to it. */
function howOf({ kind, named, via }: AccessSource, graph: AccessGraph, isTeam: boolean): string {
  const [first, ...parents] = via.map((id) => graph.principal(id)?.displayName ?? id);
  const above = parents.map((parent) => `, child of ${parent}`).join("");
  const team = kind === "enterprise-team" ? "enterprise team" : isTeam ? "its parent" : "team";
  const through = first === undefined ? "" : `through ${team} ${first}${above}`;
  const custom = named === null ? "" : ` (role ${named})`;
  switch (kind) {
    case "direct":
      return `${isTeam ? "given to the team" : "as direct collaborator"}${custom}`;
    case "team":
    case "enterprise-team":
      return `${through}${custom}`;
    case "organization-owner":
      return "as organization owner";
    case "organization-role":
      return `by organization role ${named ?? ""}${through === "" ? "" : ` ${through}`}`;
    case "base-permission":
      return "by base permission";
    case "internal-visibility":
      return "since the repository is internal";
  }
}

function highestFirst(a: ExplainedAccess, b: ExplainedAccess): number {
  if (a.role !== b.role) return rankOf(b.role) - rankOf(a.role);
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
