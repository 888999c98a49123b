import type { Clock } from "../../src/contracts/clock.ts";
import type { CallOutcome, GitHubClient, PendingInvitation } from "./client.ts";
import type { RawInstallation, RawInvitation, RawToken } from "./raw.ts";
import { membersOf, same, type StepFile, type StepFiles } from "./working-copy-files.ts";

/** An invitation that is sent anew gets an id this far above all others: never that of the one it was. */
const NEW_ID_DISTANCE = 1_000_000;

type MoreChanges = Pick<
  GitHubClient,
  | "setMemberRole"
  | "fineGrainedToken"
  | "revokeFineGrainedToken"
  | "installation"
  | "suspendInstallation"
  | "resumeInstallation"
  | "uninstallApp"
  | "organizationInvitations"
  | "cancelOrganizationInvitation"
  | "inviteToOrganization"
>;

/** Roles of members, tokens, apps and invitations over the files of a folder. */
export function workingCopyMore(files: StepFiles, clock: Clock): MoreChanges {
  const suspend = (id: number, at: string | null): Promise<CallOutcome> =>
    files.change("installations", (content) =>
      replace<RawInstallation>(
        content,
        installationsOf,
        (one) => one.id === id,
        (one) => ({ ...one, suspended_at: at }),
      ),
    );

  return {
    setMemberRole: (login, role) =>
      files.change("members", (content) => {
        const edge = membersOf(content)?.edges.find((one) => same(one?.node?.login, login));
        if (edge === undefined || edge === null) return false;
        edge.role = role === "admin" ? "ADMIN" : "MEMBER";
        return true;
      }),
    fineGrainedToken: (id) =>
      files.look("fine-grained-tokens", "the tokens", rowsOf<RawToken>, (tokens) => {
        const token = tokens.find((one) => one.id === id);
        return token === undefined ? undefined : { owner: token.owner.login, lastUsed: token.token_last_used_at };
      }),
    revokeFineGrainedToken: (id) =>
      files.change("fine-grained-tokens", (content) =>
        replace<RawToken>(
          content,
          listOf,
          (one) => one.id === id,
          () => undefined,
        ),
      ),
    installation: (id) =>
      files.look("installations", "the apps", installationRows, (apps) => {
        const app = apps.find((one) => one.id === id);
        return app === undefined ? undefined : { slug: app.app_slug, suspended: app.suspended_at !== null };
      }),
    suspendInstallation: (id) => suspend(id, clock.now()),
    resumeInstallation: (id) => suspend(id, null),
    uninstallApp: (id) =>
      files.change("installations", (content) =>
        replace<RawInstallation>(
          content,
          installationsOf,
          (one) => one.id === id,
          () => undefined,
        ),
      ),
    organizationInvitations: () =>
      files.look("invitations", "the invitations", rowsOf<RawInvitation>, (rows) =>
        rows.map(({ id, node_id: nodeId, login, email, role }): PendingInvitation => ({
          id,
          nodeId,
          login,
          email,
          role,
          expired: false,
        })),
      ),
    cancelOrganizationInvitation: (id) =>
      files.change("invitations", (content) =>
        replace<RawInvitation>(
          content,
          listOf,
          (one) => one.id === id,
          () => undefined,
        ),
      ),
    inviteToOrganization: ({ login, email, role }) =>
      files.change("invitations", (content) => {
        const [request] = content.requests;
        if (request === undefined) return false;
        const all = rowsOf<RawInvitation>(content) ?? [];
        const id = Math.max(0, ...all.map((one) => one.id)) + NEW_ID_DISTANCE;
        const sent: RawInvitation = {
          id,
          login,
          email,
          node_id: `INVITATION_${id}`,
          role,
          created_at: clock.now(),
          inviter: null,
        };
        request.answer = [...(request.answer as RawInvitation[]), sent];
        return true;
      }),
  };
}

type Request = StepFile["requests"][number];

/** Where an answer that is a list keeps its rows. */
const listOf = <T>(request: Request): Place<T> => ({
  rows: request.answer as T[],
  set: (rows) => void (request.answer = rows),
});

/** Where the envelope of apps keeps its rows. */
const installationsOf = <T>(request: Request): Place<T> => {
  const answer = request.answer as { installations: T[]; total_count?: number };
  return {
    rows: answer.installations,
    set: (rows) => void (request.answer = { ...answer, total_count: rows.length, installations: rows }),
  };
};

interface Place<T> {
  readonly rows: readonly T[];
  set(rows: T[]): void;
}

/** Puts another row into the place of one, or none; false where it is not there. */
function replace<T>(
  content: StepFile,
  placeOf: (request: Request) => Place<T>,
  is: (row: T) => boolean,
  by: (row: T) => T | undefined,
): boolean {
  for (const request of content.requests) {
    const place = placeOf(request);
    if (!place.rows.some(is)) continue;
    place.set(
      place.rows.flatMap((row) => {
        const next = is(row) ? by(row) : row;
        return next === undefined ? [] : [next];
      }),
    );
    return true;
  }
  return false;
}

/** All rows of lists; undefined where nothing was asked. */
const rowsOf = <T>({ requests }: StepFile): T[] | undefined =>
  requests.length === 0 ? undefined : requests.flatMap(({ answer }) => answer as T[]);

const installationRows = ({ requests }: StepFile): RawInstallation[] | undefined =>
  requests.length === 0
    ? undefined
    : requests.flatMap(({ answer }) => (answer as { installations: RawInstallation[] }).installations);
