import type { GitHubClient, PendingInvitation, RoleHolder, SelectedRepository, SelectionOf } from "../client.ts";
import { ABSENT, changing, lookup, NOT_SHOWN, once, same, send, shown, type ChangeParameters } from "./changing.ts";
import { refusalOf } from "./refused.ts";
import type { RestReader } from "./rest-reader.ts";

type AccessChanges = Pick<
  GitHubClient,
  | "setMemberRole"
  | "organizationRole"
  | "assignOrganizationRole"
  | "removeOrganizationRole"
  | "selection"
  | "addToSelection"
  | "removeFromSelection"
  | "organizationInvitations"
  | "cancelOrganizationInvitation"
  | "inviteToOrganization"
  | "repositoryInvitations"
  | "cancelRepositoryInvitation"
  | "inviteToRepository"
  | "copilotSeat"
  | "cancelCopilotSeat"
  | "addCopilotSeat"
>;

/** Roles, selections, invitations and seats of one organization over the network. */
export function accessChanges(rest: RestReader, organization: string, enterprise: string | undefined): AccessChanges {
  const org = { org: organization };
  const split = (repository: string): { owner: string; repo: string } => {
    const [owner = organization, repo = repository] = repository.split("/");
    return { owner, repo };
  };
  const rowsOf = async <T>(route: string, parameters: Record<string, string>, member?: string): Promise<Rows<T>> => {
    const { requests, gaps } = await rest.list(route, parameters, member === undefined ? {} : { member });
    const rows = requests.flatMap(({ answer }) =>
      member === undefined ? (answer as T[]) : ((answer as Readonly<Record<string, T[]>>)[member] ?? []),
    );
    return { rows, gap: gaps.length === 0 ? undefined : gaps.join("; ") };
  };
  const roleRoute = ({ kind, name }: RoleHolder, role_id: number): readonly [string, ChangeParameters] =>
    kind === "user"
      ? ["/orgs/{org}/organization-roles/users/{username}/{role_id}", { ...org, username: name, role_id }]
      : ["/orgs/{org}/organization-roles/teams/{team_slug}/{role_id}", { ...org, team_slug: name, role_id }];

  const client: AccessChanges = {
    setMemberRole: (login, role) =>
      changing(
        () =>
          send<{ state: string }>(rest, "PUT /orgs/{org}/memberships/{username}", { ...org, username: login, role }),
        ({ data }) => (data.state === "pending" ? "the person has to accept an invitation first" : undefined),
      ),
    organizationRole: (roleId, { kind, name }) =>
      lookup(async () => {
        const route = `GET /orgs/{org}/organization-roles/{role_id}/${kind === "user" ? "users" : "teams"}`;
        const { rows, gap } = await rowsOf<Assignee>(route, { ...org, role_id: String(roleId) });
        const own = rows.find(({ login, slug }) => same((kind === "user" ? login : slug) ?? "", name));
        // What comes from a team or the enterprise is not theirs to lose here.
        if (own !== undefined && own.assignment !== "indirect") return { state: "found", value: { assigned: true } };
        return gap === undefined ? ABSENT : { state: "unreadable", why: gap };
      }),
    assignOrganizationRole(roleId, holder) {
      const [route, parameters] = roleRoute(holder, roleId);
      return changing(() => send(rest, `PUT ${route}`, parameters));
    },
    removeOrganizationRole(roleId, holder) {
      const [route, parameters] = roleRoute(holder, roleId);
      return changing(() => send(rest, `DELETE ${route}`, parameters));
    },
    selection: (of) =>
      lookup(async () => {
        const { selected, list } = selectionRoutes(of, organization, enterprise);
        if (selected !== undefined) {
          const { data } = await send<{ visibility?: string; inherited?: boolean }>(rest, ...selected);
          if (data.inherited === true)
            return { state: "unreadable", why: "the enterprise decides who may use this group: change it there" };
          if (data.visibility !== "selected") return { state: "unreadable", why: NOT_SELECTED[of.kind] };
        }
        const { rows, gap } = await rowsOf<{ id: number; full_name: string }>(list.route, list.parameters, list.member);
        if (gap !== undefined) return { state: "unreadable", why: gap };
        return { state: "found", value: rows.map(({ id, full_name: name }) => ({ id, name })) };
      }),
    addToSelection: (of, repository) => changeSelection("PUT", of, repository),
    removeFromSelection: (of, repository) => changeSelection("DELETE", of, repository),
    organizationInvitations: () =>
      lookup(async () => {
        const { rows, gap } = await rowsOf<OrganizationInvitation>("GET /orgs/{org}/invitations", org);
        if (gap !== undefined) return { state: "unreadable", why: gap };
        return {
          state: "found",
          value: rows.map(({ id, node_id: nodeId, login, email, role }): PendingInvitation => ({
            id,
            nodeId,
            login,
            email,
            role,
            expired: false,
          })),
        };
      }),
    cancelOrganizationInvitation: (id) =>
      changing(() => send(rest, "DELETE /orgs/{org}/invitations/{invitation_id}", { ...org, invitation_id: id })),
    inviteToOrganization: async ({ login, email, role }) => {
      let to: ChangeParameters = { email };
      if (login !== null) {
        const who = await lookup(async () => {
          const { data } = await send<{ id: number }>(rest, "GET /users/{username}", { username: login });
          return { state: "found", value: data.id };
        });
        if (who.state !== "found")
          return { state: "refused", why: who.state === "unreadable" ? who.why : `there is no \`${login}\`` };
        to = { invitee_id: who.value };
      }
      const invited = async () => {
        const all = await client.organizationInvitations();
        if (all.state !== "found") return all;
        return all.value.some((one) => isFor(one, { login, email })) ? FOUND : ABSENT;
      };
      return once(
        (options) => send(rest, "POST /orgs/{org}/invitations", { ...org, ...to, role, ...options }),
        invited,
        "found",
      );
    },
    repositoryInvitations: (repository) =>
      lookup(async () => {
        const route = "GET /repos/{owner}/{repo}/invitations";
        const { rows, gap } = await rowsOf<RepositoryInvitation>(route, split(repository));
        if (gap !== undefined) return { state: "unreadable", why: gap };
        return {
          state: "found",
          value: rows.map(({ id, node_id: nodeId, invitee, permissions: role, expired }): PendingInvitation => ({
            id,
            nodeId,
            login: invitee?.login ?? null,
            email: null,
            role,
            expired: expired === true,
          })),
        };
      }),
    cancelRepositoryInvitation: (repository, id) =>
      changing(() =>
        send(rest, "DELETE /repos/{owner}/{repo}/invitations/{invitation_id}", {
          ...split(repository),
          invitation_id: id,
        }),
      ),
    inviteToRepository: (repository, login, permission) =>
      changing(() =>
        send(rest, "PUT /repos/{owner}/{repo}/collaborators/{username}", {
          ...split(repository),
          username: login,
          permission,
        }),
      ),
    copilotSeat: (login) =>
      lookup(async () => {
        try {
          const { data } = await send<Seat>(rest, "GET /orgs/{org}/members/{username}/copilot", {
            ...org,
            username: login,
          });
          // A seat that ends with the month is gone as far as anybody can make it.
          if ((data.pending_cancellation_date ?? null) !== null) return ABSENT;
          const team = data.assigning_team?.slug;
          if (team !== undefined)
            return {
              state: "unreadable",
              why: `the seat comes from the team \`${team}\`: take \`${login}\` out of it`,
            };
          return { state: "found", value: { lastUsed: data.last_activity_at ?? null } };
        } catch (error) {
          if (refusalOf(error).verdict.kind !== "gone") throw error;
          // "Not found" is an answer about the seat only where the subscription is shown.
          return (await shown(rest, "GET /orgs/{org}/copilot/billing", org))
            ? ABSENT
            : { state: "unreadable", why: NOT_SHOWN("the seats of Copilot") };
        }
      }),
    cancelCopilotSeat: (login) =>
      changing(() =>
        send(rest, "DELETE /orgs/{org}/copilot/billing/selected_users", { ...org, selected_usernames: [login] }),
      ),
    addCopilotSeat: (login) =>
      once(
        (options) =>
          send(rest, "POST /orgs/{org}/copilot/billing/selected_users", {
            ...org,
            selected_usernames: [login],
            ...options,
          }),
        () => client.copilotSeat(login),
        "found",
      ),
  };
  return client;

  function changeSelection(method: "PUT" | "DELETE", of: SelectionOf, { id, name }: SelectedRepository) {
    if (of.kind === "installation") {
      if (enterprise === undefined)
        return changing(() =>
          send(rest, `${method} /user/installations/{installation_id}/repositories/{repository_id}`, {
            installation_id: of.id,
            repository_id: id,
          }),
        );
      const word = method === "PUT" ? "add" : "remove";
      return changing(() =>
        send(
          rest,
          `PATCH /enterprises/{enterprise}/apps/organizations/{org}/installations/{installation_id}/repositories/${word}`,
          { ...org, enterprise, installation_id: of.id, repositories: [split(name).repo] },
        ),
      );
    }
    const route =
      of.kind === "secret"
        ? `/orgs/{org}/${of.store}/secrets/{secret_name}/repositories/{repository_id}`
        : "/orgs/{org}/actions/runner-groups/{runner_group_id}/repositories/{repository_id}";
    const place = of.kind === "secret" ? { secret_name: of.name } : { runner_group_id: of.id };
    return changing(() => send(rest, `${method} ${route}`, { ...org, ...place, repository_id: id }));
  }
}

/** Whether an invitation went to that person. */
function isFor(
  { login, email }: Pick<PendingInvitation, "login" | "email">,
  to: Pick<PendingInvitation, "login" | "email">,
): boolean {
  return to.login === null ? email !== null && same(email, to.email ?? "") : login !== null && same(login, to.login);
}

function selectionRoutes(of: SelectionOf, org: string, enterprise: string | undefined): SelectionRoutes {
  switch (of.kind) {
    case "secret": {
      const route = `GET /orgs/{org}/${of.store}/secrets/{secret_name}`;
      const parameters = { org, secret_name: of.name };
      return {
        selected: [route, parameters],
        list: { route: `${route}/repositories`, parameters, member: "repositories" },
      };
    }
    case "runner-group": {
      const route = "GET /orgs/{org}/actions/runner-groups/{runner_group_id}";
      const parameters = { org, runner_group_id: String(of.id) };
      return {
        selected: [route, parameters],
        list: { route: `${route}/repositories`, parameters, member: "repositories" },
      };
    }
    case "installation": {
      // A classic token of a person who administers the repositories may do it too, one repository at a time.
      if (enterprise === undefined)
        return {
          selected: undefined,
          list: {
            route: "GET /user/installations/{installation_id}/repositories",
            parameters: { installation_id: String(of.id) },
            member: "repositories",
          },
        };
      const route =
        "GET /enterprises/{enterprise}/apps/organizations/{org}/installations/{installation_id}/repositories";
      return {
        selected: undefined,
        list: { route, parameters: { enterprise, org, installation_id: String(of.id) } },
      };
    }
  }
}

/** Why there is no selection to take a repository out of. */
const NOT_SELECTED: Readonly<Record<SelectionOf["kind"], string>> = {
  secret:
    "the secret is open to more than selected repositories: narrowing it means setting it anew with its value, which GitHub gives to nobody",
  "runner-group":
    "the group is open to more than selected repositories: narrow it under Settings → Actions → Runner groups",
  installation: "the app is installed on all repositories",
};

const FOUND = { state: "found", value: null } as const;

interface Rows<T> {
  readonly rows: readonly T[];
  /** Why these may not be all. */
  readonly gap: string | undefined;
}

interface SelectionRoutes {
  /** What says whether anything is selected at all. */
  readonly selected: readonly [route: string, parameters: ChangeParameters] | undefined;
  readonly list: { readonly route: string; readonly parameters: Record<string, string>; readonly member?: string };
}

interface Assignee {
  readonly login?: string;
  readonly slug?: string;
  readonly assignment?: "direct" | "indirect" | "mixed";
}

interface OrganizationInvitation {
  readonly id: number;
  readonly node_id: string;
  readonly login: string | null;
  readonly email: string | null;
  readonly role: string;
}

interface RepositoryInvitation {
  readonly id: number;
  readonly node_id: string;
  readonly invitee: { readonly login: string } | null;
  readonly permissions: string;
  readonly expired?: boolean;
}

interface Seat {
  readonly pending_cancellation_date?: string | null;
  readonly last_activity_at?: string | null;
  readonly assigning_team?: { readonly slug: string } | null;
}
