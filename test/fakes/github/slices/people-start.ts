import type {
  RawHook,
  RawIdentityList,
  RawNamed,
  RawNamedRepository,
  RawRepositoryInvitation,
} from "../../../../connectors/github/raw-people.ts";
import type { RawUser } from "../../../../connectors/github/raw.ts";
import { githubFiles } from "../../../tools/acme/github.ts";
import { noPeople, type PeopleState, type StateNamed } from "./people-state.ts";

interface Recorded {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

/** What the recording of the sample company holds, a fresh copy; what it leaves out the organization does not use. */
export function startPeople(): PeopleState {
  const files = JSON.parse(JSON.stringify(githubFiles())) as Record<string, { requests: Recorded[] }>;
  const state = noPeople();
  const of = (step: string, end: string): readonly Recorded[] =>
    (files[`github/acme-sample/${step}.json`]?.requests ?? []).filter(({ route }) => route.endsWith(end));
  const member = <T>(step: string, end: string, name: string): T[] =>
    of(step, end).flatMap(({ answer }) => (answer as Record<string, T[]>)[name] ?? []);
  const rows = <T>(step: string, end: string): T[] => of(step, end).flatMap(({ answer }) => answer as T[]);
  const about = ({ parameters }: Recorded): string => `${String(parameters["owner"])}/${String(parameters["repo"])}`;
  const names = (list: readonly RawNamedRepository[]): string[] => list.map(({ full_name: name }) => name);
  const number = ({ parameters }: Recorded, name: string): number => Number(parameters[name]);

  state.roles = member<PeopleState["roles"][number]["role"]>("organization-roles", "/organization-roles", "roles").map(
    (role) => {
      const own = (end: string) => of("organization-roles", end).filter((one) => number(one, "role_id") === role.id);
      return {
        role,
        users: own("/users").flatMap(({ answer }) => answer as PeopleState["roles"][number]["users"]),
        teams: own("/teams").flatMap(({ answer }) => answer as PeopleState["roles"][number]["teams"]),
      };
    },
  );
  state.customRoles = member<PeopleState["customRoles"][number] & { organization?: unknown }>(
    "custom-repository-roles",
    "",
    "custom_roles",
  ).map(({ organization: _, ...role }) => role);
  state.enterpriseOwners = of("enterprise-owners", "/graphql").flatMap(
    ({ answer }) =>
      (answer as { organization?: { enterpriseOwners?: { nodes: PeopleState["enterpriseOwners"] } } }).organization
        ?.enterpriseOwners?.nodes ?? [],
  );
  state.enterpriseTeams = rows<PeopleState["enterpriseTeams"][number]["team"]>(
    "enterprise-teams",
    "/orgs/{org}/teams",
  ).map((team) => {
    const own = (end: string) => of("enterprise-teams", end).filter((one) => one.parameters["team_slug"] === team.slug);
    const places = own("/repos").flatMap(({ answer }) => answer as (RawNamedRepository & { role_name: string })[]);
    return {
      team,
      members: own("/members").flatMap(({ answer }) => answer as PeopleState["enterpriseTeams"][number]["members"]),
      repositories: Object.fromEntries(places.map((place) => [place.full_name, place.role_name])),
    };
  });
  const groups = member<{ group_id: number; group_name: string }>(
    "identity-provider-groups",
    "/external-groups",
    "groups",
  );
  if (of("identity-provider-groups", "/external-groups").length > 0)
    state.externalGroups = groups.map((group) => ({
      ...group,
      teams: of("identity-provider-groups", "/{group_id}")
        .filter((one) => number(one, "group_id") === group.group_id)
        .flatMap(({ answer }) => (answer as { teams: { team_id: number; team_name: string }[] }).teams),
    }));
  for (const { answer } of of("single-sign-on-identities", "/graphql")) {
    const { organization } = answer as {
      organization?: { samlIdentityProvider?: { externalIdentities?: RawIdentityList } };
    };
    const list = organization?.samlIdentityProvider?.externalIdentities;
    if (list !== undefined) state.identities = list.nodes.filter((node) => node !== null);
  }
  state.authorizations = rows("single-sign-on-authorizations", "");
  state.tokenRequests = rows("token-requests", "");
  const tokens = of("token-repositories", "").map((one) => [
    number(one, "pat_id"),
    names(one.answer as RawNamedRepository[]),
  ]);
  state.tokenRepositories = Object.fromEntries(tokens);
  const installed = of("installation-repositories", "").map((one) => [
    number(one, "installation_id"),
    names((one.answer as { repositories: RawNamedRepository[] }).repositories),
  ]);
  if (installed.length > 0) state.installationRepositories.user = Object.fromEntries(installed);
  const selected = (step: string, path: string, parameter: string, list: string): StateNamed[] =>
    member<StateNamed>(step, path, list).map((one) => {
      const own = of(step, `${path}/{${parameter}}/repositories`).filter(
        ({ parameters }) => parameters[parameter] === one.name,
      );
      const repositories = own.flatMap(({ answer }) =>
        names((answer as { repositories: RawNamedRepository[] }).repositories),
      );
      return { ...one, repositories };
    });
  for (const store of ["actions", "dependabot", "codespaces"] as const)
    state.secrets[store] = selected("secrets", `/orgs/{org}/${store}/secrets`, "secret_name", "secrets");
  // Recorded without their values, which GitHub shows.
  const valued = (list: readonly StateNamed[]): StateNamed[] => list.map((one) => ({ ...one, value: "sample" }));
  state.variables = valued(selected("variables", "/orgs/{org}/actions/variables", "name", "variables"));
  for (const one of of("secrets", "/{repo}/actions/secrets"))
    state.repositorySecrets[about(one)] = (one.answer as { secrets: RawNamed[] }).secrets;
  for (const one of of("secrets", "/{environment_name}/secrets"))
    state.environmentSecrets[`${about(one)} ${String(one.parameters["environment_name"])}`] = (
      one.answer as { secrets: RawNamed[] }
    ).secrets;
  for (const one of of("variables", "/{repo}/actions/variables"))
    state.repositoryVariables[about(one)] = valued((one.answer as { variables: StateNamed[] }).variables);
  for (const one of of("variables", "/{environment_name}/variables"))
    state.environmentVariables[`${about(one)} ${String(one.parameters["environment_name"])}`] = valued(
      (one.answer as { variables: StateNamed[] }).variables,
    );
  state.runners = member("runners", "/runners", "runners");
  state.runnerGroups = member<PeopleState["runnerGroups"][number]>("runners", "/runner-groups", "runner_groups").map(
    (group) => ({
      ...group,
      repositories: of("runners", "/repositories")
        .filter((one) => number(one, "runner_group_id") === group.id)
        .flatMap(({ answer }) => names((answer as { repositories: RawNamedRepository[] }).repositories)),
    }),
  );
  state.hooks = rows<RawHook>("webhooks", "/orgs/{org}/hooks").map(asShown);
  for (const one of of("webhooks", "/{repo}/hooks"))
    state.repositoryHooks[about(one)] = (one.answer as RawHook[]).map(asShown);
  for (const one of of("repository-invitations", "/invitations"))
    state.invitations[about(one)] = one.answer as RawRepositoryInvitation[];
  state.insecureFactors = {
    members: rows<RawUser>("insecure-second-factors", "/members"),
    outside: rows<RawUser>("insecure-second-factors", "/outside_collaborators"),
  };
  state.scimUsers = member("scim-users", "/Users", "Resources");
  state.seats = member("copilot-seats", "", "seats");
  state.codespaces = member("codespaces", "", "codespaces");
  return state;
}

/** A hook as GitHub shows it: recordings keep of the address its host, and whether there is a secret. */
function asShown(hook: RawHook): RawHook {
  const { host, has_secret: hasSecret, ...config } = hook.config;
  return {
    ...hook,
    config: {
      ...config,
      ...(typeof host === "string" ? { url: `https://${host}/hook` } : {}),
      ...(hasSecret === true ? { secret: "********" } : {}),
    },
  };
}
