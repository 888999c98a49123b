import type { Clock } from "../../src/contracts/clock.ts";
import type { JsonValue } from "../../src/model/json.ts";
import type {
  CallOutcome,
  GitHubClient,
  Lookup,
  PendingInvitation,
  SelectedRepository,
  SelectionOf,
} from "./client.ts";
import { permissionOf } from "./permission.ts";
import { repositoryOf, type RawTeam, type StepId } from "./raw.ts";
import { nodesOf, same, type StepFile, type StepFiles } from "./working-copy-files.ts";

type Request = StepFile["requests"][number];

type PlaceChanges = Pick<
  GitHubClient,
  | "organizationRole"
  | "assignOrganizationRole"
  | "removeOrganizationRole"
  | "signOnAuthorization"
  | "removeSignOnAuthorization"
  | "selection"
  | "addToSelection"
  | "removeFromSelection"
  | "repositoryInvitations"
  | "cancelRepositoryInvitation"
  | "inviteToRepository"
  | "copilotSeat"
  | "cancelCopilotSeat"
  | "addCopilotSeat"
>;

/** An invitation that is sent anew gets an id this far above all others: never that of the one it was. */
const NEW_ID_DISTANCE = 1_000_000;
/** When a cancelled seat ends in a rehearsal: GitHub ends it with the billing cycle, which no recording knows. */
const SEAT_ENDS = "2999-12-31";

/** Roles, selections, authorizations, invitations and seats over the files of a folder. */
export function workingCopyPlaces(files: StepFiles, clock: Clock): PlaceChanges {
  const inSelection = (
    of: SelectionOf,
    work: (rows: SelectedRow[]) => SelectedRow[] | undefined,
  ): Promise<CallOutcome> =>
    files.change(SELECTION_STEP[of.kind], (content) => {
      const place = selectionOf(of)(content);
      const rows = place === undefined ? undefined : work(rowsIn(place));
      if (place === undefined || rows === undefined) return false;
      place.answer = Array.isArray(place.answer)
        ? rows
        : { ...(place.answer as object), total_count: rows.length, repositories: rows };
      return true;
    });
  const seat = (login: string, ends: string | null): Promise<CallOutcome> =>
    files.change("copilot-seats", (content) => {
      const own = seatsIn(content)?.find(({ assignee }) => same(assignee?.login, login));
      if (own === undefined) return false;
      own.pending_cancellation_date = ends;
      return true;
    });

  return {
    organizationRole: (roleId, { kind, name }) =>
      files.look("organization-roles", "who holds the role", roleHolders(roleId, kind), ({ answer }) =>
        (answer as Holder[]).some((one) => same(one.login ?? one.slug, name) && one.assignment !== "indirect")
          ? { assigned: true as const }
          : undefined,
      ),
    async assignOrganizationRole(roleId, { kind, name }) {
      const id = kind === "user" ? await files.nodeIdOf(name) : await teamIdOf(files, name);
      if (id === undefined) return { state: "refused", why: `\`${name}\` is not in the organization` };
      return files.change("organization-roles", (content) => {
        const request = roleHolders(roleId, kind)(content);
        if (request === undefined) return false;
        const named = kind === "user" ? { login: name } : { slug: name, name };
        request.answer = [...(request.answer as Holder[]), { id: 0, node_id: id, ...named, assignment: "direct" }];
        return true;
      });
    },
    removeOrganizationRole: (roleId, { kind, name }) =>
      files.change("organization-roles", (content) => {
        const request = roleHolders(roleId, kind)(content);
        const rows = (request?.answer ?? []) as Holder[];
        const kept = rows.filter((one) => !same(one.login ?? one.slug, name) || one.assignment === "indirect");
        if (request === undefined || kept.length === rows.length) return false;
        request.answer = kept;
        return true;
      }),
    signOnAuthorization: (id) =>
      files.look("single-sign-on-authorizations", "the authorizations", authorizations, (rows) => {
        const own = rows.find((one) => one.credential_id === id);
        return own === undefined ? undefined : { login: own.login, lastUsed: own.credential_accessed_at };
      }),
    removeSignOnAuthorization: (id) =>
      files.change("single-sign-on-authorizations", (content) => {
        const request = content.requests.find(({ answer }) =>
          (answer as Authorization[]).some((one) => one.credential_id === id),
        );
        if (request === undefined) return false;
        request.answer = (request.answer as Authorization[]).filter((one) => one.credential_id !== id);
        return true;
      }),
    selection: (of): Promise<Lookup<readonly SelectedRepository[]>> =>
      files.look(SELECTION_STEP[of.kind], "which repositories are selected", selectionOf(of), (request) =>
        rowsIn(request).map(({ id, full_name: name }) => ({ id, name })),
      ),
    async addToSelection(of, { id, name }) {
      const nodeId = await files.repositoryId(name);
      if (nodeId === undefined) return { state: "refused", why: `there is no repository \`${name}\`` };
      const row = { id, node_id: nodeId, name: name.slice(name.indexOf("/") + 1), full_name: name };
      return inSelection(of, (rows) => [...rows.filter((one) => one.id !== id), row]);
    },
    removeFromSelection: (of, { id }) =>
      inSelection(of, (rows) => (rows.some((one) => one.id === id) ? rows.filter((one) => one.id !== id) : undefined)),
    repositoryInvitations: (repository) =>
      files.look(
        "repository-invitations",
        `the invitations to \`${repository}\``,
        invitationsTo(repository),
        (request) =>
          (request.answer as Invitation[]).map(
            ({ id, node_id: nodeId, invitee, permissions: role, expired }): PendingInvitation => ({
              id,
              nodeId,
              login: invitee?.login ?? null,
              email: null,
              role,
              expired: expired === true,
            }),
          ),
      ),
    cancelRepositoryInvitation: (repository, id) =>
      files.change("repository-invitations", (content) => {
        const request = invitationsTo(repository)(content);
        const rows = (request?.answer ?? []) as Invitation[];
        if (request === undefined || !rows.some((one) => one.id === id)) return false;
        request.answer = rows.filter((one) => one.id !== id);
        return true;
      }),
    async inviteToRepository(repository, login, permission) {
      const [nodeId, person] = [await files.repositoryId(repository), await files.nodeIdOf(login)];
      if (nodeId === undefined) return { state: "refused", why: `there is no repository \`${repository}\`` };
      return files.change("repository-invitations", (content) => {
        const request = invitationsTo(repository)(content);
        if (request === undefined) return false;
        const all = content.requests.flatMap(({ answer }) => answer as Invitation[]);
        const id = Math.max(0, ...all.map((one) => one.id)) + NEW_ID_DISTANCE;
        const sent: Invitation = {
          id,
          node_id: `INVITATION_${id}`,
          invitee: { login, id: 0, node_id: person ?? `USER_${login}` },
          inviter: null,
          repository: {
            id: 0,
            node_id: nodeId,
            name: repository.slice(repository.indexOf("/") + 1),
            full_name: repository,
          },
          permissions: permissionOf(permission).variant,
          created_at: clock.now(),
          expired: false,
        };
        request.answer = [...(request.answer as Invitation[]), sent];
        return true;
      });
    },
    copilotSeat: (login) =>
      files.look("copilot-seats", "the seats of Copilot", seatsIn, (seats) => {
        const own = seats.find(({ assignee }) => same(assignee?.login, login));
        return own === undefined || (own.pending_cancellation_date ?? null) !== null
          ? undefined
          : { lastUsed: own.last_activity_at };
      }),
    cancelCopilotSeat: (login) => seat(login, SEAT_ENDS),
    addCopilotSeat: (login) => seat(login, null),
  };
}

/** What GitHub was asked with: recordings keep numbers as numbers or as text. */
const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === "number" || typeof value === "string" ? String(value) : undefined;

/** The step that holds a selection. */
const SELECTION_STEP: Readonly<Record<SelectionOf["kind"], StepId>> = {
  secret: "secrets",
  "runner-group": "runners",
  installation: "installation-repositories",
};

/** The request whose answer lists what is selected. */
function selectionOf(of: SelectionOf): (content: StepFile) => Request | undefined {
  const has = (request: Request, name: string, value: string | number): boolean =>
    request.route.endsWith("/repositories") && textOf(request.parameters[name]) === String(value);
  return ({ requests }) =>
    requests.find((request) => {
      if (of.kind === "secret") return request.route.includes(`/${of.store}/`) && has(request, "secret_name", of.name);
      return has(request, of.kind === "runner-group" ? "runner_group_id" : "installation_id", of.id);
    });
}

const rowsIn = ({ answer }: Request): SelectedRow[] =>
  Array.isArray(answer) ? (answer as SelectedRow[]) : (answer as { repositories: SelectedRow[] }).repositories;

const roleHolders =
  (roleId: number, kind: "user" | "team") =>
  ({ requests }: StepFile): Request | undefined =>
    requests.find(
      ({ route, parameters }) => route.endsWith(`/${kind}s`) && textOf(parameters["role_id"]) === String(roleId),
    );

const invitationsTo =
  (repository: string) =>
  ({ requests }: StepFile): Request | undefined =>
    requests.find((request) => same(repositoryOf(request), repository));

const authorizations = ({ requests }: StepFile): Authorization[] | undefined =>
  requests.length === 0 ? undefined : requests.flatMap(({ answer }) => answer as Authorization[]);

const seatsIn = ({ requests }: StepFile): Seat[] | undefined =>
  requests.length === 0 ? undefined : requests.flatMap(({ answer }) => (answer as { seats: Seat[] }).seats);

async function teamIdOf(files: StepFiles, slug: string): Promise<string | undefined> {
  const found = await files.look(
    "teams",
    "the teams",
    (content) => nodesOf<RawTeam>(content, "teams"),
    (teams) => teams.find((team) => same(team.slug, slug))?.id,
  );
  return found.state === "found" ? found.value : undefined;
}

interface Holder {
  readonly id: number;
  readonly node_id: string;
  readonly login?: string;
  readonly slug?: string;
  readonly assignment?: string;
}

interface SelectedRow {
  readonly id: number;
  readonly node_id?: string;
  readonly name: string;
  readonly full_name: string;
}

interface Authorization {
  readonly credential_id: number;
  readonly login: string;
  readonly credential_accessed_at: string | null;
}

interface Invitation {
  readonly id: number;
  readonly node_id: string;
  readonly invitee: { readonly login: string; readonly id: number; readonly node_id: string } | null;
  readonly inviter: { readonly login: string } | null;
  readonly repository: SelectedRow;
  readonly permissions: string;
  readonly created_at: string;
  readonly expired?: boolean;
}

interface Seat {
  readonly assignee?: { readonly login: string } | null;
  pending_cancellation_date?: string | null;
  readonly last_activity_at: string | null;
}
