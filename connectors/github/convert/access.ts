import { known } from "../../../src/model/observed.ts";
import { emptyRecords, type SnapshotRecords } from "../../../src/model/snapshot.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type {
  RawCollaborators,
  RawDeployKey,
  RawInstallation,
  RawRepository,
  RawTeam,
  RawToken,
  RecordedRequest,
} from "../raw.ts";
import { fact, instantOf, principal, repositoryRole } from "./parts.ts";

/** Teams: who is in them directly, what they may do on which repository, and their parents. */
export function teams(requests: readonly RecordedRequest[], context: OrganizationContext): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const team of nodes<RawTeam>(requests, "teams")) {
    const id = context.id(team.id);
    records.principals.push(
      principal(context, {
        kind: "team",
        nativeType: "team",
        nativeId: team.id,
        locator: team.slug,
        displayName: team.slug,
      }),
    );
    records.entitlements.push({
      id: `${id}#membership`,
      system: "github",
      tenantId: context.tenantId,
      kind: "membership",
      displayName: `team ${team.slug}`,
      targetId: id,
      resourceId: null,
      level: null,
    });
    for (const { node } of team.members.edges)
      records.grants.push(fact(context, "membership", context.id(node.id), `${id}#membership`));
    for (const { permission, node } of team.repositories.edges) {
      const role = repositoryRole(context, context.id(node.id), node.nameWithOwner, permission);
      records.entitlements.push(role);
      records.grants.push(fact(context, "team-grant", id, role.id));
    }
    if (team.parentTeam !== null) {
      const parent = context.id(team.parentTeam.id);
      records.relations.push({
        id: derivedId("relation", ["parent-of", parent, id]),
        kind: "parent-of",
        fromId: parent,
        toId: id,
        attributes: {},
      });
    }
  }
  return records;
}

/** Repositories. */
export function repositories(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  return {
    resources: nodes<RawRepository>(requests, "repositories").map((repository) => {
      const id = context.id(repository.id);
      context.repositories.set(repository.nameWithOwner, { id, deployKeys: repository.deployKeys?.totalCount ?? 0 });
      return {
        id,
        system: "github" as const,
        tenantId: context.tenantId,
        kind: "repository" as const,
        nativeId: repository.id,
        locator: repository.nameWithOwner,
        displayName: repository.nameWithOwner,
        attributes: {
          visibility: repository.visibility.toLowerCase(),
          archived: repository.isArchived,
          defaultBranch: repository.defaultBranchRef?.name ?? null,
          pushedAt: repository.pushedAt,
        },
      };
    }),
  };
}

/** Access that a person holds directly on a repository. What comes from a team or the organization is told by those. */
export function collaborators(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const repository of nodes<RawCollaborators>(requests, "repositories")) {
    const repositoryId = context.id(repository.id);
    for (const { permission, permissionSources, node } of repository.collaborators?.edges ?? []) {
      const direct = permissionSources?.find((source) => source.source.__typename === "Repository");
      // GitHub lists organization owners and team members among direct collaborators too; the sources tell why.
      if (permissionSources !== undefined && permissionSources !== null && direct === undefined) continue;
      const role = repositoryRole(
        context,
        repositoryId,
        repository.nameWithOwner,
        direct?.roleName ?? direct?.permission ?? permission,
      );
      records.entitlements.push(role);
      records.grants.push(fact(context, "collaboration", context.id(node.id), role.id));
    }
  }
  return records;
}

/** Deploy keys: credentials of a repository, with the public half that puts them back. */
export function deployKeys(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const { parameters, answer } of requests) {
    const nameWithOwner = `${textOf(parameters["owner"])}/${textOf(parameters["repo"])}`;
    const repositoryId = context.repositories.get(nameWithOwner)?.id ?? context.id(nameWithOwner);
    for (const key of answer as readonly RawDeployKey[]) {
      const id = context.id(`key-${key.id}`);
      records.credentials.push({
        id,
        system: "github",
        tenantId: context.tenantId,
        kind: "deploy-key",
        holderId: repositoryId,
        nativeId: String(key.id),
        displayHint: key.title,
        status: known(key.enabled === false ? "inactive" : "active"),
        createdAt: instantOf(key.created_at, "when it was added"),
        lastUsedAt: key.last_used === null ? known("never") : instantOf(key.last_used, "when it was last used"),
        lastUsedWhere: null,
        expiresAt: known("never"),
        attributes: { readOnly: key.read_only, title: key.title, publicKey: key.key, addedBy: key.added_by ?? null },
      });
      const role = repositoryRole(context, repositoryId, nameWithOwner, key.read_only ? "read" : "write");
      records.entitlements.push(role);
      records.grants.push(fact(context, "key", id, role.id));
    }
  }
  return records;
}

/** Permissions of an app that change code, settings or who has access. */
const ADMINISTRATIVE = new Set(["administration", "members", "organization_administration", "secrets", "workflows"]);

/** Apps with what they may do. */
export function installations(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const installation of requests.flatMap(
    (request) => (request.answer as { installations: readonly RawInstallation[] }).installations,
  )) {
    const nativeId = `installation-${installation.id}`;
    const id = context.id(nativeId);
    const permissions = Object.entries(installation.permissions)
      .map(([name, level]) => `${name}:${level}`)
      .sort();
    const writes = Object.entries(installation.permissions).filter(
      ([, level]) => level === "write" || level === "admin",
    );
    const level = writes.some(([name]) => ADMINISTRATIVE.has(name)) ? "admin" : writes.length > 0 ? "write" : "read";
    records.principals.push(
      principal(context, {
        kind: "app",
        nativeType: "app-installation",
        nativeId,
        locator: installation.app_slug,
        displayName: installation.app_slug,
        createdAt: instantOf(installation.created_at, "when it was installed"),
        attributes: {
          repositorySelection: installation.repository_selection,
          permissions: permissions.join(", "),
          suspended: installation.suspended_at !== null,
        },
      }),
    );
    records.entitlements.push({
      id: `${id}#installation`,
      system: "github",
      tenantId: context.tenantId,
      kind: "installation",
      displayName: `app ${installation.app_slug} on ${installation.repository_selection} repositories`,
      targetId: id,
      resourceId: context.tenantId,
      level,
    });
    records.grants.push(fact(context, "installation", id, `${id}#installation`));
  }
  return records;
}

/** Fine-grained tokens that were granted access to the organization. */
export function fineGrainedTokens(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  return {
    credentials: requests
      .flatMap((request) => request.answer as readonly RawToken[])
      .map((token) => {
        const permissions = Object.entries(token.permissions).flatMap(([scope, entries]) =>
          Object.entries(entries ?? {}).map(
            ([name, level]) => `${scope === "organization" ? "organization_" : ""}${name}:${level}`,
          ),
        );
        return {
          id: context.id(`token-${token.id}`),
          system: "github" as const,
          tenantId: context.tenantId,
          kind: "fine-grained-token" as const,
          holderId: context.id(token.owner.node_id),
          nativeId: String(token.id),
          displayHint: token.token_name ?? `token ${token.id}`,
          status: known(token.token_expired ? ("inactive" as const) : ("active" as const)),
          createdAt: instantOf(token.access_granted_at, "when it was granted access"),
          lastUsedAt:
            token.token_last_used_at === null
              ? known("never" as const)
              : instantOf(token.token_last_used_at, "when it was last used"),
          lastUsedWhere: null,
          expiresAt:
            token.token_expires_at === null
              ? known("never" as const)
              : instantOf(token.token_expires_at, "when it expires"),
          attributes: { permissions: permissions.sort().join(", "), repositorySelection: token.repository_selection },
        };
      }),
  };
}

/** Nodes of a connection under `organization`, over all recorded requests. */
function nodes<T>(requests: readonly RecordedRequest[], connection: string): readonly T[] {
  return requests.flatMap(({ answer }) => {
    const found =
      (answer as { organization?: Readonly<Record<string, { readonly nodes?: readonly (T | null)[] }>> })
        .organization?.[connection]?.nodes ?? [];
    // GraphQL answers null for a node the token may not see.
    return found.filter((node): node is T => node !== null);
  });
}

/** A parameter of a recorded request; anything but text is nobody's name. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
