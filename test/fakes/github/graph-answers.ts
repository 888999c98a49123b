/** The GraphQL side of the fake: resolvers over the state, run by the reference implementation on GitHub's own schema. */
import { schema as official } from "@octokit/graphql-schema";
import { buildSchema, execute, GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from "graphql";
import type { RawCollaboratorEdge, RawRepository } from "../../../connectors/github/raw.ts";
import type { BadDays } from "./bad-days.ts";
import { costOf } from "./graph-cost.ts";
import { repositoryNamed, repositoryWithId } from "./repository-index.ts";
import { SLICES } from "./slices/index.ts";
import { same, type GitHubState, type StateTeam } from "./github-state.ts";

let shared: GraphQLSchema | undefined;

/** GitHub's published schema. It names two fields twice, so it is taken as valid without being checked itself. */
export function githubSchema(): GraphQLSchema {
  shared ??= buildSchema(official.idl, { assumeValid: true, assumeValidSDL: true });
  return shared;
}

/** Queries that were looked at before: a run sends the same few thousands of times. */
const looked = new Map<string, { readonly document: DocumentNode; readonly faults: readonly string[] }>();

function lookedAt(query: string): { readonly document: DocumentNode; readonly faults: readonly string[] } {
  const before = looked.get(query);
  if (before !== undefined) return before;
  const document = parse(query);
  const now = { document, faults: validate(githubSchema(), document).map(({ message }) => message) };
  looked.set(query, now);
  return now;
}

/** What is wrong with a query, in words; empty when GitHub would take it. */
export const queryFaults = (query: string): readonly string[] => lookedAt(query).faults;

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

/** How a list is shown. */
interface Shown<T> {
  /** Rows of a page at most, whatever is asked for. */
  readonly limit?: number;
  /** A row as GitHub answers it; made of those of the page only. */
  readonly as?: (row: T) => unknown;
}

/** A list in pages as GitHub has them: the cursor is the place in the list. */
function connection<T>(list: readonly T[], name: "edges" | "nodes", shown: Shown<T> = {}) {
  const { limit = Number.POSITIVE_INFINITY, as = (row) => row } = shown;
  return ({ first = 30, after }: PageArguments) => {
    const start = after === null || after === undefined ? 0 : Number(Buffer.from(after, "base64").toString("utf8"));
    const rows = list.slice(start, start + Math.min(first, limit));
    const end = start + rows.length;
    const endCursor = rows.length === 0 ? null : Buffer.from(String(end)).toString("base64");
    return { totalCount: list.length, pageInfo: { hasNextPage: end < list.length, endCursor }, [name]: rows.map(as) };
  };
}

/** GitHub's error of a type it names beside the message. */
const refusal = (type: string, message: string, extensions = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { type, ...extensions } });

/** Answers a query as GitHub does: status 200, also for errors, whose type stands beside the message. */
export async function answerGraph(
  state: GitHubState,
  bad: BadDays,
  source: string,
  variableValues: Record<string, unknown>,
): Promise<unknown> {
  if (bad.missingScope !== undefined && source.includes(bad.missingScope)) {
    const message = `Your token has not been granted the required scopes to execute this query. The '${bad.missingScope}' field requires one of the following scopes: ['read:org'], but your token has only been granted the: ['repo'] scopes.`;
    return { errors: [{ type: "INSUFFICIENT_SCOPES", message }] };
  }
  const { document, faults } = lookedAt(source);
  if (faults.length > 0) return { errors: faults.map((message) => ({ message })) };
  const result = await execute({
    schema: githubSchema(),
    document,
    rootValue: {
      ...rootOf(state, bad),
      rateLimit: () => ({
        limit: 5_000,
        used: 100,
        remaining: 4_900,
        resetAt: "2026-11-20T09:00:00Z",
        ...costOf(githubSchema(), document, variableValues),
      }),
    },
    variableValues,
    typeResolver: (value) => (value as { __typename: string }).__typename,
  });
  if (result.errors === undefined) return result;
  const errors = result.errors.map(({ message, path, extensions: { type, ...extensions } }) => ({
    type,
    message,
    path,
    extensions,
  }));
  return { data: result.data, errors };
}

function rootOf(state: GitHubState, bad: BadDays) {
  const nested = { limit: bad.nestedPage ?? Number.POSITIVE_INFINITY };
  let owners: readonly Owner[] | undefined;
  const owns = bad.notOwner !== true;
  const teamNode = (team: StateTeam) => ({
    ...team,
    members: (args: PageArguments & { query?: string; membership?: string }) => {
      const children =
        args.membership === "IMMEDIATE" ? [] : state.teams.filter((one) => one.parentTeam?.id === team.id);
      const all = [...team.members, ...children.flatMap((child) => child.members)];
      return connection(
        all.filter(({ node }) => args.query === undefined || node.login.includes(args.query)),
        "edges",
        nested,
      )(args);
    },
    repositories: connection(team.repositories, "edges", nested),
  });
  const repositoryNode = (repository: RawRepository) => ({
    ...repository,
    branchProtectionRules: { totalCount: 0 },
    rulesets: { totalCount: 0 },
    environments: { totalCount: 0 },
    object: null,
    ...Object.assign(
      {},
      ...SLICES.map((slice) => slice.repositoryFields?.(state, bad, repository.nameWithOwner) ?? {}),
    ),
    viewerCanAdminister: owns,
    deployKeys: { totalCount: owns ? (state.deployKeys.get(repository.nameWithOwner) ?? []).length : 0 },
    collaborators: (args: PageArguments & { login?: string }) => {
      if (same(bad.hiddenRepository, repository.nameWithOwner))
        throw refusal("FORBIDDEN", "Must have push access to view repository collaborators.");
      const all = directlyListed(state, (owners ??= ownersOf(state)), repository.nameWithOwner);
      return connection(
        all.filter(({ node }) => args.login === undefined || same(args.login, node.login)),
        "edges",
        nested,
      )(args);
    },
  });
  const memberEdge = (edge: GitHubState["members"][number]) => ({
    ...edge,
    hasTwoFactorEnabled: owns ? edge.hasTwoFactorEnabled : null,
    node:
      edge.node === null
        ? null
        : { ...edge.node, organizationVerifiedDomainEmails: edge.node.organizationVerifiedDomainEmails ?? [] },
  });
  const organization = {
    ...Object.assign({}, ...SLICES.map((slice) => slice.organizationFields?.(state, bad) ?? {})),
    id: state.organization.node_id,
    viewerIsAMember: true,
    viewerCanAdminister: owns,
    membersWithRole: connection(state.members, "edges", { as: memberEdge }),
    teams: connection(state.teams, "nodes", { as: teamNode }),
    team: ({ slug }: { slug: string }) =>
      same(bad.goneTeam, slug) ? null : (state.teams.filter((team) => same(team.slug, slug)).map(teamNode)[0] ?? null),
    repositories: connection(state.repositories, "nodes", { as: repositoryNode }),
  };
  return {
    ...Object.assign({}, ...SLICES.map((slice) => slice.rootFields?.(state, bad) ?? {})),
    viewer: { login: "acme-leastwise-reader" },
    rateLimit: { cost: 1, limit: 5_000, remaining: 4_900, resetAt: "2026-11-20T09:00:00Z" },
    organization: ({ login }: { login: string }) => {
      if (bad.graphSso === true)
        throw refusal(
          "FORBIDDEN",
          "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
          { saml_failure: true },
        );
      if (!same(login, state.organization.login))
        throw refusal("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
      return organization;
    },
    nodes: ({ ids }: { ids: readonly string[] }) =>
      ids.map((id) => {
        const found = repositoryWithId(state, id);
        return found === undefined || same(bad.goneRepository, found.nameWithOwner)
          ? null
          : { __typename: "Repository", ...repositoryNode(found) };
      }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = repositoryNamed(state, `${owner}/${name}`);
      if (found === undefined || same(bad.goneRepository, found.nameWithOwner))
        throw refusal("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return repositoryNode(found);
    },
  };
}

type Owner = NonNullable<GitHubState["members"][number]["node"]>;

const ownersOf = ({ members }: GitHubState): readonly Owner[] =>
  members.flatMap(({ role, node }) => (role === "ADMIN" && node !== null ? [node] : []));

/** Whom GitHub lists among direct collaborators: owners too, and only the sources tell them apart. */
function directlyListed(state: GitHubState, owners: readonly Owner[], repository: string): RawCollaboratorEdge[] {
  const direct = state.collaborators.get(repository) ?? [];
  const owned = { permission: "ADMIN", roleName: "admin", source: { __typename: "Organization" } };
  const others = owners
    .filter(({ login }) => !direct.some((edge) => same(edge.node.login, login)))
    .map(({ id, databaseId, login }): RawCollaboratorEdge => ({
      permission: "ADMIN",
      permissionSources: [owned],
      node: { id, databaseId, login },
    }));
  // An owner who is a collaborator as well shows as administrator, whatever was given directly.
  const own = direct.map((edge) =>
    owners.some(({ login }) => same(login, edge.node.login))
      ? { ...edge, permission: "ADMIN", permissionSources: [owned, ...(edge.permissionSources ?? [])] }
      : edge,
  );
  return [...own, ...others];
}
