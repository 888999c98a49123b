import { known, unknown, type Observed } from "../../model/observed.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { AccessGraph } from "../access-graph.ts";
import { isEverywhere } from "./access-source.ts";
import { machineActors, type MachineActors } from "./machine-actors.ts";
import { repositoryAccess, type RepositoryAccess } from "./repository-access.ts";
import { rankOf } from "./repository-role.ts";
import { gapsOf, gapOf } from "./unread-kinds.ts";

/** Whoever may push to repositories of the graph. */
export interface PushActors {
  /**
   * People with write or more, and those who hold something of which it was not read whether it is that much; then apps, deploy keys
   * and fine-grained tokens that write contents, workflows or administration, and with them classic tokens and SSH keys that single
   * sign-on let in; each in order of id. Tokens only ever act for somebody who is listed too. An actor whose access is the same on
   * every repository is the same object everywhere.
   */
  of(repositoryId: string): readonly PushActor[];
  /** People who can read the repository and do not write to it: where forks get tokens, they get them. In order of id. */
  readers(repositoryId: string): readonly PushActor[];
  /** Why there may be more of them, in words: kinds of access that were not, or not all, read. */
  missing(repositoryId: string): readonly string[];
  /** What the person is there, whatever the role; undefined where they have nothing there. */
  person(principalId: string, repositoryId: string): PushActor | undefined;
}

const built = new WeakMap<AccessGraph, PushActors>();

/** Who may push to the repository, as {@link PushActors.of}; one index for each graph. Lists are not kept. */
export function pushActors(graph: AccessGraph, repositoryId: string): readonly PushActor[] {
  return pushActorsOf(graph).of(repositoryId);
}

/** The index behind {@link pushActors}, which also tells what was not read. */
export function pushActorsOf(graph: AccessGraph): PushActors {
  let actors = built.get(graph);
  if (actors === undefined) built.set(graph, (actors = build(graph)));
  return actors;
}

function build(graph: AccessGraph): PushActors {
  const access = repositoryAccess(graph);
  const machines = new Map<string, MachineActors>();
  const machinesOf = (tenantId: string): MachineActors => {
    let those = machines.get(tenantId);
    if (those === undefined) machines.set(tenantId, (those = machineActors(graph, tenantId)));
    return those;
  };
  const teams = new Map<string, readonly string[]>();
  const teamsOf = (principalId: string): readonly string[] => {
    let ids = teams.get(principalId);
    if (ids === undefined) {
      const all = access.ways.teamsOf(principalId).flatMap(({ teamId }) => access.ways.up(teamId));
      teams.set(principalId, (ids = [...new Set(all.map(({ teamId }) => teamId))].sort()));
    }
    return ids;
  };
  const make = (one: RepositoryAccess): PushActor => {
    const { principalId, role, customRoles, permissions } = one;
    const principal = graph.principal(principalId);
    const tenantId = principal?.tenantId ?? "";
    const login = principal?.locator ?? principalId;
    const userId = principal?.attributes["databaseId"];
    // Teams decide about bypasses too, whatever role they give.
    const isMember = principal?.nativeType !== "outside-collaborator";
    const unreadTeams = isMember && role === "admin" ? gapsOf(graph, tenantId, ["team", "enterprise-team"]) : [];
    return {
      id: principalId,
      name: login,
      kind: "user",
      role,
      customRoles,
      permissions,
      teams: teamsOf(principalId),
      organizationOwner: one.sources.some(({ kind }) => kind === "organization-owner"),
      enterpriseOwner: ownsEnterprise(graph, principalId),
      login,
      userId: typeof userId === "number" ? userId : null,
      editsWorkflows: known(true),
      writesContents: rankOf(role) >= WRITE,
      administers: role === "admin",
      missing: [...one.missing, ...unreadTeams],
    };
  };
  const everywhere = new Map<string, PushActor>();
  const actorOf = (one: RepositoryAccess): PushActor => {
    if (!one.sources.every(isEverywhere)) return make(one);
    let actor = everywhere.get(one.principalId);
    if (actor === undefined) everywhere.set(one.principalId, (actor = make(one)));
    return actor;
  };
  const person = (principalId: string, repositoryId: string): PushActor | undefined => {
    const one = access.accessOn(principalId, repositoryId);
    return one === undefined ? undefined : actorOf(one);
  };
  return {
    person,
    of(repositoryId) {
      const tenantId = graph.resource(repositoryId)?.tenantId;
      if (tenantId === undefined) return [];
      const those = machinesOf(tenantId);
      const people = access.accessTo(repositoryId, "write").people.map(actorOf);
      const mayWrite = new Map(people.map((actor) => [actor.id, actor]));
      const tokens = those.tokens.flatMap(({ ownerId, open, make: token }) => {
        const owner = mayWrite.get(ownerId);
        return owner === undefined || !open(repositoryId) ? [] : [token(owner)];
      });
      return [...people, ...those.apps(repositoryId), ...those.deployKeys(repositoryId), ...tokens];
    },
    readers(repositoryId) {
      return access
        .accessTo(repositoryId, "read")
        .people.filter(({ role }) => rankOf(role) >= READ && rankOf(role) < WRITE)
        .map(actorOf);
    },
    missing(repositoryId) {
      const tenantId = graph.resource(repositoryId)?.tenantId;
      if (tenantId === undefined) return [];
      const kinds = ["app-installation", "deploy-key", "fine-grained-token"] as const;
      return [...access.organization(tenantId).gapsOfAll, ...gapsOf(graph, tenantId, kinds)];
    },
  };
}

const READ = rankOf("read");
const WRITE = rankOf("write");

/**
 * Owners of an enterprise carry the attribute `enterpriseOwner`. Who has none is no owner only where the enterprise's roles were all
 * read; outside collaborators may be one as well.
 */
function ownsEnterprise(graph: AccessGraph, principalId: string): Observed<boolean> {
  const principal = graph.principal(principalId);
  const told = principal?.attributes["enterpriseOwner"];
  if (typeof told === "boolean") return known(told);
  const gap = gapOf(graph, principal?.tenantId ?? "", "enterprise-role");
  return gap === undefined ? known(false) : unknown(gap);
}
